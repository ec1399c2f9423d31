// Guests' accounts in a directory follow the guests, whatever happens to either.

#include "service/app/guest_accounts.h"

#include <gtest/gtest.h>

#include "tests/support/guest_rig.h"
#include "tests/support/memory_accounts.h"

namespace assent {
namespace {

using support::MemoryAccounts;
using What = GuestStep::What;

std::vector<School> schools_with_directory() {
  auto schools = guest_schools();
  for (School& school : schools) school.guests_in_directory = true;
  schools.front().levels.levels = {"unsigned", "visitor", "ks3"};
  LevelRule of_guests;
  of_guests.guest = true;
  of_guests.level = "visitor";
  schools.front().levels.rules = {of_guests};
  return schools;
}

struct GuestAccountsTest : testing::Test, GuestRig {
  GuestAccountsTest()
      : GuestRig(std::make_shared<support::MemoryDisk>(), schools_with_directory()),
        accounts(make()),
        own_desk({*registry, store.people, store.guests, *writer, guest_key, clock, random,
                  accounts.get()}) {}

  std::unique_ptr<GuestAccounts> make() {
    auto memory = std::make_unique<MemoryAccounts>(clock);
    directory = memory.get();
    std::map<SchoolKey, GuestAccounts::Place> places;
    places[1] = {std::move(memory), "entryUUID"};
    return std::make_unique<GuestAccounts>(
        GuestAccounts::Needs{*registry, store.guests, store.people, *writer, clock},
        std::move(places));
  }
  IssuedGuest issued(const GuestOrder& of) {
    return wait<std::vector<IssuedGuest>>(
               [&](auto then) { own_desk.issue(ict, school(), of, then); })
        .value()
        .front();
  }
  IssuedGuest issued(const std::string& kind = "visitor") { return issued(order(kind)); }
  void look() { ASSERT_TRUE(accounts->look(1)); }
  bool can_sign_in(const IssuedGuest& guest) {
    return directory->can_sign_in(guest.row.guest.account, guest.passphrase);
  }
  std::vector<std::string> without() { return accounts->status(1)->without; }

  MemoryAccounts* directory = nullptr;
  std::unique_ptr<GuestAccounts> accounts;
  GuestDesk own_desk;
};

TEST_F(GuestAccountsTest, AnIssuedGuestCanSignInUntilTheOneEnd) {
  const IssuedGuest guest = issued();
  look();
  EXPECT_TRUE(can_sign_in(guest));
  EXPECT_EQ(directory->list()->front().end, std::chrono::floor<seconds>(clock.time + hours{8}));
  EXPECT_EQ(accounts->status(1)->held, 1u);
  clock.time += hours{8};
  EXPECT_FALSE(can_sign_in(guest));
  look();
  EXPECT_TRUE(directory->list()->empty());
}

TEST_F(GuestAccountsTest, WhatIsTakenAwayIsTakenAwayThereToo) {
  const IssuedGuest gone = issued(), held = issued();
  look();
  (void)take(gone.row.guest.id, What::Revoke, ict).value();
  (void)take(held.row.guest.id, What::Suspend, ict).value();
  look();
  EXPECT_TRUE(directory->list()->empty());
}

TEST_F(GuestAccountsTest, MoreTimeIsMoreTimeThere) {
  const IssuedGuest guest = issued();
  look();
  (void)take(guest.row.guest.id, What::Extend, ict, hours{2}).value();
  look();
  clock.time += hours{9};
  EXPECT_TRUE(can_sign_in(guest));
}

TEST_F(GuestAccountsTest, NewWordsReplaceTheOldOnes) {
  const IssuedGuest guest = issued();
  look();
  const IssuedGuest again = wait<IssuedGuest>([&](auto then) {
                              own_desk.renew_secret(ict, school(), guest.row.guest.id, then);
                            }).value();
  look();
  EXPECT_FALSE(can_sign_in(guest));
  EXPECT_TRUE(can_sign_in(again));
}

// The words are in no store: after a restart they come back when the guest types them.
TEST_F(GuestAccountsTest, AfterARestartTheWordsComeWithTheGuest) {
  const IssuedGuest guest = issued();
  accounts = make();
  look();
  EXPECT_EQ(without(), std::vector{guest.row.guest.account});
  const GuestDoor typed({*registry, store.guests, *holders, store.standings, calendar, *writer,
                         guest_key, clock, random, accounts.get()});
  const auto enter_with = [&](const std::string& words) {
    return bool(wait<GuestEntry>(
        [&](auto then) { typed.enter(school(), guest.row.guest.account, words, then); }));
  };
  EXPECT_FALSE(enter_with("maple-robin-tunnel-sixpence"));
  look();
  EXPECT_FALSE(can_sign_in(guest));
  EXPECT_TRUE(enter_with(guest.passphrase));
  look();
  EXPECT_TRUE(can_sign_in(guest));
  EXPECT_TRUE(without().empty());
}

// As a directory does whose policy wants more than a guest's own words have.
TEST_F(GuestAccountsTest, WordsThatTheDirectoryRefusesEndTheOldOnesAndStopNobodyElse) {
  IssuedGuest guest = issued();
  const IssuedGuest before = issued();
  look();
  const IssuedGuest after = issued();
  guest.row.words = "a hash";
  guest.row.passphrase.reset();
  accounts->given(guest.row, "short");
  look();
  EXPECT_FALSE(can_sign_in(guest));
  EXPECT_TRUE(can_sign_in(before));
  EXPECT_TRUE(can_sign_in(after));
  EXPECT_EQ(without(), std::vector{guest.row.guest.account});
  guest.row.words = "another";
  accounts->given(guest.row, "my cat is called Tom");
  look();
  EXPECT_TRUE(directory->can_sign_in(guest.row.guest.account, "my cat is called Tom"));
  EXPECT_TRUE(without().empty());
}

TEST_F(GuestAccountsTest, ADirectoryThatIsAwayGetsItLater) {
  const IssuedGuest guest = issued();
  directory->fail_with(MemoryAccounts::Fault::Away);
  EXPECT_FALSE(accounts->look(1));
  EXPECT_FALSE(accounts->status(1)->error.empty());
  directory->fail_with(MemoryAccounts::Fault::Unconfirmed);
  EXPECT_FALSE(accounts->look(1));
  directory->fail_with(MemoryAccounts::Fault::None);
  look();
  EXPECT_TRUE(can_sign_in(guest));
  EXPECT_EQ(accounts->status(1)->error, "");
}

TEST_F(GuestAccountsTest, TheNextHolderOfAPoolsAccountIsSomebodyElseThere) {
  const IssuedGuest first = issued("supply");
  look();
  (void)take(first.row.guest.id, What::GiveBack, ict).value();
  GuestOrder next = order("supply");
  next.wish.name = "Ms B. Other";
  const IssuedGuest second = issued(next);
  look();
  EXPECT_EQ(second.row.guest.account, first.row.guest.account);
  EXPECT_FALSE(can_sign_in(first));
  EXPECT_TRUE(can_sign_in(second));
}

TEST_F(GuestAccountsTest, AccountsThatNoGuestEverHadAreLeftAlone) {
  const EndingAccount other{"temp.clerk", "Temp Clerk", clock.time + hours{1}};
  ASSERT_TRUE(directory->create(other, "Wonder-9-Lamp"));
  look();
  EXPECT_TRUE(directory->can_sign_in("temp.clerk", "Wonder-9-Lamp"));
  EXPECT_EQ(accounts->status(1)->strangers, 1u);
}

// Decision 9: the level output knows them by the directory's own id, and forgets them at the end.
TEST_F(GuestAccountsTest, HaveTheGuestsLevelAndLoseItAtTheEnd) {
  const IssuedGuest guest = issued();
  look();
  const PersonKey person = guest.row.person;
  const auto ids = store.people.identities(1, person).value();
  ASSERT_EQ(ids.size(), 1u);
  EXPECT_EQ(ids.front().source, "entryUUID");
  EXPECT_EQ(ids.front().external, directory->list()->front().id);
  EXPECT_EQ(store.levels.of(person)->value().level, "visitor");
  look();
  EXPECT_EQ(store.people.identities(1, person)->size(), 1u);
  (void)take(guest.row.guest.id, What::Revoke, ict).value();
  EXPECT_EQ(store.levels.of(person)->value().level, "");
}

TEST_F(GuestAccountsTest, ASchoolWithoutADirectoryHasNone) {
  EXPECT_FALSE(accounts->status(2));
}

}  // namespace
}  // namespace assent
