// One paragraph that ends the phone call: every reason has words, and every debt its cause.

#include "service/app/why.h"

#include <gtest/gtest.h>

#include "tests/support/gate_desk.h"

namespace assent {
namespace {

using support::GateDesk;
using support::VersionText;

struct WhyTest : testing::Test {
  Explanation why(const std::string& login, SchoolKey in = 1) {
    const Facts facts = desk.store.standings.find(in, login).value();
    catalogue = desk.registry->catalogue();
    return explain(desk.store.people.person(facts.person).value(), facts, desk.school(in),
                   desk.registry->audience(in, facts.profile), *catalogue, desk.calendar,
                   desk.clock.time);
  }
  void expect(const std::string& login, Verdict verdict, Reason reason, const std::string& gate,
              const std::string& next) {
    const Explanation out = why(login);
    EXPECT_EQ(out.decision.verdict, verdict) << login;
    EXPECT_EQ(out.decision.reason, reason) << login;
    EXPECT_NE(out.text.find("At the gate   " + gate), std::string::npos) << out.text;
    EXPECT_NE(out.next.find(next), std::string::npos) << out.next;
    EXPECT_TRUE(out.text.ends_with("Next: " + out.next)) << out.text;
    EXPECT_EQ(out.text.find("  At the gate   \n"), std::string::npos);
  }
  void sign(const PersonRow& person, Act act) {
    (void)GateDesk::wait<Written>([&](auto then) {
      desk.behalf.answer(desk.ict, desk.school(), person, {act, {"student"}, "paper", "", {}},
                         then);
    }).value();
  }

  GateDesk desk;
  std::shared_ptr<const Catalogue> catalogue;
};

TEST_F(WhyTest, EveryReasonHasItsSentence) {
  const PersonRow ann = desk.student("ann");
  expect("ann", Verdict::Clear, Reason::NothingOwed, "CLEAR: this audience owes no policy",
         "Nothing for you to do.");
  desk.publish("student", 1);
  expect("ann", Verdict::Ask, Reason::Owes,
         "ASK: student version 1 (never signed), since 2024-01-01T00:00:00.000Z",
         "assentctl people sign-for ann --policy student");
  sign(ann, Act::Agree);
  expect("ann", Verdict::Clear, Reason::UpToDate, "CLEAR: everything that is owed is signed",
         "Nothing for you to do.");
  desk.publish("staff", 1);
  desk.person("teacher", {{"role", "staff"}});
  expect("teacher", Verdict::Clear, Reason::Observed,
         "CLEAR: enforcement only observes; would be asked staff version 1",
         "until enforcement is ask or enforce");
  desk.person("backup", {{"kind", "service"}});
  expect("backup", Verdict::Clear, Reason::Exempt, "CLEAR: exempt by an audience rule", "Nothing");
  desk.person("y1class", {{"kind", "shared"}});
  expect("y1class", Verdict::Clear, Reason::Shared, "CLEAR: a shared account is never asked",
         "Nothing");
  desk.person("parent", {{"role", "parent"}});
  expect("parent", Verdict::Refuse, Reason::Unknown, "REFUSE: no audience rule matches",
         "Add an audience rule");
  PersonRow left = desk.student("leaver");
  left.state = PersonState::Left;
  desk.put(left);
  expect("leaver", Verdict::Refuse, Reason::Left, "REFUSE: no longer in the roster",
         "Import a roster");
}

TEST_F(WhyTest, EveryDebtHasItsCause) {
  VersionText yearly;
  yearly.renew = "11-01";
  yearly.renditions = {"en-GB.std", "en-GB.ks2"};
  desk.publish("student", 1, yearly);
  const PersonRow ann = desk.student("ann");
  const auto cause = [&](const std::string& text) {
    EXPECT_NE(why("ann").text.find("(" + text + ")"), std::string::npos) << why("ann").text;
  };
  cause("never signed");
  sign(ann, Act::Agree);
  desk.clock.time += days{60};
  cause("signed again every year");
  sign(ann, Act::Agree);
  sign(ann, Act::Withdraw);
  cause("withdrawn");
  EXPECT_NE(why("ann").text.find("(withdrawn), since " + to_rfc3339(desk.clock.time)),
            std::string::npos);
  sign(ann, Act::Agree);
  PersonRow younger = ann;
  const Profile ks2{{"role", "student"}, {"stage", "ks2"}};
  desk.put(ProfileRow{0, 1, ks2});
  younger.profile = desk.registry->profile_key(1, ks2).value();
  desk.put(younger);
  cause("now in another reading band, so shown in full once");
  desk.put(ann);
  yearly.rules = {{"own", "Another rule."}};
  desk.publish("student", 2, yearly);
  cause("changed since version 1");
}

TEST_F(WhyTest, SaysWhoTheyAreAndWhatTheyAnswered) {
  VersionText later;
  later.enforced_from = "2025-01-01";
  desk.publish("student", 1, later);
  const PersonRow ann = desk.student("ann");
  const std::string before = why("ann").text;
  EXPECT_TRUE(before.starts_with("Name of ann, 9B, Kingsmead School (" + to_text(ann.id) +
                                 ", login ann)\n"))
      << before;
  EXPECT_NE(before.find("Audience      student, stage ks3\n"), std::string::npos) << before;
  EXPECT_NE(before.find("Answers       none yet\n"), std::string::npos) << before;
  const DeviceRow device = desk.device("LIB-01", 11);
  (void)desk.answer(device, desk.question(desk.check(device, "ann").shown.value(),
                                          {{"student", Act::Defer}}, 11));
  EXPECT_NE(why("ann").text.find("Answers       student: last answer defer (entry "),
            std::string::npos);
  EXPECT_NE(why("ann").text.find("; later 1 time for version 1\n"), std::string::npos);
  EXPECT_NE(why("ann").text.find(", later 2 times more until 2025-01-01T00:00:00.000Z\n"),
            std::string::npos)
      << why("ann").text;
  sign(ann, Act::Agree);
  EXPECT_NE(why("ann").text.find("Answers       student: signed version 1 on 2024-10-04"),
            std::string::npos)
      << why("ann").text;
}

TEST(WhyWords, AreOneForEachValue) {
  std::set<std::string_view> reasons, causes;
  for (int i = 0; i <= int(Reason::Left); ++i) reasons.insert(to_text(Reason(i)));
  for (int i = 0; i <= int(Why::Withdrawn); ++i) causes.insert(to_text(Why(i)));
  EXPECT_EQ(reasons.size(), 8u);
  EXPECT_EQ(causes.size(), 5u);
  EXPECT_EQ(to_text(Reason::Owes), "owes");
  EXPECT_EQ(to_text(Why::Withdrawn), "withdrawn");
}

}  // namespace
}  // namespace assent
