// The writer when something fails: nothing half done, "unknown" never told as a no, one order of
// time.

#include "tests/unit/app/writer_fixture.h"

namespace assent::writer_test {
namespace {

TEST_F(LedgerWriterTest, AFaultBeforeCommitIsANoThatChangedNothingAndTheWriterGoesOn) {
  unsigned char number = 0;
  for (const FaultPoint at : {FaultPoint::Begin, FaultPoint::Statement})
    for (const Fault kind : {Fault::Lost, Fault::KeptButReportedLost}) {
      const auto before = disk->read();
      fault_at = at;
      fault = kind;
      const auto refused = write(puts_and_records(++number));
      EXPECT_EQ(refused.error().code, Code::Unavailable);
      EXPECT_EQ(disk->read(), before);  // the very same state
      fault = Fault::None;
      const Receipt given = write(puts_and_records(number)).value().receipts.at(0);
      expect_same(given, receipt(given.index));
      EXPECT_TRUE(verify_receipt(given, {{kOrigin, key.public_key()}}));
    }
  EXPECT_EQ(fatal, 0);
  EXPECT_EQ(size(), 4u);
}

// Lost and kept look the same from here: the process must end, and what happened is found by the
// nonce when the client asks again.
TEST_F(LedgerWriterTest, ACommitThatMayHaveHappenedIsFatalAndNobodyIsToldNo) {
  (void)write(records(1)).value();
  for (const Fault kind : {Fault::Lost, Fault::KeptButReportedLost}) {
    fault_at = FaultPoint::Commit;
    fault = kind;
    died = std::promise<void>();
    const auto number = static_cast<unsigned char>(10 + int(kind));
    auto answer = submit(records_once(number));
    died.get_future().wait();
    writer.reset();
    // The answer was given up unanswered, with its promise.
    EXPECT_THROW((void)answer.get(), std::future_error);

    fault = Fault::None;
    start();  // over what is on the disk
    const bool was_kept = kind == Fault::KeptButReportedLost;
    EXPECT_EQ(size(), was_kept ? 2u : 1u);
    const auto again = write(records_once(number)).value();
    EXPECT_EQ(again.receipts.empty(), was_kept);
    EXPECT_EQ(size(), 2u);
    EXPECT_TRUE(verify_receipt(receipt(1), {{kOrigin, key.public_key()}}));
    if (!was_kept) {  // the next round starts from one record again
      writer.reset();
      disk = std::make_shared<MemoryDisk>();
      start();
      (void)write(records(1)).value();
    }
  }
  EXPECT_EQ(fatal, 2);
}

TEST_F(LedgerWriterTest, AfterARestartARepeatFindsTheRecordAndTheReceiptHasTheSameBytes) {
  const Receipt first = write(records_once(1)).value().receipts.at(0);
  (void)write(records_once(2)).value();
  start();
  EXPECT_TRUE(write(records_once(1)).value().receipts.empty());
  EXPECT_EQ(size(), 2u);
  expect_same(first, receipt(0));
  const Receipt third = write(records_once(3)).value().receipts.at(0);
  EXPECT_TRUE(verify_receipt(third, {{kOrigin, key.public_key()}}));
}

TEST_F(LedgerWriterTest, AFullQueueAnswersUnavailableAtOnce) {
  start({kOrigin, "desk", 2, 256});
  hold();
  auto first = submit(records(1)), second = submit(records(2));
  bool told = false;
  const Status third = writer->submit(records(3), [&](const auto&) { told = true; });
  EXPECT_EQ(third.error().code, Code::Unavailable);
  EXPECT_FALSE(told);
  release();
  EXPECT_TRUE(first.get());
  EXPECT_TRUE(second.get());
  EXPECT_EQ(size(), 2u);
}

TEST_F(LedgerWriterTest, AJobThatFailsAfterAPutTakesItsTransactionAlong) {
  const auto before = disk->read();
  hold();
  auto left = submit(puts_and_records(1)), failing = submit(fails(true)),
       right = submit(puts_and_records(2));
  release();
  EXPECT_EQ(failing.get().error().code, Code::Denied);
  EXPECT_EQ(left.get().error().code, Code::Unavailable);
  EXPECT_EQ(right.get().error().code, Code::Unavailable);
  EXPECT_EQ(disk->read()->shown, before->shown);
  EXPECT_EQ(size(), 0u);
  EXPECT_TRUE(write(puts_and_records(1)));
}

TEST_F(LedgerWriterTest, AJobThatFailsBeforeAnyPutHarmsNobody) {
  hold();
  auto left = submit(puts_and_records(1)), failing = submit(fails(false)),
       right = submit(puts_and_records(2));
  release();
  EXPECT_EQ(failing.get().error().code, Code::Denied);
  EXPECT_TRUE(left.get());
  EXPECT_TRUE(right.get());
  EXPECT_EQ(size(), 2u);
}

TEST_F(LedgerWriterTest, AClockThatGoesBackKeepsTheTimeAndSaysSo) {
  const Time begun = clock.time;
  const Receipt first = write(records(1)).value().receipts.at(0);
  EXPECT_EQ(said(first, "t"), to_rfc3339(begun));
  EXPECT_EQ(said(first, "clock"), "ok");
  clock.time -= hours{1};
  const Written second = write(records(2)).value();
  EXPECT_EQ(second.at, begun);
  EXPECT_EQ(said(second.receipts.at(0), "t"), to_rfc3339(begun));
  EXPECT_EQ(said(second.receipts.at(0), "clock"), "stepped");
  clock.time = begun + milliseconds{1};
  const Receipt third = write(records(3)).value().receipts.at(0);
  EXPECT_EQ(said(third, "t"), to_rfc3339(begun + milliseconds{1}));
  EXPECT_EQ(said(third, "clock"), "ok");
}

TEST_F(LedgerWriterTest, AProcessStartedWithItsClockBehindKeepsTheTimeAsWell) {
  const Time begun = clock.time;
  (void)write(records(1)).value();
  clock.time -= days{2};
  start();
  const Receipt next = write(records(2)).value().receipts.at(0);
  EXPECT_EQ(said(next, "t"), to_rfc3339(begun));
  EXPECT_EQ(said(next, "clock"), "stepped");
}

TEST_F(LedgerWriterTest, DoesNotStartOverALedgerThatIsNotItsOwn) {
  (void)write(records(1)).value();
  const auto start_with = [&](const SigningKey& with, const std::string& origin) {
    return LedgerWriter::start({origin, "desk"}, kept->journal, kept->ledger, with, clock, random,
                               [](const std::string&) {});
  };
  EXPECT_TRUE(start_with(key, kOrigin));
  EXPECT_EQ(start_with(key_number(2), kOrigin).error().code, Code::Corrupt);
  EXPECT_EQ(start_with(key, "another.example/log").error().code, Code::Corrupt);
  const auto spoilt = [&](auto spoil) {
    auto state = std::make_shared<support::MemoryState>(*disk->read());
    spoil(*state);
    disk->write(std::move(state));
    EXPECT_EQ(start_with(key, kOrigin).error().code, Code::Corrupt);
  };
  const auto good = disk->read();
  spoilt([](auto& state) { state.head.peaks[0][0] ^= std::byte{1}; });
  disk->write(good);
  spoilt([](auto& state) { state.checkpoints.clear(); });
  disk->write(good);
  spoilt([](auto& state) { state.checkpoints.begin()->second.signature[0] ^= std::byte{1}; });
}

// A reader whose stored hashes cannot be read, when the test says so.
class Blind final : public LedgerReader {
 public:
  explicit Blind(const LedgerReader& reader) : reader_(reader) {}
  Result<LedgerHead> head() const override { return reader_.head(); }
  Result<std::vector<Digest>> hashes(std::span<const std::uint64_t> positions) const override {
    if (blind) return fail(Code::Unavailable, "the disk does not answer");
    return reader_.hashes(positions);
  }
  Result<StoredRecord> record(std::uint64_t index) const override { return reader_.record(index); }
  Result<SignedHead> checkpoint(std::uint64_t size) const override {
    return reader_.checkpoint(size);
  }
  std::atomic<bool> blind = false;

 private:
  const LedgerReader& reader_;
};

TEST_F(LedgerWriterTest, WhatCannotBeProvedIsNotWritten) {
  for (unsigned char i = 0; i < 3; ++i) (void)write(records(i)).value();
  writer.reset();
  Blind reader(kept->ledger);
  writer = LedgerWriter::start({kOrigin, "desk"}, kept->journal, reader, key, clock, random,
                               [](const std::string&) {})
               .value();
  reader.blind = true;
  EXPECT_EQ(write(records_once(9)).error().code, Code::Unavailable);
  EXPECT_EQ(size(), 3u);
  reader.blind = false;
  EXPECT_EQ(write(records_once(9)).value().receipts.size(), 1u);
  writer.reset();
}

}  // namespace
}  // namespace assent::writer_test
