// Who has which guest account, in memory. That it agrees with every store: the contract of guests.
#include "service/app/account_holders.h"

#include <gtest/gtest.h>

#include "tests/support/guest_rig.h"

namespace assent {
namespace {

using Does = GuestStep::What;

struct AccountHoldersTest : testing::Test, GuestRig {
  // Whether a login finds the guest: now, and after a restart.
  bool is_held(const IssuedGuest& guest) {
    const auto later = AccountHolders::load(store.guests, registry->schools()).value();
    const auto found = holders->of(1, guest.row.guest.account);
    const auto found_later = later->of(1, guest.row.guest.account);
    EXPECT_EQ(found != nullptr, found_later != nullptr);
    if (!found || !found_later) return false;
    EXPECT_EQ(*found, *found_later);
    EXPECT_EQ(*found, row(guest.row.guest.id));
    return true;
  }
};

TEST_F(AccountHoldersTest, AGuestIsHeldFromTheMomentThatTheyAreIssuedUntilTheyEnd) {
  const IssuedGuest guest = issue();
  EXPECT_TRUE(is_held(guest));
  ASSERT_TRUE(enter(guest));
  EXPECT_TRUE(is_held(guest));  // with their first login
  ASSERT_TRUE(take(guest.row.guest.id, Does::Suspend, ict));
  EXPECT_TRUE(is_held(guest));
  ASSERT_TRUE(take(guest.row.guest.id, Does::Revoke, ict));
  EXPECT_FALSE(is_held(guest));
}

TEST_F(AccountHoldersTest, NobodyHasWhatNobodyWasGiven) {
  const IssuedGuest guest = issue();
  EXPECT_FALSE(holders->of(1, ""));
  EXPECT_FALSE(holders->of(1, "v-nobody-000"));
  EXPECT_FALSE(holders->of(2, guest.row.guest.account));
}

}  // namespace
}  // namespace assent
