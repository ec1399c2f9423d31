// Guests in memory: never older than what was last written.
#include "service/app/guest_cache.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <thread>

namespace assent {
namespace {

GuestRow guest(unsigned char number, const std::string& account, unsigned extensions = 0) {
  GuestRow row;
  row.guest.id.bytes.fill(std::byte{number});
  row.school = 1;
  row.guest.account = account;
  row.guest.state = GuestState::Issued;
  row.guest.extensions = extensions;
  return row;
}

// A book that counts its reads, and in whose reads a test can act.
class CountingBook final : public GuestBook {
 public:
  Result<GuestRow> one(const GuestId& id) const override {
    return find([&](const GuestRow& row) { return row.guest.id == id; });
  }
  Result<GuestRow> of_account(SchoolKey school, const std::string& account) const override {
    return find(
        [&](const GuestRow& row) { return row.school == school && row.guest.account == account; });
  }
  Result<GuestRow> of_voucher(const Digest&) const override { return fail(Code::NotFound, "none"); }
  Result<std::vector<GuestRow>> search(const GuestQuery&) const override {
    return std::vector<GuestRow>{};
  }
  // The last that was put is found first.
  void put(const GuestRow& row) {
    const std::lock_guard lock(mutex_);
    rows_.insert(rows_.begin(), row);
  }
  mutable std::atomic<int> reads = 0;
  std::function<void()> during_read;

 private:
  Result<GuestRow> find(const std::function<bool(const GuestRow&)>& is_it) const {
    ++reads;
    Result<GuestRow> answer = fail(Code::NotFound, "no such guest");
    {
      const std::lock_guard lock(mutex_);
      const auto found = std::ranges::find_if(rows_, is_it);
      if (found != rows_.end()) answer = *found;
    }
    if (during_read) during_read();
    return answer;
  }
  mutable std::mutex mutex_;
  std::vector<GuestRow> rows_;
};

struct GuestCacheTest : testing::Test {
  // As the writer does it.
  void commit(const GuestRow& row) {
    book.put(row);
    cache.committed({{row, 0}});
  }
  unsigned extensions() { return cache.one(ann.guest.id)->guest.extensions; }

  CountingBook book;
  GuestCache cache{book};
  const GuestRow ann = guest(1, "v-ann-001");
};

TEST_F(GuestCacheTest, ReadsAGuestOnce) {
  book.put(ann);
  for (int i = 0; i < 3; ++i) EXPECT_EQ(cache.one(ann.guest.id).value(), ann);
  EXPECT_EQ(book.reads, 1);
}

TEST_F(GuestCacheTest, GivesWhatWasCommittedAtOnce) {
  commit(ann);
  EXPECT_EQ(extensions(), 0u);
  commit(guest(1, "v-ann-001", 1));
  EXPECT_EQ(extensions(), 1u);
}

TEST_F(GuestCacheTest, DoesNotRememberThatSomebodyIsUnknown) {
  EXPECT_EQ(cache.one(ann.guest.id).error().code, Code::NotFound);
  book.put(ann);
  EXPECT_TRUE(cache.one(ann.guest.id));
}

TEST_F(GuestCacheTest, AReadThatBeganBeforeAChangeDoesNotHideIt) {
  book.put(ann);
  book.during_read = [&] {
    book.during_read = nullptr;
    commit(guest(1, "v-ann-001", 1));
  };
  EXPECT_EQ(extensions(), 0u);  // what was so when it asked
  EXPECT_EQ(extensions(), 1u);
}

TEST_F(GuestCacheTest, HoldsNoMoreThanItMayAndStillAnswers) {
  const GuestCache small{book, 10};
  for (unsigned char i = 1; i <= 100; ++i) book.put(guest(i, "v-" + std::to_string(i)));
  for (unsigned char i = 1; i <= 100; ++i)
    EXPECT_EQ(small.one(guest(i, "").guest.id)->guest.account, "v-" + std::to_string(i));
  (void)small.one(guest(1, "").guest.id);
  EXPECT_EQ(book.reads, 101);  // the first had to go
}

// Readers beside a writer: once something was committed, nobody may see what was before it.
TEST_F(GuestCacheTest, ThreadsNeverSeeAnOlderRowThanTheLastCommitted) {
  commit(ann);
  std::atomic<unsigned> committed = 0;
  std::atomic<bool> stale = false;
  const auto read = [&] {
    while (committed < 400) {
      const unsigned before = committed;
      if (extensions() < before) stale = true;
    }
  };
  std::thread first(read), second(read);
  for (unsigned next = 1; next <= 400; ++next) {
    commit(guest(1, "v-ann-001", next));
    committed = next;
  }
  first.join();
  second.join();
  EXPECT_FALSE(stale);
}

}  // namespace
}  // namespace assent
