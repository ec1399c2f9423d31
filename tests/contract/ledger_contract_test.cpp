// What every store owes the ledger.

#include "tests/contract/stores.h"

namespace assent::contract {
namespace {

class LedgerStore : public StoreTest {};
INSTANTIATE_TEST_SUITE_P(All, LedgerStore, kStores, name_of);

TEST_P(LedgerStore, BeginsEmpty) {
  EXPECT_EQ(store_->ledger.head().value(), LedgerHead{});
  EXPECT_EQ(store_->ledger.record(0).error().code, Code::NotFound);
  EXPECT_EQ(store_->ledger.checkpoint(0).error().code, Code::NotFound);
}

TEST_P(LedgerStore, KeepsWhatWasAppended) {
  const auto append = append_one(0, 1, 7);
  ASSERT_EQ(refusal(append), std::nullopt);
  reopen();
  EXPECT_EQ(store_->ledger.head().value(), append.next);
  EXPECT_EQ(store_->ledger.record(0).value(), append.records[0]);
  const std::vector<std::uint64_t> positions{stored_position(0, 0)};
  EXPECT_EQ(store_->ledger.hashes(positions).value(), std::vector{append.hashes[0].hash});
  EXPECT_EQ(store_->ledger.checkpoint(1).value().signature, append.checkpoint.signature);
  EXPECT_EQ(store_->ledger.checkpoint(1).value().root, append.checkpoint.root);
}

TEST_P(LedgerStore, GivesHashesInTheOrderAsked) {
  ASSERT_EQ(refusal(append_one(0, 1)), std::nullopt);
  ASSERT_EQ(refusal(append_one(1, 2)), std::nullopt);
  const std::vector<std::uint64_t> positions{stored_position(0, 1), stored_position(0, 0)};
  EXPECT_EQ(store_->ledger.hashes(positions).value(), (std::vector{filled<32>(2), filled<32>(1)}));
  const std::vector<std::uint64_t> none{99};
  EXPECT_FALSE(store_->ledger.hashes(none));
}

TEST_P(LedgerStore, RefusesAStaleAppendAndChangesNothing) {
  ASSERT_EQ(refusal(append_one(0, 1)), std::nullopt);
  const auto before = store_->ledger.head().value();
  EXPECT_EQ(refusal(append_one(0, 2)), Code::Conflict);
  EXPECT_EQ(refusal(append_one(5, 3)), Code::Conflict);
  EXPECT_EQ(store_->ledger.head().value(), before);
  EXPECT_EQ(store_->ledger.record(0).value().nonce, filled<16>(1));
  EXPECT_EQ(store_->ledger.record(5).error().code, Code::NotFound);
}

TEST_P(LedgerStore, RefusesTheWholeTransactionWhenItsAppendWasStale) {
  const auto refused = outcome([](Transaction& transaction) -> Status {
    ASSENT_CHECK(transaction.put(person(1, "ann")));
    (void)transaction.append(append_one(5, 1));  // goes on regardless
    return {};
  });
  EXPECT_EQ(refused, Code::Conflict);
  EXPECT_EQ(store_->standings.find(1, "ann").error().code, Code::NotFound);
}

TEST_P(LedgerStore, RefusesAnAppendWhosePartsDoNotFit) {
  auto missing = append_one(0, 1);
  missing.entries.clear();
  EXPECT_EQ(refusal(missing), Code::Invalid);
  auto misnumbered = append_one(0, 1);
  misnumbered.records[0].index = 4;
  EXPECT_EQ(refusal(misnumbered), Code::Invalid);
  auto unsigned_size = append_one(0, 1);
  unsigned_size.checkpoint.size = 2;
  EXPECT_EQ(refusal(unsigned_size), Code::Invalid);
  EXPECT_EQ(store_->ledger.head().value(), LedgerHead{});
}

TEST_P(LedgerStore, GivesTheFirstCheckpointAtOrAboveASize) {
  ASSERT_EQ(refusal(append_one(0, 1)), std::nullopt);
  auto two = append_one(1, 2);
  two.records.push_back(append_one(2, 3).records[0]);
  two.entries.push_back(filled<33>(3));
  two.next.size = two.checkpoint.size = 3;
  ASSERT_EQ(refusal(two), std::nullopt);
  EXPECT_EQ(store_->ledger.checkpoint(1).value().size, 1u);
  EXPECT_EQ(store_->ledger.checkpoint(2).value().size, 3u);
  EXPECT_EQ(store_->ledger.checkpoint(3).value().size, 3u);
  EXPECT_EQ(store_->ledger.checkpoint(4).error().code, Code::NotFound);
  EXPECT_EQ(store_->ledger.checkpoint(~std::uint64_t{0}).error().code, Code::NotFound);
}

TEST_P(LedgerStore, AcceptsANonceOnce) {
  ASSERT_EQ(refusal(append_one(0, 1)), std::nullopt);
  EXPECT_EQ(refusal(append_one(1, 1)), Code::Conflict);
  EXPECT_EQ(store_->ledger.head().value().size, 1u);
}

TEST_P(LedgerStore, FindsARecordByItsNonceInsideATransaction) {
  const auto append = append_one(0, 1, 7);
  const auto refused = outcome([&](Transaction& transaction) -> Status {
    ASSENT_TRY(const auto before, transaction.by_nonce(filled<16>(1)));
    EXPECT_FALSE(before);
    ASSENT_CHECK(transaction.append(append));
    ASSENT_TRY(const auto after, transaction.by_nonce(filled<16>(1)));
    EXPECT_EQ(after, append.records[0]);
    return {};
  });
  EXPECT_EQ(refused, std::nullopt);
}

TEST_P(LedgerStore, ListsThePersonsRecordsNewestFirst) {
  ASSERT_EQ(refusal(append_one(0, 1, 7)), std::nullopt);
  ASSERT_EQ(refusal(append_one(1, 2, 8)), std::nullopt);
  ASSERT_EQ(refusal(append_one(2, 3, 7)), std::nullopt);
  ASSERT_EQ(refusal(append_one(3, 4)), std::nullopt);
  const auto all = store_->history.of(7, 10).value();
  ASSERT_EQ(all.size(), 2u);
  EXPECT_EQ(all[0].index, 2u);
  EXPECT_EQ(all[1].index, 0u);
  EXPECT_EQ(store_->history.of(7, 1).value().size(), 1u);
  EXPECT_TRUE(store_->history.of(99, 10).value().empty());
}

TEST_P(LedgerStore, KeepsARecordByteForByte) {
  auto append = append_one(0, 1);
  append.records[0].body =
      std::string("{\"a\":\"'; DROP TABLE record;--\0 \xC5\x9Dia\xCC\x82n\"}", 38);
  ASSERT_EQ(refusal(append), std::nullopt);
  reopen();
  EXPECT_EQ(store_->ledger.record(0).value().body, append.records[0].body);
}

}  // namespace
}  // namespace assent::contract
