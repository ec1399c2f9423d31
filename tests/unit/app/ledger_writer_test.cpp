// The writer: an answer only after COMMIT, what waits as one batch, receipts that verify.

#include <thread>

#include "tests/unit/app/writer_fixture.h"

namespace assent::writer_test {
namespace {

TEST_F(LedgerWriterTest, GivesAReceiptThatVerifiesAndIsTheSameAtEveryReading) {
  std::vector<Receipt> given;
  for (unsigned char i = 0; i < 9; ++i) given.push_back(write(records(i)).value().receipts.at(0));
  for (std::size_t i = 0; i < given.size(); ++i) {
    EXPECT_EQ(given[i].index, i);
    expect_same(given[i], receipt(i));
    EXPECT_TRUE(verify_receipt(given[i], {{kOrigin, key.public_key()}}));
    EXPECT_EQ(verify_receipt(given[i], {{kOrigin, key_number(2).public_key()}}).error().code,
              Code::Denied);
    Receipt forged = given[i];
    forged.record += " ";
    EXPECT_FALSE(verify_receipt(forged, {{kOrigin, key.public_key()}}));
  }
}

TEST_F(LedgerWriterTest, WritesWhatWaitsAsOneBatchUnderOneCheckpoint) {
  hold();
  std::vector<Answer> answers;
  for (unsigned char i = 0; i < 5; ++i) answers.push_back(submit(records(i)));
  release();
  std::string note;
  for (std::uint64_t i = 0; i < 5; ++i) {
    const Receipt given = answers[i].get().value().receipts.at(0);
    EXPECT_EQ(given.index, i);
    expect_same(given, receipt(i));
    EXPECT_TRUE(verify_receipt(given, {{kOrigin, key.public_key()}}));
    if (note.empty()) note = given.note;
    EXPECT_EQ(given.note, note);
  }
  EXPECT_EQ(disk->read()->checkpoints.size(), 1u);
}

TEST_F(LedgerWriterTest, AJobMayWriteSeveralRecordsOrNone) {
  auto three = write([](Transaction&, const JobContext& context) -> Drafts {
                 EXPECT_EQ(context.next_index, 0u);
                 return std::vector{draft(1), draft(2), draft(3)};
               }).value();
  ASSERT_EQ(three.receipts.size(), 3u);
  for (std::uint64_t i = 0; i < 3; ++i) expect_same(three.receipts[i], receipt(i));
  auto none = write([](Transaction&, const JobContext&) -> Drafts { return std::vector<Draft>{}; });
  EXPECT_TRUE(none.value().receipts.empty());
  EXPECT_EQ(size(), 3u);
}

// A12: the same nonce in one batch, whose first record is not in the store yet.
TEST_F(LedgerWriterTest, A12_TheSameNonceTwiceInOneBatchGivesOneRecord) {
  hold();
  auto first = submit(records_once(7)), second = submit(records_once(7));
  release();
  EXPECT_EQ(first.get().value().receipts.size(), 1u);
  EXPECT_TRUE(second.get().value().receipts.empty());
  EXPECT_EQ(size(), 1u);
}

TEST_F(LedgerWriterTest, AJobAloneSharesItsTransactionWithNobody) {
  hold();
  auto left = submit(puts_and_records(1)), failing = submit(fails(true), true),
       right = submit(puts_and_records(2));
  release();
  EXPECT_EQ(failing.get().error().code, Code::Denied);
  EXPECT_TRUE(left.get());
  EXPECT_TRUE(right.get());
  EXPECT_FALSE(disk->read()->shown.contains(row(99).hash));
}

TEST_F(LedgerWriterTest, AJobMayNotAppendByItself) {
  const auto appends = [](Transaction& transaction, const JobContext&) -> Drafts {
    ASSENT_CHECK(transaction.append({}));
    return std::vector<Draft>{};
  };
  EXPECT_EQ(write(appends).error().code, Code::Denied);
}

TEST_F(LedgerWriterTest, ObserversHearOfCommittedChangesBeforeAnybodyIsAnswered) {
  ASSERT_TRUE(kept->registers.ensure_schools(std::vector{SchoolName{"kingsmead"}}));
  std::atomic<int> heard = 0;
  writer->observe([&](const auto& changes) { heard += int(changes.size()); });
  const auto puts = [](bool fails) -> Job {
    return [fails](Transaction& transaction, const JobContext&) -> Drafts {
      ASSENT_CHECK(transaction.put(ProfileRow{0, 1, {{"role", fails ? "staff" : "student"}}}));
      if (fails) return fail(Code::Denied, "a rule says no");
      return std::vector{draft(1)};
    };
  };
  int at_answer = -1;
  const auto promise = std::make_shared<std::promise<void>>();
  ASSERT_TRUE(writer->submit(puts(false), [&, promise](const auto&) {
    at_answer = heard;
    promise->set_value();
  }));
  promise->get_future().wait();
  EXPECT_EQ(at_answer, 1);
  EXPECT_EQ(write(puts(true)).error().code, Code::Denied);
  EXPECT_EQ(heard, 1);  // what was not committed did not happen
  writer.reset();
}

TEST_F(LedgerWriterTest, FinishesWhatIsQueuedBeforeItEnds) {
  hold();
  auto first = submit(records(1)), second = submit(records(2));
  std::thread ending([this] { writer.reset(); });
  release();
  ending.join();
  EXPECT_TRUE(first.get());
  EXPECT_TRUE(second.get());
  EXPECT_EQ(size(), 2u);
}

TEST_F(LedgerWriterTest, ManyThreadsGetReceiptsOfOneLog) {
  constexpr int kThreads = 4, kEach = 40;
  std::vector<std::vector<Receipt>> given(kThreads);
  std::vector<std::thread> threads;
  for (int t = 0; t < kThreads; ++t)
    threads.emplace_back([&, t] {
      for (int i = 0; i < kEach; ++i)
        given[std::size_t(t)].push_back(
            write(records(static_cast<unsigned char>(t * kEach + i))).value().receipts.at(0));
    });
  for (std::thread& thread : threads) thread.join();
  std::set<std::uint64_t> indexes;
  for (const auto& list : given)
    for (const Receipt& each : list) {
      indexes.insert(each.index);
      expect_same(each, receipt(each.index));
    }
  EXPECT_EQ(indexes.size(), std::size_t(kThreads * kEach));
  EXPECT_EQ(size(), std::uint64_t(kThreads * kEach));
  EXPECT_TRUE(verify_receipt(given[0].back(), {{kOrigin, key.public_key()}}));
}

}  // namespace
}  // namespace assent::writer_test
