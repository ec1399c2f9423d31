// MSCHAPv2, where a school allows it: what is kept for it, who gets in by it, and when it goes
// (issue 4, point 2).
#include "service/app/nt_secrets.h"

#include <gtest/gtest.h>

#include "tests/unit/app/radius_rig.h"

namespace assent {
namespace {

using What = GuestStep::What;

struct NtSecretsTest : testing::Test, RadiusRig {
  NtSecretsTest() : RadiusRig(wordy_schools()) {}

  IssuedGuest visitor() {
    auto issued = wait<std::vector<IssuedGuest>>(
        [&](auto then) { nt_desk.issue(ict, school(), order(), then); });
    accept(issued->front());
    return issued->front();
  }
  std::string told(const Result<RadiusAttributes>& all, RadiusName name) {
    if (!all) return "no answer";
    const auto found = std::ranges::find(*all, name, &RadiusAttribute::name);
    return found == all->end() ? "" : found->value;
  }
  // What the guest's device would be checked against.
  std::string offered(const RadiusRequest& request) {
    return told(checking.offer(request), RadiusName::NtPassword);
  }
  static std::string right(const IssuedGuest& guest) {
    return "0x" + to_hex(nt_hash(guest.passphrase));
  }
  // The whole of it: FreeRADIUS checks a device that has this guest's passphrase.
  Result<RadiusAttributes> log_in_as(const IssuedGuest& guest, RadiusRequest request) {
    const auto offer = checking.offer(request);
    if (!offer) return fail(offer.error());
    request.is_checked = told(offer, RadiusName::NtPassword) == right(guest);
    request.proof = told(offer, RadiusName::NtProof);
    return admit(request);
  }
  Result<RadiusAttributes> log_in_as(const IssuedGuest& guest, const std::string& device = kPhone) {
    return log_in_as(guest, asking(guest, device));
  }
  Result<RadiusAttributes> admit(const RadiusRequest& request) {
    return wait<RadiusAttributes>([&](auto then) { checking.admit_checked(request, then); });
  }
  std::size_t kept() {
    const auto all = store.guests.search({1, {}, 0, "", GuestQuery::kAll}).value();
    return std::size_t(
        std::ranges::count_if(all, [](const GuestRow& row) { return !row.nt.empty(); }));
  }

  NtSecrets nt{guest_key, random};
  GuestDesk nt_desk{
      {*registry, store.people, store.guests, *writer, guest_key, clock, random, nullptr, &nt}};
  GuestNetwork checking{{nases, door, tries, *online, guest_key, clock, random, &nt}};
};

TEST_F(NtSecretsTest, AGuestGetsInAsWithTheirPassphrase) {
  const IssuedGuest guest = visitor();
  const auto in = log_in_as(guest);
  EXPECT_EQ(told(in, RadiusName::SessionTimeout), "28800");
  EXPECT_EQ(told(in, RadiusName::TunnelPrivateGroupId), "210");
  EXPECT_EQ(told(in, RadiusName::NtPassword), "");
  EXPECT_TRUE(row(guest.row.guest.id).guest.first_login);
  EXPECT_TRUE(ask(asking(guest)));
}

TEST_F(NtSecretsTest, WhatIsKeptIsNoHashToWhoeverHasTheStoreAlone) {
  const IssuedGuest guest = visitor();
  const std::string raw = to_hex(nt_hash(guest.passphrase));
  EXPECT_EQ(to_hex(row(guest.row.guest.id).nt).find(raw), std::string::npos);
  EXPECT_FALSE(NtSecrets(support::secret(8), random).of(row(guest.row.guest.id)));
  GuestRow other = visitor().row;
  other.nt = guest.row.nt;
  EXPECT_FALSE(nt.of(other));
}

TEST_F(NtSecretsTest, WhereItIsOffNothingIsKeptAndNobodyGetsIn) {
  const IssuedGuest guest = online_guest();
  EXPECT_TRUE(row(guest.row.guest.id).nt.empty());
  EXPECT_EQ(network.offer(asking(guest)).error().code, Code::Denied);
  RadiusRequest said = asking(guest);
  said.is_checked = true;
  EXPECT_EQ(
      wait<RadiusAttributes>([&](auto then) { network.admit_checked(said, then); }).error().code,
      Code::Denied);
}

// A guest from before it was on gets in once they have a new passphrase.
TEST_F(NtSecretsTest, WhoHasNothingKeptIsOfferedWhatNobodyKnows) {
  const IssuedGuest early = online_guest(), gone = visitor(), chose = visitor();
  (void)take(gone.row.guest.id, What::Revoke, ict).value();
  ASSERT_TRUE(choose(chose.row.guest.id, "my cat is called Tom"));
  RadiusRequest unknown = asking(early);
  unknown.user = "v-nobody-000";
  for (const RadiusRequest& each : {asking(early), asking(gone), asking(chose), unknown}) {
    const std::string first = offered(each);
    EXPECT_EQ(first.size(), right(early).size());
    EXPECT_NE(first, offered(each)) << each.user;  // drawn each time
    for (const IssuedGuest* guest : {&early, &gone, &chose}) EXPECT_NE(first, right(*guest));
  }
}

// Whatever is said of a check that went well: it must be of what is kept for them now.
TEST_F(NtSecretsTest, ACheckOfSomethingElseLetsNobodyIn) {
  const IssuedGuest guest = visitor(), early = online_guest();
  RadiusRequest said = asking(guest);
  said.is_checked = true;
  EXPECT_FALSE(admit(said));
  said.proof = told(checking.offer(asking(visitor())), RadiusName::NtProof);
  EXPECT_FALSE(admit(said));
  said.proof = told(checking.offer(asking(guest)), RadiusName::NtProof);
  (void)wait<IssuedGuest>([&](auto then) {
    nt_desk.renew_secret(ict, school(), guest.row.guest.id, then);
  }).value();
  EXPECT_FALSE(admit(said));
  RadiusRequest without = asking(early);
  without.is_checked = true;
  without.proof = told(checking.offer(without), RadiusName::NtProof);
  EXPECT_FALSE(admit(without));
}

TEST_F(NtSecretsTest, GuessesLockTheDeviceAndNotTheGuest) {
  const IssuedGuest guest = visitor(), other = visitor();
  for (int i = 0; i < 5; ++i)
    EXPECT_EQ(log_in_as(other, asking(guest, kTablet)).error().code, Code::Denied);
  EXPECT_NE(offered(asking(guest, kTablet)), right(guest));
  EXPECT_FALSE(log_in_as(guest, kTablet));
  EXPECT_FALSE(ask(asking(guest, kTablet)));  // nor with PAP
  EXPECT_TRUE(log_in_as(guest, kPhone));
  clock.time += TryLimiter::kWindow;
  EXPECT_TRUE(log_in_as(guest, kTablet));
}

// Phones whose passphrase is over go on trying for hours.
TEST_F(NtSecretsTest, OneDeviceLocksNeitherTheAccountNorTheAccessPoint) {
  const IssuedGuest guest = visitor(), other = visitor();
  for (int i = 0; i < 1200; ++i) EXPECT_FALSE(log_in_as(other, asking(guest, kTablet)));
  EXPECT_TRUE(log_in_as(guest, kPhone));
  EXPECT_TRUE(ask(asking(other, kPhone)));
}

TEST_F(NtSecretsTest, WhoMayNotBeOnlineStaysOutWithTheRightPassphrase) {
  const IssuedGuest held = visitor();
  (void)take(held.row.guest.id, What::Suspend, ict).value();
  EXPECT_EQ(log_in_as(held).error().code, Code::Denied);
  EXPECT_FALSE(row(held.row.guest.id).guest.first_login);
}

// Another key, or a row that was changed: nobody is told that their passphrase is wrong.
TEST_F(NtSecretsTest, WhatCannotBeReadIsNoAnswer) {
  const IssuedGuest guest = visitor();
  const SecretKey other = support::secret(8);
  const NtSecrets wrong{other, random};
  const GuestNetwork network_of{{nases, door, tries, *online, guest_key, clock, random, &wrong}};
  EXPECT_EQ(network_of.offer(asking(guest)).error().code, Code::Corrupt);
}

TEST_F(NtSecretsTest, NeitherAnUnknownAccessPointNorNoDeviceIsOfferedAnything) {
  RadiusRequest request = asking(visitor());
  request.nas = "ap-unknown";
  EXPECT_EQ(checking.offer(request).error().code, Code::Denied);
  EXPECT_EQ(checking.offer(asking(visitor(), "")).error().code, Code::Denied);
  request = asking(visitor());
  request.nas = "ap-oakfield";
  const std::string first = offered(request);
  EXPECT_NE(first, offered(request));
}

TEST_F(NtSecretsTest, ItGoesWithThePassphrase) {
  const IssuedGuest revoked = visitor(), chose = visitor();
  (void)visitor();
  EXPECT_EQ(kept(), 3u);
  (void)take(revoked.row.guest.id, What::Revoke, ict).value();
  ASSERT_TRUE(choose(chose.row.guest.id, "my cat is called Tom"));
  EXPECT_EQ(kept(), 1u);
  clock.time += hours{8};
  ASSERT_TRUE(keeper.run_once(clock.now()));
  EXPECT_EQ(kept(), 0u);
}

TEST_F(NtSecretsTest, ItGoesWhenItIsTurnedOff) {
  const IssuedGuest guest = visitor();
  (void)visitor();
  ASSERT_TRUE(forget_nt_secrets(*registry, store.guests, *writer));
  EXPECT_EQ(kept(), 0u);
  EXPECT_TRUE(ask(asking(guest)));  // their passphrase is as good as before
}

}  // namespace
}  // namespace assent
