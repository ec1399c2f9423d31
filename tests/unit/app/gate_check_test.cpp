// What a check tells a device: a verdict, a presentation, and nothing about anybody.

#include <gtest/gtest.h>

#include "tests/support/gate_desk.h"

namespace assent {
namespace {

using support::GateDesk;
using support::VersionText;

struct GateCheck : testing::Test {
  GateCheck() {
    desk.publish("student", 1);
    desk.student("jsmith");
    device = desk.device("LIB-01", 11);
  }
  CheckAnswer check(const std::string& login) { return desk.check(device, login); }
  void accept(const std::string& login) {
    const auto shown = check(login).shown.value();
    const auto asked = desk.question(shown, {{"student", Act::Agree}}, 11);
    ASSERT_TRUE(std::holds_alternative<AnswerOutcome>(desk.answer(device, asked)));
  }

  GateDesk desk;
  DeviceRow device;
};

TEST_F(GateCheck, AsksThenIsClear) {
  const CheckAnswer first = check("jsmith");
  EXPECT_EQ(first.verdict, Verdict::Ask);
  EXPECT_EQ(first.school, "Kingsmead School");
  ASSERT_TRUE(first.shown);
  EXPECT_EQ(sha256(first.shown->rendered->document), first.shown->rendered->hash);
  EXPECT_EQ(first.shown->expires, desk.clock.time + kTicketLife);
  EXPECT_TRUE(first.shown->add_ons.empty());
  EXPECT_EQ(first.shown->deferrals_left, 0u);
  accept("jsmith");
  const CheckAnswer then = check("jsmith");
  EXPECT_EQ(then.verdict, Verdict::Clear);
  EXPECT_FALSE(then.shown);
}

// A4: capitals, a realm or full-width letters never make a known person an unknown one; oakfield,
// where unknown logins are let in, would let them past the gate.
TEST_F(GateCheck, A4_EverySpellingOfALoginIsTheSamePerson) {
  desk.publish("student", 1, {}, 2);
  desk.student("jsmith", 2);
  const DeviceRow other = desk.device("OAK-01", 12, 2);
  for (const char* login : {"jsmith", "JSMITH", "JSmith", "SCHOOL\\jsmith", "jsmith@school.example",
                            "JSmith@SCHOOL.EXAMPLE", "\xEF\xBD\x8A\xEF\xBD\x93mith"})
    for (const DeviceRow& at : {device, other})
      EXPECT_EQ(desk.check(at, login).verdict, Verdict::Ask) << login;
}

// A4: the device's school decides who is meant, whatever realm was typed.
TEST_F(GateCheck, A4_ALoginOfAnotherSchoolIsUnknownHere) {
  desk.publish("student", 1, {}, 2);
  desk.student("onlyoak", 2);
  EXPECT_EQ(check("onlyoak").verdict, Verdict::Refuse);
  EXPECT_EQ(check("onlyoak@oakfield").verdict, Verdict::Refuse);
  EXPECT_EQ(check("OAKFIELD\\onlyoak").verdict, Verdict::Refuse);
}

TEST_F(GateCheck, WhoIsUnknownIsRefusedUnlessTheSchoolLetsThemIn) {
  EXPECT_EQ(check("nobody").verdict, Verdict::Refuse);
  EXPECT_EQ(check("").verdict, Verdict::Refuse);
  EXPECT_EQ(check("a\\b\\c").verdict, Verdict::Refuse);
  EXPECT_EQ(desk.check(desk.device("OAK-01", 12, 2), "nobody").verdict, Verdict::Clear);
}

// A15: unknown, left and without an audience look alike, and nothing names or gives a reason.
TEST_F(GateCheck, A15_EveryRefusalHasTheSameBytesAndSaysNothingOfThePerson) {
  PersonRow left = desk.student("leaver");
  left.state = PersonState::Left;
  desk.put(left);
  desk.person("parent", {{"role", "parent"}});
  const CheckAnswer unknown = check("nobody");
  EXPECT_EQ(unknown.message, "This login cannot be used here at the moment. Ask at the office.");
  for (const char* login : {"leaver", "parent", "Not A Login\x1B[2J"}) {
    const CheckAnswer answer = check(login);
    EXPECT_EQ(answer.verdict, Verdict::Refuse) << login;
    EXPECT_EQ(answer.message, unknown.message);
    EXPECT_EQ(answer.school, unknown.school);
    EXPECT_FALSE(answer.shown);
  }
}

// A15: what is shown is the policy's text, the same for all who owe the same.
TEST_F(GateCheck, A15_APresentationNamesNobody) {
  desk.student("ann");
  const auto one = check("jsmith"), other = check("ann");
  EXPECT_EQ(one.shown->rendered->document, other.shown->rendered->document);
  EXPECT_EQ(one.message, "");
  for (const char* word : {"jsmith", "Name of", "9B", "ks3"})
    EXPECT_EQ(one.shown->rendered->document.find(word), std::string::npos) << word;
}

TEST_F(GateCheck, ExemptAndSharedAccountsAreNeverAsked) {
  desk.person("backup", {{"kind", "service"}, {"role", "staff"}});
  desk.person("y1class", {{"kind", "shared"}, {"role", "student"}});
  EXPECT_EQ(check("backup").verdict, Verdict::Clear);
  EXPECT_EQ(check("y1class").verdict, Verdict::Clear);
}

TEST_F(GateCheck, WhatIsOnlyObservedIsClear) {
  desk.publish("staff", 1);
  desk.person("teacher", {{"role", "staff"}});
  EXPECT_EQ(check("teacher").verdict, Verdict::Clear);
}

TEST_F(GateCheck, APublishedVersionReachesTheNextCheckAtOnce) {
  accept("jsmith");
  VersionText next;
  next.rules = {{"own", "I use my own login, always."}, {"new", "I lock my screen."}};
  desk.publish("student", 2, next);
  const CheckAnswer now = check("jsmith");
  ASSERT_EQ(now.verdict, Verdict::Ask);
  EXPECT_EQ(now.shown->rendered->kinds, std::vector{Kind::Amendment});
  EXPECT_EQ(now.shown->rendered->marks.size(), 1u);
}

TEST_F(GateCheck, AFutureVersionAsksNobodyAgainBeforeItsDay) {
  accept("jsmith");
  VersionText future;
  future.effective = "2030-01-01";
  future.renew = "09-01";  // 2024-09-01 is behind us: it was no renewal of version 1
  desk.publish("student", 2, future);
  EXPECT_EQ(check("jsmith").verdict, Verdict::Clear);
}

TEST_F(GateCheck, ARenewalOfTheVersionInForceIsAskedAtItsInstant) {
  VersionText yearly;
  yearly.renew = "11-01";
  yearly.mode = "editorial";
  desk.publish("student", 2, yearly);
  accept("jsmith");
  desk.clock.time = Time{std::chrono::sys_days{std::chrono::year{2024} / 11 / 1}} - milliseconds{1};
  EXPECT_EQ(check("jsmith").verdict, Verdict::Clear);
  desk.clock.time += milliseconds{1};
  EXPECT_EQ(check("jsmith").verdict, Verdict::Ask);
  // A newer version without renewal forgets none that was due before it.
  VersionText last;
  last.mode = "editorial";
  last.effective = "2024-11-02";
  desk.publish("student", 3, last);
  desk.clock.time += days{2};
  EXPECT_EQ(check("jsmith").verdict, Verdict::Ask);
}

// Old and new text together are longer than a document may be; a login must not fail over that.
TEST_F(GateCheck, AnAmendmentTooLongToShowIsShownInFull) {
  VersionText text;
  text.rules.clear();
  for (int i = 0; i < 20; ++i)
    text.rules.emplace_back("rule" + std::to_string(i), std::string(2'000, 'a'));
  desk.publish("student", 2, text);
  accept("jsmith");
  for (auto& [id, words] : text.rules) words[0] = 'b';
  desk.publish("student", 3, text);
  const CheckAnswer now = check("jsmith");
  ASSERT_EQ(now.verdict, Verdict::Ask);
  EXPECT_EQ(now.shown->rendered->kinds, std::vector{Kind::Full});
  accept("jsmith");
  EXPECT_EQ(check("jsmith").verdict, Verdict::Clear);
}

TEST_F(GateCheck, PoliciesTooLongTogetherAreShownOneAfterTheOther) {
  VersionText text;
  text.rules.clear();
  for (int i = 0; i < 20; ++i)
    text.rules.emplace_back("rule" + std::to_string(i), std::string(2'000, 'a'));
  desk.publish("student", 2, text);
  desk.publish("media", 1, text);
  desk.person("reporter", {{"role", "student"}, {"group", "media"}});
  EXPECT_EQ(check("reporter").shown->rendered->kinds.size(), 1u);
  accept("reporter");
  const CheckAnswer next = check("reporter");
  ASSERT_EQ(next.verdict, Verdict::Ask);
  EXPECT_EQ(next.shown->add_ons, std::vector<std::string>{"media"});
}

TEST_F(GateCheck, TellsHowOftenLaterIsPossibleAndUntilWhen) {
  VersionText later;
  later.enforced_from = "2025-01-01";
  desk.publish("student", 2, later);
  const auto shown = check("jsmith").shown.value();
  EXPECT_EQ(shown.deferrals_left, 3u);
  EXPECT_EQ(shown.later_until, "2025-01-01T00:00:00.000Z");
}

TEST_F(GateCheck, WritesNothing) {
  const auto before = desk.store.disk()->read();
  (void)check("jsmith");
  (void)check("nobody");
  EXPECT_EQ(desk.store.disk()->read(), before);
}

TEST_F(GateCheck, AReloadedRegistryDecidesAsTheLiveOneDid) {
  VersionText text;
  text.renew = "09-01";
  desk.publish("student", 2, text);
  desk.publish("media", 1);
  desk.publish("staff", 1);
  (void)GateDesk::wait<Time>([&](auto then) {
    desk.publisher.retire(desk.ict, desk.school(), {"media"}, "no longer used", then);
  }).value();
  GateDesk again(desk.store.disk());
  const auto live = desk.registry->catalogue(), loaded = again.registry->catalogue();
  ASSERT_EQ(live->policies.size(), loaded->policies.size());
  for (std::size_t i = 0; i < live->policies.size(); ++i) {
    const PublishedPolicy &a = live->policies[i], &b = loaded->policies[i];
    EXPECT_EQ(a.key, b.key);
    EXPECT_EQ(a.school, b.school);
    EXPECT_EQ(a.name, b.name);
    EXPECT_EQ(a.retired, b.retired);
    EXPECT_EQ(a.retired, a.name.value == "media");
    EXPECT_EQ(a.renewals, b.renewals);
    ASSERT_EQ(a.versions.size(), b.versions.size());
    for (std::size_t v = 0; v < a.versions.size(); ++v) {
      EXPECT_EQ(a.versions[v].text->manifest_hash, b.versions[v].text->manifest_hash);
      EXPECT_EQ(a.versions[v].effective, b.versions[v].effective);
      EXPECT_EQ(a.versions[v].enforced, b.versions[v].enforced);
      EXPECT_EQ(a.versions[v].entry, b.versions[v].entry);
    }
  }
  const auto known = again.registry->device(device.id);
  ASSERT_TRUE(known);
  EXPECT_EQ(known->public_key, device.public_key);
  EXPECT_EQ(desk.check(device, "jsmith").shown->rendered->document,
            again.check(*known, "jsmith").shown->rendered->document);
}

}  // namespace
}  // namespace assent
