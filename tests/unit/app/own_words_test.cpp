// Guests who chose words of their own: who gets in by them, what it costs, and what it may not.
#include "service/app/own_words.h"

#include <gtest/gtest.h>

#include "tests/support/guest_rig.h"

namespace assent {
namespace {

using What = GuestStep::What;

const std::string kWords = "my cat is called Tom";

struct OwnWordsTest : testing::Test, GuestRig {
  OwnWordsTest() : GuestRig(std::make_shared<support::MemoryDisk>(), wordy_schools()) {}

  // A guest who chose them; nothing of it is counted or remembered.
  IssuedGuest chooser() {
    const IssuedGuest guest = issue();
    EXPECT_TRUE(choose(guest.row.guest.id, kWords));
    clock.time += HashLimits::kRemembered;
    hash.made = hash.compared = 0;
    return guest;
  }
  Result<GuestEntry> enter_own(const IssuedGuest& guest, const std::string& typed = kWords) {
    return enter(guest.row.guest.account, typed);
  }
  // How many hashes one try costs.
  int cost(const std::string& account, const std::string& typed, bool gets_in = false) {
    const int before = hash.compared;
    const auto entry = enter(account, typed);
    EXPECT_EQ(bool(entry), gets_in);
    EXPECT_EQ(entry ? Code::Denied : entry.error().code, Code::Denied);
    return hash.compared - before;
  }
  int cost(const IssuedGuest& guest, const std::string& typed, bool gets_in = false) {
    return cost(guest.row.guest.account, typed, gets_in);
  }
  // Until each is held up at the gate, so that what they cost is counted.
  void wait_for_workers() {
    while (hash.compared < int(HashLimits::kWorkers)) std::this_thread::yield();
  }
};

// Tries that go on together, as answers come.
struct Tries {
  struct Said {
    std::mutex mutex;
    std::map<std::string, int> times;
  };
  std::shared_ptr<Said> said = std::make_shared<Said>();  // answers may outlive the test
  GuestDoor::Then then() {
    return [said = said](const Result<GuestEntry>& entry) {
      const std::lock_guard lock(said->mutex);
      ++said->times[entry ? "in" : entry.error().code == Code::Denied ? "denied" : "busy"];
    };
  }
  int count(const std::string& what) {
    const std::lock_guard lock(said->mutex);
    return said->times[what];
  }
};

TEST_F(OwnWordsTest, LetInInsteadOfThePassphrase) {
  const IssuedGuest guest = chooser();
  EXPECT_TRUE(enter_own(guest));
  EXPECT_TRUE(enter_own(guest, "  my cat is called Tom "));
  EXPECT_FALSE(enter_own(guest, "my cat is called tom"));
  EXPECT_FALSE(enter(guest));
  EXPECT_TRUE(enter_by(guest.voucher));
}

TEST_F(OwnWordsTest, ARecordSaysThatTheyWereChosenAndNotWhatTheyAre) {
  const IssuedGuest guest = chooser();
  const auto record = store.ledger.record(records() - 1).value();
  EXPECT_EQ(record.type, "guest.words");
  EXPECT_EQ(record.person, guest.row.person);
  EXPECT_NE(record.body.find(guest.row.guest.account), std::string::npos);
  EXPECT_EQ(record.body.find("Tom"), std::string::npos);
}

TEST_F(OwnWordsTest, EndWhenTheDeskGivesNewOnes) {
  const IssuedGuest guest = chooser();
  EXPECT_TRUE(enter_own(guest));
  const IssuedGuest renewed = wait<IssuedGuest>([&](auto then) {
                                desk.renew_secret(ict, school(), guest.row.guest.id, then);
                              }).value();
  EXPECT_FALSE(enter_own(guest));  // remembered a moment ago
  EXPECT_TRUE(enter(renewed));
  EXPECT_TRUE(row(guest.row.guest.id).words.empty());
}

TEST_F(OwnWordsTest, GoWithTheGuest) {
  const IssuedGuest revoked = chooser(), expired = chooser();
  (void)take(revoked.row.guest.id, What::Revoke, ict).value();
  EXPECT_TRUE(row(revoked.row.guest.id).words.empty());
  clock.time += hours{8};
  ASSERT_TRUE(keeper.run_once(clock.now()));
  EXPECT_TRUE(row(expired.row.guest.id).words.empty());
}

TEST_F(OwnWordsTest, AreForWhoIsAGuestNowOfAKindThatAllowsThem) {
  const IssuedGuest evening = issue("evening"), held = issue(), over = issue();
  EXPECT_EQ(choose(evening.row.guest.id, kWords).error().code, Code::Denied);
  (void)take(held.row.guest.id, What::Suspend, ict).value();
  EXPECT_EQ(choose(held.row.guest.id, kWords).error().code, Code::Denied);
  clock.time += hours{8};
  EXPECT_EQ(choose(over.row.guest.id, kWords).error().code, Code::Denied);
  EXPECT_TRUE(row(over.row.guest.id).passphrase);
}

// Nobody learns from how long it takes which accounts there are, or what became of them.
TEST_F(OwnWordsTest, WhoeverStaysOutCostsExactlyOneHash) {
  const IssuedGuest own = chooser(), plain = issue(), gone = issue(), held = chooser();
  (void)take(gone.row.guest.id, What::Revoke, ict).value();
  (void)take(held.row.guest.id, What::Suspend, ict).value();
  EXPECT_EQ(cost("v-nobody-000", kWords), 1);
  EXPECT_EQ(cost("v-nobody-000", plain.passphrase), 1);
  EXPECT_EQ(cost("", ""), 1);
  EXPECT_EQ(cost(own, "my cat is called Tim"), 1);
  EXPECT_EQ(cost(own, own.passphrase), 1);
  EXPECT_EQ(cost(plain, kWords), 1);
  EXPECT_EQ(cost(plain, own.passphrase), 1);
  EXPECT_EQ(cost(plain, ""), 1);  // whoever may not try
  EXPECT_EQ(cost(plain, std::string(100'000, 'a')), 1);
  EXPECT_EQ(cost(gone, gone.passphrase), 1);
  EXPECT_EQ(cost(held, kWords), 1);
  EXPECT_EQ(cost(held, kWords), 1);  // remembered, and still
  EXPECT_EQ(cost(own, kWords, true), 1);
  clock.time += hours{8};
  EXPECT_EQ(cost(plain, plain.passphrase), 1);
}

TEST_F(OwnWordsTest, AGeneratedPassphraseCostsNone) {
  const IssuedGuest plain = issue();
  EXPECT_EQ(cost(plain, plain.passphrase, true), 0);
}

TEST_F(OwnWordsTest, CostNothingWhereNobodyMayChooseAny) {
  EXPECT_FALSE(
      wait<GuestEntry>([&](auto then) { door.enter(school(2), "v-nobody-000", kWords, then); }));
  EXPECT_EQ(hash.compared, 0);
}

TEST_F(OwnWordsTest, AreRememberedForTenMinutesAndNoLonger) {
  const IssuedGuest guest = chooser();
  EXPECT_EQ(cost(guest, kWords, true), 1);
  clock.time += HashLimits::kRemembered - milliseconds{1};
  EXPECT_EQ(cost(guest, kWords, true), 0);
  clock.time += milliseconds{1};
  EXPECT_EQ(cost(guest, kWords, true), 1);
}

TEST_F(OwnWordsTest, OthersAreNotRememberedWithThem) {
  const IssuedGuest guest = chooser(), other = chooser();
  EXPECT_TRUE(enter_own(guest));
  EXPECT_EQ(cost(guest, "my cat is called Tim"), 1);
  EXPECT_EQ(cost(other, kWords, true), 1);  // the same words of somebody else
  ASSERT_TRUE(choose(guest.row.guest.id, "my dog is called Tom"));
  EXPECT_EQ(cost(guest, kWords), 1);
}

TEST_F(OwnWordsTest, WhoIsRevokedIsOutThoughTheirWordsAreRemembered) {
  const IssuedGuest guest = chooser();
  EXPECT_TRUE(enter_own(guest));
  (void)take(guest.row.guest.id, What::Revoke, ict).value();
  EXPECT_EQ(cost(guest, kWords), 1);
}

// RADIUS hears nothing and the portal says that it is busy: never that the words were wrong.
TEST_F(OwnWordsTest, WhatIsTooMuchForTheLaneIsRefusedAsBusy) {
  const IssuedGuest own = chooser(), plain = issue();
  Tries tries;
  {
    const std::lock_guard hold(hash.gate);
    const int most = HashLimits::kWorkers + HashLimits::kWaitingMax;
    for (int i = 0; i < most + 10; ++i)
      door.enter(school(), own.row.guest.account, kWords, tries.then());
    EXPECT_GE(tries.count("busy"), 10);
    wait_for_workers();
    EXPECT_EQ(cost(plain, plain.passphrase, true), 0);  // never waits
  }
  own_words.stop();
  EXPECT_EQ(tries.count("denied"), 0);
}

TEST_F(OwnWordsTest, WhoWaitedTooLongCostsNoHashAnyMore) {
  const IssuedGuest own = chooser();
  Tries tries;
  {
    const std::lock_guard hold(hash.gate);
    for (int i = 0; i < 10; ++i)
      door.enter(school(), own.row.guest.account, "my cat is called Tim", tries.then());
    wait_for_workers();
    clock.time += HashLimits::kDeadline;
  }
  EXPECT_FALSE(enter("v-nobody-000", kWords));  // after them
  own_words.stop();
  EXPECT_EQ(tries.count("denied"), int(HashLimits::kWorkers));
  EXPECT_EQ(hash.compared, int(HashLimits::kWorkers) + 1);
}

// Whoever may not try any more is given no passphrase, and few places.
TEST_F(OwnWordsTest, ThoseWhoAreLockedCannotFillTheLane) {
  const IssuedGuest own = chooser();
  Tries locked, others;
  {
    const std::lock_guard hold(hash.gate);
    for (int i = 0; i < 1000; ++i) door.enter(school(), own.row.guest.account, "", locked.then());
    EXPECT_EQ(locked.count("busy"), 0);
    EXPECT_GE(locked.count("denied"), 900);
    for (int i = 0; i < 50; ++i) door.enter(school(), own.row.guest.account, kWords, others.then());
    EXPECT_EQ(others.count("busy"), 0);
  }
}

struct HeardSecrets final : GuestSecrets {
  void given(const GuestRow& guest, const std::string& said) override {
    heard.push_back(guest.guest.account + " " + said);
  }
  std::vector<std::string> heard;
};

TEST_F(OwnWordsTest, AreToldToWhatTakesOnlyAPassword) {
  HeardSecrets secrets;
  OwnWords other({*registry, store.guests, *writer, hash, guest_key, clock, random, &secrets});
  const GuestDoor with({*registry, store.guests, *holders, store.standings, calendar, *writer,
                        guest_key, clock, random, &secrets, &other});
  const IssuedGuest guest = issue();
  const auto enter_with = [&](const std::string& typed) {
    return wait<GuestEntry>(
        [&](auto then) { with.enter(school(), guest.row.guest.account, typed, then); });
  };
  ASSERT_TRUE(wait<GuestRow>([&](auto then) { other.choose(guest.row.guest.id, kWords, then); }));
  EXPECT_TRUE(enter_with(kWords));
  EXPECT_FALSE(enter_with("my cat is called Tim"));
  const std::string told = guest.row.guest.account + " " + kWords;
  EXPECT_EQ(secrets.heard, (std::vector{told, told}));
}

}  // namespace
}  // namespace assent
