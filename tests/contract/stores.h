#pragma once
// The stores that a contract test runs over, and rows to put into them. "Reopened" is the same
// data seen by a store that was opened anew, as after a restart.

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>

#include "tests/support/memory_store.h"

namespace assent::contract {

class Disk {  // where a store's data stay
 public:
  virtual ~Disk() = default;
  virtual std::unique_ptr<store::Store> open(store::FaultHook faults = {}) = 0;
};

class Memory final : public Disk {
 public:
  std::unique_ptr<store::Store> open(store::FaultHook faults) override {
    return std::make_unique<support::MemoryStore>(disk_, std::move(faults));
  }

 private:
  std::shared_ptr<support::MemoryDisk> disk_ = std::make_shared<support::MemoryDisk>();
};

class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string name = std::filesystem::temp_directory_path() / "assent-store-XXXXXX";
    path_ = mkdtemp(name.data());
  }
  ~TemporaryFolder() { std::filesystem::remove_all(path_); }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  std::string file() const { return path_ + "/assent.db"; }
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

class Sqlite final : public Disk {
 public:
  std::unique_ptr<store::Store> open(store::FaultHook faults) override {
    return store::open_store(folder_.file(), std::move(faults)).value();
  }

 private:
  TemporaryFolder folder_;
};

struct Kind {
  const char* name;
  std::unique_ptr<Disk> (*make)();
};
inline void PrintTo(const Kind& kind, std::ostream* out) {
  *out << kind.name;
}

inline const auto kStores = testing::Values(
    Kind{"Memory", +[]() -> std::unique_ptr<Disk> { return std::make_unique<Memory>(); }},
    Kind{"Sqlite", +[]() -> std::unique_ptr<Disk> { return std::make_unique<Sqlite>(); }});
inline std::string name_of(const testing::TestParamInfo<Kind>& info) {
  return info.param.name;
}

inline Time at(std::int64_t ms) {
  return Time{milliseconds{1'790'000'000'000 + ms}};
}

template <std::size_t N>
std::array<std::byte, N> filled(unsigned value) {
  std::array<std::byte, N> out;
  out.fill(static_cast<std::byte>(value));
  return out;
}

inline PersonRow person(unsigned number, std::string login, std::string name = "Ann Example",
                        std::string form = "9B", SchoolKey school = 1) {
  PersonRow row;
  row.id.bytes = filled<16>(number);
  row.school = school;
  row.login = std::move(login);
  row.name = std::move(name);
  row.form = std::move(form);
  row.profile = 3;
  row.seen = at(number);
  row.home = "mis";
  return row;
}

inline Append append_one(std::uint64_t index, unsigned nonce,
                         std::optional<PersonKey> about = std::nullopt) {
  Append append;
  append.records.push_back({index, filled<32>(9), filled<16>(nonce), "accept", about,
                            "{\"n\":" + std::to_string(index) + "}"});
  append.entries.push_back(filled<33>(nonce));
  append.hashes.push_back({stored_position(0, index), filled<32>(nonce)});
  append.next = {index + 1, {filled<32>(nonce), filled<32>(nonce + 1)}};
  append.checkpoint = {index + 1, filled<64>(nonce), filled<32>(nonce)};
  return append;
}

// A store of two schools, and what tests do to it.
class StoreTest : public testing::TestWithParam<Kind> {
 protected:
  void SetUp() override {
    disk_ = GetParam().make();
    store_ = disk_->open();
    const std::vector<SchoolName> schools{{"kingsmead"}, {"carre"}};
    ASSERT_TRUE(store_->registers.ensure_schools(schools));
  }

  void reopen(store::FaultHook faults = {}) {
    store_.reset();
    store_ = disk_->open(std::move(faults));
  }

  // Puts the changes in one transaction; what put() gave for the last. Fails the test if refused.
  std::int64_t put(const std::vector<Change>& changes) {
    std::int64_t key = 0;
    Error error{Code::Invalid, ""};
    const auto done = store_->journal.commit(
        [&](Transaction& transaction) -> Status {
          for (const auto& change : changes) {
            ASSENT_TRY(key, transaction.put(change));
          }
          return {};
        },
        &error);
    EXPECT_EQ(done, Commit::Committed) << error.message;
    return key;
  }

  // Why a commit of these changes was refused; nothing when it was not.
  std::optional<Code> refusal(const std::vector<Change>& changes) {
    return outcome([&](Transaction& transaction) -> Status {
      for (const auto& change : changes) ASSENT_CHECK(transaction.put(change));
      return {};
    });
  }
  std::optional<Code> refusal(const Append& append) {
    return outcome([&](Transaction& transaction) { return transaction.append(append); });
  }
  std::optional<Code> outcome(const std::function<Status(Transaction&)>& work) {
    Error error{Code::Invalid, ""};
    if (store_->journal.commit(work, &error) == Commit::Committed) return std::nullopt;
    return error.code;
  }

  std::unique_ptr<Disk> disk_;
  std::unique_ptr<store::Store> store_;
};

}  // namespace assent::contract
