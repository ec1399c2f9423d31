#pragma once
// A writer over the memory store, with its faults, and jobs for it to do.

#include <gtest/gtest.h>

#include <atomic>
#include <future>

#include "core/formats/json.h"
#include "service/app/receipts.h"
#include "tests/support/memory_store.h"
#include "tests/support/roster_desk.h"

namespace assent::writer_test {

using store::Fault;
using store::FaultPoint;
using support::MemoryDisk;
using support::MemoryStore;

using Drafts = Result<std::vector<Draft>>;
inline const std::string kOrigin = "desk.example/log";

inline SigningKey key_number(unsigned char number) {
  std::array<std::byte, SecretKey::kSize> seed{};
  seed[0] = std::byte{number};
  return SigningKey(SecretKey(seed));
}

inline Nonce nonce(unsigned char number) {
  Nonce out{};
  out[0] = std::byte{number};
  return out;
}

inline Draft draft(unsigned char number) {
  return {"test", nonce(number), {}, {{"number", number}}};
}

// A document named by its number: the smallest change that a store can be asked to keep.
inline ShownRow row(unsigned char number) {
  return {sha256(std::string(1, char(number))), "document"};
}

inline Job records(unsigned char number) {
  return [number](Transaction&, const JobContext&) -> Drafts { return std::vector{draft(number)}; };
}
inline Job puts_and_records(unsigned char number) {
  return [number](Transaction& transaction, const JobContext&) -> Drafts {
    ASSENT_CHECK(transaction.put(row(number)));
    return std::vector{draft(number)};
  };
}
// An answer happens once: what is there already is not written again.
inline Job records_once(unsigned char number) {
  return [number](Transaction& transaction, const JobContext&) -> Drafts {
    ASSENT_TRY(const auto earlier, transaction.by_nonce(nonce(number)));
    if (earlier) return std::vector<Draft>{};
    return std::vector{draft(number)};
  };
}
inline Job fails(bool after_a_put) {
  return [after_a_put](Transaction& transaction, const JobContext&) -> Drafts {
    if (after_a_put) ASSENT_CHECK(transaction.put(row(99)));
    return fail(Code::Denied, "a rule says no");
  };
}

struct LedgerWriterTest : testing::Test {
  LedgerWriterTest() { start(); }

  void start(LedgerSettings settings = {kOrigin, "desk"}) {
    writer.reset();
    kept = std::make_unique<MemoryStore>(
        disk, [this](FaultPoint at) { return at == fault_at ? fault.load() : Fault::None; });
    writer = LedgerWriter::start(settings, kept->journal, kept->ledger, key, clock, random,
                                 [this](const std::string&) {
                                   ++fatal;
                                   died.set_value();
                                 })
                 .value();
  }

  using Answer = std::future<Result<Written>>;
  Answer submit(Job job, bool alone = false) {
    const auto promise = std::make_shared<std::promise<Result<Written>>>();
    const auto done = [promise](Result<Written> written) { promise->set_value(written); };
    const Status queued =
        alone ? writer->submit_alone(std::move(job), done) : writer->submit(std::move(job), done);
    if (!queued) promise->set_value(fail(queued.error()));
    return promise->get_future();
  }
  Result<Written> write(Job job) { return submit(std::move(job)).get(); }

  // Keeps the writer busy until release(), so that what is submitted meanwhile is one batch.
  void hold() {
    const auto holding = std::make_shared<std::promise<void>>();
    open = std::promise<void>();
    held = submit(
        [holding, gate = open.get_future().share()](Transaction&, const JobContext&) -> Drafts {
          holding->set_value();
          gate.wait();
          return std::vector<Draft>{};
        });
    holding->get_future().wait();
  }
  void release() {
    open.set_value();
    (void)held.get().value();
  }

  Receipt receipt(std::uint64_t index) const {
    return Receipts(kept->ledger, {kOrigin, key.public_key()}).receipt(index).value();
  }
  std::uint64_t size() const { return kept->ledger.head().value().size; }
  std::string said(const Receipt& receipt, std::string_view member) const {
    return *parse_json(receipt.record)->find(member)->text();
  }
  void expect_same(const Receipt& a, const Receipt& b) const {
    EXPECT_EQ(to_file(a), to_file(b));
    EXPECT_EQ(to_tlog_proof(a), to_tlog_proof(b));
  }

  std::shared_ptr<MemoryDisk> disk = std::make_shared<MemoryDisk>();
  std::atomic<FaultPoint> fault_at = FaultPoint::Begin;
  std::atomic<Fault> fault = Fault::None;
  std::atomic<int> fatal = 0;
  std::promise<void> died, open;
  Answer held;
  support::DeskClock clock;
  support::DeskRandom random;
  SigningKey key = key_number(1);
  std::unique_ptr<MemoryStore> kept;
  std::unique_ptr<LedgerWriter> writer;
};

}  // namespace assent::writer_test
