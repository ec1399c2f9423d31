// What every store owes when something breaks: refused means that nothing changed, unknown is
// never told as no, and what was told as committed is there after a restart.

#include "tests/contract/stores.h"

namespace assent::contract {
namespace {

using store::Fault;
using store::FaultPoint;

class FaultyStore : public StoreTest {
 protected:
  // Reopens with one fault at the `nth` call (from 0) of `point`.
  void reopen_with(FaultPoint point, Fault fault, int nth = 0) {
    reopen([=, calls = 0](FaultPoint reached) mutable {
      return reached == point && calls++ == nth ? fault : Fault::None;
    });
  }
  Commit accept(Error* error = nullptr) {
    return store_->journal.commit(
        [](Transaction& transaction) -> Status {
          ASSENT_CHECK(transaction.put(person(1, "ann")));
          return transaction.append(append_one(0, 1));
        },
        error);
  }
  bool kept() {  // all of it or nothing
    const bool person_there = bool(store_->standings.find(1, "ann"));
    EXPECT_EQ(store_->ledger.head().value().size, person_there ? 1u : 0u);
    EXPECT_EQ(bool(store_->ledger.record(0)), person_there);
    EXPECT_EQ(bool(store_->ledger.checkpoint(1)), person_there);
    return person_there;
  }
};
INSTANTIATE_TEST_SUITE_P(All, FaultyStore, kStores, name_of);

TEST_P(FaultyStore, WithoutAFaultAllOfItIsThereAfterwards) {
  EXPECT_EQ(accept(), Commit::Committed);
  reopen();
  EXPECT_TRUE(kept());
}

TEST_P(FaultyStore, AFaultAtBeginChangesNothingAndTheNextCommitWorks) {
  for (const auto fault : {Fault::Lost, Fault::KeptButReportedLost}) {
    reopen_with(FaultPoint::Begin, fault);
    Error error{Code::Invalid, ""};
    EXPECT_EQ(accept(&error), Commit::Refused);
    EXPECT_EQ(error.code, Code::Unavailable);
    EXPECT_FALSE(kept());
  }
  EXPECT_EQ(accept(), Commit::Committed);
  EXPECT_TRUE(kept());
}

TEST_P(FaultyStore, AFaultAtAnyStatementChangesNothing) {
  for (const auto fault : {Fault::Lost, Fault::KeptButReportedLost}) {
    for (int nth = 0;; ++nth) {
      reopen_with(FaultPoint::Statement, fault, nth);
      const auto done = accept();
      if (done == Commit::Committed) {
        EXPECT_GE(nth, 2);  // it had statements to fail
        reopen();
        EXPECT_TRUE(kept());
        disk_ = GetParam().make();
        SetUp();
        break;
      }
      EXPECT_EQ(done, Commit::Refused);
      reopen();
      EXPECT_FALSE(kept()) << nth;
    }
  }
}

TEST_P(FaultyStore, AStatementThatTheWorkIgnoredStillRefuses) {
  reopen_with(FaultPoint::Statement, Fault::Lost);
  const auto done = store_->journal.commit(
      [](Transaction& transaction) -> Status {
        (void)transaction.put(person(1, "ann"));
        return transaction.append(append_one(0, 1));
      },
      nullptr);
  EXPECT_EQ(done, Commit::Refused);
  EXPECT_FALSE(kept());
}

TEST_P(FaultyStore, ACommitReportedLostIsUnknownAndOnlyARestartTells) {
  reopen_with(FaultPoint::Commit, Fault::KeptButReportedLost);
  EXPECT_EQ(accept(), Commit::Unknown);
  reopen();
  EXPECT_TRUE(kept());
}

TEST_P(FaultyStore, ACommitThatWasLostIsUnknownToo) {
  reopen_with(FaultPoint::Commit, Fault::Lost);
  EXPECT_EQ(accept(), Commit::Unknown);
  reopen();
  EXPECT_FALSE(kept());
  EXPECT_EQ(accept(), Commit::Committed);
}

TEST_P(FaultyStore, NothingIsWrittenAfterAnUnknownOutcome) {
  reopen_with(FaultPoint::Commit, Fault::Lost);
  EXPECT_EQ(accept(), Commit::Unknown);
  Error error{Code::Invalid, ""};
  EXPECT_EQ(accept(&error), Commit::Refused);
  EXPECT_EQ(error.code, Code::Unavailable);
  reopen();
  EXPECT_FALSE(kept());
}

TEST_P(FaultyStore, WorkThatFailsTakesEverythingBack) {
  Error error{Code::Invalid, ""};
  const auto done = store_->journal.commit(
      [](Transaction& transaction) -> Status {
        ASSENT_CHECK(transaction.put(person(1, "ann")));
        return fail(Code::Denied, "a rule says no");
      },
      &error);
  EXPECT_EQ(done, Commit::Refused);
  EXPECT_EQ(error.code, Code::Denied);
  EXPECT_FALSE(kept());
}

}  // namespace
}  // namespace assent::contract
