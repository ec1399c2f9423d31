// The level that people should have now, live: it follows the gate's own decision, and everybody's
// comes in pages.

#include "service/app/level_desk.h"

#include <gtest/gtest.h>

#include "service/app/why.h"
#include "tests/support/gate_desk.h"

namespace assent {
namespace {

using support::GateDesk;
using support::VersionText;

School with_levels(School school) {
  school.levels.levels = {"unsigned", "supervised", "ks3", "staff"};
  LevelRule unsigned_rule, pupils, staff;
  unsigned_rule.state = AcceptanceState::Unsigned;
  unsigned_rule.level = "unsigned";
  pupils.audience = {"student"};
  pupils.level = "ks3";
  staff.audience = {"staff"};
  staff.level = "staff";
  school.levels.rules = {unsigned_rule, pupils, staff};
  school.filter.group_prefix = "nsw-";
  return school;
}

struct LevelDeskTest : testing::Test {
  PersonLevel level(const PersonRow& person) { return levels.of(school, person).value(); }
  void expect(const PersonRow& person, AcceptanceState state, const std::string& expected) {
    EXPECT_EQ(level(person).facts.state, state);
    EXPECT_EQ(level(person).choice.level, expected);
  }
  void answer(const PersonRow& person, Act act) {
    (void)GateDesk::wait<Written>([&](auto then) {
      desk.behalf.answer(desk.ict, school, person, {act, {"student"}, "paper", "", {}}, then);
    }).value();
  }
  std::vector<std::string> logins(const std::string& after, std::size_t limit, bool more) {
    const auto page = levels.page(school, after, limit).value();
    EXPECT_EQ(page.more, more);
    std::vector<std::string> out;
    for (const auto& row : page.rows) out.push_back(row.login + "=" + row.choice.level);
    return out;
  }

  GateDesk desk;
  School school = with_levels(desk.school());
  LevelDesk levels{{*desk.registry, desk.store.people, desk.store.standings, desk.clock}};
};

TEST_F(LevelDeskTest, FollowsAnAnswerAtOnceAndStaffAndStudentsDifferR22) {
  const PersonRow ann = desk.student("ann"), joe = desk.person("joe", {{"role", "staff"}});
  expect(ann, AcceptanceState::Current, "ks3");  // nothing is published
  expect(joe, AcceptanceState::Current, "staff");
  desk.publish("student", 1);
  expect(ann, AcceptanceState::Unsigned, "unsigned");
  answer(ann, Act::Agree);
  expect(ann, AcceptanceState::Current, "ks3");
  desk.publish("student", 2);
  expect(ann, AcceptanceState::Grace, "ks3");
  answer(ann, Act::Decline);
  expect(ann, AcceptanceState::Unsigned, "supervised");
  EXPECT_EQ(level(ann).choice.why, "the outcome of their own answer");
  expect(joe, AcceptanceState::Current, "staff");
}

TEST_F(LevelDeskTest, WhoHasNoLoginHasALevelToo) {
  PersonRow infant = desk.student("infant");
  desk.publish("student", 1);
  answer(infant, Act::Agree);
  infant.login = "";
  desk.put(infant);
  expect(infant, AcceptanceState::Current, "ks3");
}

TEST_F(LevelDeskTest, WhoIsInNoAudienceHasTheMostRestrictiveAndWhoLeftNone) {
  const PersonRow parent = desk.person("parent", {{"role", "parent"}});
  expect(parent, AcceptanceState::Unsigned, "unsigned");
  PersonRow ann = desk.student("ann");
  ann.state = PersonState::Left;
  desk.put(ann);
  expect(ann, AcceptanceState::Unsigned, "");
}

TEST_F(LevelDeskTest, EverybodyIsListedOnceByLogin) {
  for (const char* login : {"dee", "ann", "cat", "bob"}) desk.student(login);
  desk.person("joe", {{"role", "staff"}});
  PersonRow left = desk.student("abe"), infant = desk.student("ada");
  left.state = PersonState::Left;
  infant.login = "";
  desk.put(left);
  desk.put(infant);
  EXPECT_EQ(logins("", 2, true), (std::vector<std::string>{"ann=ks3", "bob=ks3"}));
  EXPECT_EQ(logins("bob", 2, true), (std::vector<std::string>{"cat=ks3", "dee=ks3"}));
  EXPECT_EQ(logins("dee", 2, false), std::vector<std::string>{"joe=staff"});
  EXPECT_EQ(logins("", 5, false).size(), 5u);
  EXPECT_EQ(logins("joe", 9, false).size(), 0u);
}

TEST_F(LevelDeskTest, ASchoolWithoutATableHasNoList) {
  const auto page = levels.page(desk.school(), "", 10);
  ASSERT_FALSE(page);
  EXPECT_EQ(page.error().code, Code::Conflict);
  EXPECT_EQ(page.error().message,
            "Kingsmead School has no levels: write levels and level into its file");
}

TEST_F(LevelDeskTest, WhySaysTheLevelWhereTheSchoolHasAny) {
  const PersonRow ann = desk.student("ann");
  desk.publish("student", 1);
  const auto text = [&](const School& in) {
    const Facts facts = desk.facts("ann");
    return explain(ann, facts, in, desk.registry->audience(1, facts.profile),
                   *desk.registry->catalogue(), desk.calendar, desk.clock.time)
        .text;
  };
  EXPECT_EQ(text(desk.school()).find("  Level"), std::string::npos);
  EXPECT_NE(text(school).find("\n  Level         nsw-unsigned (unsigned; rule 1: state unsigned)\n"
                              "  Filter        how soon the filter sees a change is not known\n"),
            std::string::npos)
      << text(school);
}

}  // namespace
}  // namespace assent
