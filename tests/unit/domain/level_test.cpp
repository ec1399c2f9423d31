// choose_level(): the table, whose rules come before whose, and what nobody's level is. R22.
#include "service/domain/level.h"

#include <gtest/gtest.h>

namespace assent {
namespace {

constexpr auto kCurrent = AcceptanceState::Current, kGrace = AcceptanceState::Grace,
               kUnsigned = AcceptanceState::Unsigned;

LevelTable table() {
  LevelTable out;
  out.levels = {"unsigned", "restricted", "supervised", "visitor", "ks3", "ks4", "staff"};
  LevelRule early, unsigned_rule, sanction, protective, guest, pupils, seniors, staff;
  early.audience = {"early"};  // stands before everything, and comes after what is stronger
  early.level = "ks4";
  unsigned_rule.state = kUnsigned;
  unsigned_rule.level = "unsigned";
  pupils.audience = {"student", "cadet"};
  pupils.stage = {"ks3", "transition"};
  pupils.level = "ks3";
  seniors.audience = {"student"};
  seniors.stage = {"ks4"};
  seniors.restriction = Restriction::None;
  seniors.guest = false;
  seniors.level = "ks4";
  staff.audience = {"staff"};
  staff.level = "staff";
  sanction.restriction = Restriction::Sanction;
  sanction.level = "restricted";
  protective.restriction = Restriction::Protective;
  protective.audience = {"student"};
  protective.level = "supervised";
  guest.guest = true;
  guest.level = "visitor";
  out.rules = {early, unsigned_rule, pupils, seniors, staff, sanction, protective, guest};
  return out;
}

struct Row {
  std::string name;
  LevelFacts facts;
  std::string level, why;
};

class Levels : public testing::TestWithParam<Row> {};

TEST_P(Levels, FollowTheTableR22) {
  const LevelChoice choice = choose_level(table(), GetParam().facts);
  EXPECT_EQ(choice.level, GetParam().level);
  EXPECT_EQ(choice.why, GetParam().why);
}

LevelFacts facts(std::string audience, std::string stage, AcceptanceState state,
                 std::string outcome = "", Restriction restriction = Restriction::None,
                 bool guest = false) {
  return {std::move(audience), std::move(stage), state, std::move(outcome), restriction, guest};
}

constexpr const char* kNobody = "not in the roster or in no audience, so the most restrictive";
constexpr const char* kNoRule = "no rule fits, so the most restrictive";
constexpr const char* kAnswer = "the outcome of their own answer";
constexpr auto kSanction = Restriction::Sanction, kProtective = Restriction::Protective;

INSTANTIATE_TEST_SUITE_P(
    Table, Levels,
    testing::Values(
        Row{"a_pupil", facts("student", "ks3", kCurrent), "ks3",
            "rule 3: audience student or cadet, stage ks3 or transition"},
        Row{"an_older_pupil", facts("student", "ks4", kCurrent), "ks4",
            "rule 4: audience student, stage ks4, restriction none, no guest"},
        Row{"a_teacher", facts("staff", "", kCurrent), "staff", "rule 5: audience staff"},
        Row{"a_teacher_whatever_stage", facts("staff", "ks3", kCurrent), "staff",
            "rule 5: audience staff"},
        Row{"grace_reduces_nothing", facts("student", "ks3", kGrace), "ks3",
            "rule 3: audience student or cadet, stage ks3 or transition"},
        Row{"unsigned_by_its_rule", facts("student", "ks3", kUnsigned), "unsigned",
            "rule 2: state unsigned"},
        Row{"nobody_knows_them", facts("", "ks3", kCurrent), "unsigned", kNobody},
        Row{"unknown_and_a_guest", facts("", "", kCurrent, "", Restriction::None, true), "unsigned",
            kNobody},
        Row{"unknown_and_said_no", facts("", "", kUnsigned, "staff"), "unsigned", kNobody},
        Row{"no_rule_fits", facts("student", "ks9", kCurrent), "unsigned", kNoRule},
        Row{"no_stage_known", facts("student", "", kCurrent), "unsigned", kNoRule},
        Row{"their_own_no", facts("student", "ks3", kUnsigned, "supervised"), "supervised",
            kAnswer},
        Row{"an_outcome_of_before", facts("student", "ks3", kCurrent, "supervised"), "ks3",
            "rule 3: audience student or cadet, stage ks3 or transition"},
        Row{"an_outcome_that_is_no_level", facts("student", "ks3", kUnsigned, "detention"),
            "unsigned", "rule 2: state unsigned"},
        Row{"a_sanction", facts("student", "ks3", kCurrent, "", kSanction), "restricted",
            "rule 6: restriction sanction"},
        Row{"a_sanction_before_an_earlier_rule", facts("early", "", kCurrent, "", kSanction),
            "restricted", "rule 6: restriction sanction"},
        Row{"a_sanction_before_guest_and_no",
            facts("student", "ks3", kUnsigned, "supervised", kSanction, true), "restricted",
            "rule 6: restriction sanction"},
        Row{"protected", facts("student", "ks4", kCurrent, "", kProtective), "supervised",
            "rule 7: audience student, restriction protective"},
        Row{"a_restriction_without_a_rule", facts("staff", "", kCurrent, "", kProtective), "staff",
            "rule 5: audience staff"},
        Row{"a_guest", facts("visitor", "", kCurrent, "", Restriction::None, true), "visitor",
            "rule 8: a guest"},
        Row{"a_guest_before_an_earlier_rule",
            facts("early", "", kCurrent, "", Restriction::None, true), "visitor",
            "rule 8: a guest"},
        Row{"a_guest_before_their_no",
            facts("visitor", "", kUnsigned, "supervised", Restriction::None, true), "visitor",
            "rule 8: a guest"},
        Row{"no_longer_a_guest", facts("early", "", kCurrent), "ks4", "rule 1: audience early"}),
    [](const auto& row) { return row.param.name; });

TEST(LevelTable, AnEmptyOneLeavesTheFilterAlone) {
  const LevelChoice choice = choose_level({}, facts("student", "ks3", kUnsigned));
  EXPECT_EQ(choice.level, "");
  EXPECT_EQ(choice.why, "the school has no levels");
}

TEST(LevelTable, IsAskedAboutAPersonAndWhoLeftHasNoLevel) {
  School school;
  school.levels = table();
  school.filter.group_prefix = "nsw-";
  Audience staff;
  staff.name = "staff";
  const Decision clear{Verdict::Clear, Reason::UpToDate, {}, {}};
  Facts teacher;
  EXPECT_EQ(to_text(level_of(clear, teacher, staff, school, Time{}), school),
            "nsw-staff (current; rule 5: audience staff)");
  teacher.state = PersonState::Left;
  const Decision left{Verdict::Refuse, Reason::Left, {}, {}};
  const PersonLevel level = level_of(left, teacher, staff, school, Time{});
  EXPECT_EQ(level.choice.level, "");
  EXPECT_EQ(to_text(level, school), "none (unsigned; left the roster)");
}

TEST(LevelTable, FactsThatNobodyFilledInAreTheMostRestrictive) {
  EXPECT_EQ(choose_level(table(), LevelFacts{}).level, "unsigned");
}

TEST(LevelWords, AreReadAsTheyAreWritten) {
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(parse_acceptance_state(to_text(AcceptanceState(i))).value(), AcceptanceState(i));
    EXPECT_EQ(parse_restriction(to_text(Restriction(i))).value(), Restriction(i));
  }
  EXPECT_EQ(to_text(kUnsigned), "unsigned");
  EXPECT_EQ(to_text(kProtective), "protective");
  EXPECT_EQ(parse_acceptance_state("Grace").error().message,
            "must be \"current\", \"grace\" or \"unsigned\"");
  EXPECT_FALSE(parse_restriction(""));
}

TEST(LevelRules, WithoutAConditionAreForEverybody) {
  EXPECT_EQ(conditions({}), "everybody");
}

}  // namespace
}  // namespace assent
