// Who gets in as a guest, and until when.

#include <gtest/gtest.h>

#include "core/formats/json.h"
#include "tests/support/guest_rig.h"

namespace assent {
namespace {

using What = GuestStep::What;

struct GuestDoorTest : testing::Test, GuestRig {};

TEST_F(GuestDoorTest, LetsInWithTheRightWordsAndWithTheCode) {
  const IssuedGuest guest = issue();
  const auto entry = enter(guest);
  ASSERT_TRUE(entry) << entry.error().message;
  EXPECT_EQ(entry->row.guest.id, guest.row.guest.id);
  EXPECT_EQ(entry->until, clock.time + hours{8});
  EXPECT_EQ(entry->devices, 2u);
  EXPECT_TRUE(enter_by(guest.voucher));
  std::string shouted = guest.passphrase;
  for (char& c : shouted) c = c == '-' ? ' ' : char(std::toupper(c));
  EXPECT_TRUE(enter(guest.row.guest.account, shouted));
}

// Nobody learns from an answer which accounts there are, or what became of them.
TEST_F(GuestDoorTest, SaysTheSameToEverybodyWhoDoesNotGetIn) {
  const IssuedGuest here = issue(), gone = issue(), held = issue();
  (void)take(gone.row.guest.id, What::Revoke, ict).value();
  (void)take(held.row.guest.id, What::Suspend, ict).value();
  const Error wrong = enter(here.row.guest.account, gone.passphrase).error();
  const Error others[] = {enter("v-nobody-000", here.passphrase).error(),
                          enter(here.row.guest.account, "").error(),
                          enter(here.row.guest.account, std::string(10'000, 'a')).error(),
                          enter("", "").error(),
                          enter(gone).error(),
                          enter(held).error(),
                          enter_by(gone.voucher).error(),
                          enter_by(here.voucher, 2).error()};  // another school's
  for (const Error& each : others) {
    EXPECT_EQ(each.code, Code::Denied);
    EXPECT_EQ(each.message, wrong.message);
  }
  clock.time += hours{8};
  EXPECT_EQ(enter(here).error().message, wrong.message);
}

TEST_F(GuestDoorTest, NoOneGetsInFromTheEndOn) {
  const IssuedGuest guest = issue();
  clock.time += hours{8} - milliseconds{1};
  EXPECT_TRUE(enter(guest));
  clock.time += milliseconds{1};
  EXPECT_FALSE(enter(guest));
  EXPECT_FALSE(door.look(guest.row.guest.id));
}

TEST_F(GuestDoorTest, TheFirstLoginIsWrittenOnce) {
  const IssuedGuest guest = issue();
  const Time first = clock.time;
  EXPECT_EQ(enter(guest)->row.guest.first_login, first);
  clock.time += hours{1};
  EXPECT_TRUE(enter(guest));
  EXPECT_EQ(row(guest.row.guest.id).guest.first_login, first);
}

TEST_F(GuestDoorTest, KeepsTheHoursOfTheKind) {
  const Time midnight = std::chrono::floor<days>(clock.time);
  clock.time = midnight + hours{15};
  const IssuedGuest guest = issue("evening");  // for eight hours
  const auto stands = [&](milliseconds of_day) {
    clock.time = midnight + of_day;
    return door.look(guest.row.guest.id);
  };
  EXPECT_FALSE(stands(hours{17} - milliseconds{1}));
  EXPECT_EQ(stands(hours{17})->until, midnight + hours{22});
  EXPECT_TRUE(stands(hours{22} - milliseconds{1}));
  EXPECT_FALSE(stands(hours{22}));
}

// R7: nobody is on the network before they agreed, even where the school only observes.
TEST_F(GuestDoorTest, OwesTheRulesUntilTheyAreAgreedTo) {
  const IssuedGuest guest = issue();
  EXPECT_TRUE(enter(guest)->owes);
  const PersonRow whom = person_of(guest);
  EXPECT_TRUE(
      std::holds_alternative<AnswerOutcome>(say(whom, show(whom).shown.value(), Act::Decline)));
  EXPECT_TRUE(enter(guest)->owes);
  accept(guest);
  EXPECT_FALSE(enter(guest)->owes);
  support::VersionText text;
  text.rules.emplace_back("charger", "My charger is safe.");
  publish("visitor", 2, text);
  EXPECT_TRUE(enter(guest)->owes);  // amended
}

TEST_F(GuestDoorTest, AnAnswerInABrowserIsVouchedForByTheServiceItself) {
  const IssuedGuest guest = issue(), other = issue();
  const PersonRow whom = person_of(guest);
  const Shown shown = show(whom).shown.value();
  const auto stolen = say(person_of(other), shown, Act::Agree);
  ASSERT_TRUE(std::holds_alternative<AnswerFailure>(stolen));
  EXPECT_EQ(std::get<AnswerFailure>(stolen).refusal, Refusal::OtherDevice);
  ASSERT_TRUE(std::holds_alternative<AnswerOutcome>(say(whom, shown, Act::Agree)));
  const std::uint64_t size = records();
  ASSERT_TRUE(std::holds_alternative<AnswerOutcome>(say(whom, shown, Act::Agree)));  // again
  EXPECT_EQ(records(), size);
  const Value record = parse_json(store.ledger.record(size - 1)->body).value();
  EXPECT_EQ(*record.find("proof")->text(), "self");
  EXPECT_EQ(*record.find("channel")->text(), "portal");
  EXPECT_EQ(*record.find("subject")->find("audience")->text(), "visitor");
  EXPECT_FALSE(record.find("attestation"));
  EXPECT_FALSE(record.find("device"));
}

TEST_F(GuestDoorTest, ADeviceCannotAnswerForSomebodyInABrowser) {
  const IssuedGuest guest = issue();
  const DeviceRow machine = device("LIB-01", 7);
  const Shown shown = show(person_of(guest)).shown.value();
  const auto said = answer(machine, question(shown, {{"visitor", Act::Agree, false}}, 7));
  ASSERT_TRUE(std::holds_alternative<AnswerFailure>(said));
  EXPECT_EQ(std::get<AnswerFailure>(said).refusal, Refusal::OtherDevice);
}

TEST_F(GuestDoorTest, AGuestAtAWorkstationIsAGuestThereToo) {
  const IssuedGuest guest = issue();
  const DeviceRow machine = device("LIB-01", 7);
  const auto verdict = [&] {
    return browser.check(machine, {guest.row.guest.account, "", false})->verdict;
  };
  EXPECT_EQ(verdict(), Verdict::Ask);
  accept(guest);
  EXPECT_EQ(verdict(), Verdict::Clear);
  (void)take(guest.row.guest.id, What::Suspend, ict).value();
  EXPECT_EQ(verdict(), Verdict::Refuse);
  (void)take(guest.row.guest.id, What::Resume, ict).value();
  EXPECT_EQ(verdict(), Verdict::Clear);
  clock.time += hours{8};
  EXPECT_EQ(verdict(), Verdict::Refuse);
}

TEST_F(GuestDoorTest, AKindThatIsConfiguredNoMoreLetsNobodyIn) {
  const IssuedGuest guest = issue();
  auto schools = guest_schools();
  schools.front().guests.erase(schools.front().guests.begin());
  const std::unique_ptr<Registry> later =
      Registry::load(store.registers, calendar, std::move(schools)).value();
  const GuestDoor other({*later, store.guests, *holders, store.standings, calendar, *writer,
                         guest_key, clock, random});
  EXPECT_FALSE(other.look(guest.row.guest.id));
  EXPECT_TRUE(later->audience(1, person_of(guest).profile)->name.empty());
}

TEST_F(GuestDoorTest, AStoreWithoutItsKeyOpensNothing) {
  const IssuedGuest guest = issue();
  const SecretKey other = support::secret(10);
  const GuestDoor stolen({*registry, store.guests, *holders, store.standings, calendar, *writer,
                          other, clock, random});
  EXPECT_FALSE(wait<GuestEntry>(
      [&](auto then) { stolen.enter(school(), guest.row.guest.account, guest.passphrase, then); }));
  EXPECT_TRUE(enter(guest));
}

}  // namespace
}  // namespace assent
