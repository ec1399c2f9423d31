// Levels and the filter, as a school's file says them: every key, every kind of mistake, and that
// the sample schools give staff and students levels of their own (R22).
#include <gtest/gtest.h>

#include <fstream>
#include <set>

#include "service/config/config.h"
#include "service/domain/level.h"

namespace assent {
namespace {

const std::string kRoot = ASSENT_SOURCE_DIR;
const std::string kSchool =
    "title = \"Example\"\n"
    "audience = [{ who = \"role:staff\", owes = [\"staff\"] },\n"
    "            { who = \"role:student\", owes = [\"student\"], name = \"pupils\" }]\n";
const std::string kLevels = "levels = [\"unsigned\", \"supervised\", \"ks3\", \"staff\"]\n";
const std::string kRules = "level = [{ audience = \"staff\", level = \"staff\" }]\n";

Result<School> school(const std::string& text) {
  ASSENT_TRY(SchoolConfig read, parse_school(text, "schools/x.toml", {"x"}, "Europe/London"));
  return std::move(read.school);
}

SchoolConfig sample(const std::string& path) {
  std::ifstream file(kRoot + "/" + path);
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  return parse_school(text, path, {"sample"}, "Europe/London").value();
}

TEST(Levels, AreLeftAloneWhenNothingIsSaid) {
  const School read = school(kSchool).value();
  EXPECT_TRUE(read.levels.empty());
  EXPECT_EQ(read.filter.group_prefix, "");
  EXPECT_EQ(read.filter.sees_groups_within, FilterDelay{});
}

TEST(Levels, EveryKeyIsRead) {
  const auto read = school(kSchool + kLevels + R"(
level = [{ restriction = "protective", audience = ["staff", "pupils"], level = "supervised" },
         { state = "grace", guest = false, stage = "ks3", level = "ks3" },
         { guest = true, level = "unsigned" }]
[filter]
name = "Netsweeper"
group_prefix = "nsw-"
sees_groups_within = "15m"
numbers = { unsigned = 1, supervised = 2, ks3 = 4, staff = 3 }
allows = { ks3 = "no social sites" }
)");
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(read->levels.levels,
            (std::vector<std::string>{"unsigned", "supervised", "ks3", "staff"}));
  ASSERT_EQ(read->levels.rules.size(), 3u);
  const auto& [first, second, third] =
      std::tie(read->levels.rules[0], read->levels.rules[1], read->levels.rules[2]);
  EXPECT_EQ(conditions(first), "audience staff or pupils, restriction protective");
  EXPECT_EQ(first.level, "supervised");
  EXPECT_EQ(conditions(second), "stage ks3, state grace, no guest");
  EXPECT_EQ(conditions(third), "a guest");
  EXPECT_EQ(read->filter.name, "Netsweeper");
  EXPECT_EQ(read->filter.group("ks3"), "nsw-ks3");
  EXPECT_EQ(to_text(read->filter.sees_groups_within), "15m");
  EXPECT_EQ(read->filter.numbers.at("ks3"), 4u);
  EXPECT_EQ(read->filter.allows, (std::map<std::string, std::string>{{"ks3", "no social sites"}}));
}

TEST(Levels, ARuleForSomebodyRestrictedIsReachedWhereverItStands) {
  EXPECT_TRUE(school(kSchool + kLevels +
                     "level = [{ level = \"ks3\" }, { restriction = \"sanction\", level = "
                     "\"supervised\" }, { guest = true, level = \"unsigned\" }]\n"));
}

TEST(Levels, EveryErrorNamesTheFileTheKeyAndWhatToDo) {
  struct Row {
    std::string text, expected;
  };
  const auto rules = [](const std::string& text) { return kLevels + "level = [" + text + "]\n"; };
  const auto filter = [](const std::string& text) {
    return kLevels + kRules + "[filter]\n" + text + "\n";
  };
  const Row rows[] = {
      {kRules, "levels is missing: list every level, the most restrictive first"},
      {"levels = []\n", "levels is missing"},
      {kLevels, "level is missing: everybody would be at \"unsigned\"; say who gets which level"},
      {"levels = [\"KS 3\"]\n" + kRules, "levels \"KS 3\" must be a short name of a-z, 0-9 and -"},
      {"levels = [\"a\", \"a\"]\n" + kRules, "levels names \"a\" twice"},
      {rules("{ audience = \"staff\" }"), "level[1].level is missing"},
      {rules("{ audience = \"staff\", level = \"ks9\" }"),
       "level[1].level \"ks9\" is not one of levels: add it there, or name one of \"unsigned\", "
       "\"supervised\", \"ks3\", \"staff\""},
      {rules("{ audience = \"student\", level = \"ks3\" }"),
       "level[1].audience \"student\" is no audience of this school, which has \"staff\", "
       "\"pupils\""},
      {rules("{ level = \"ks3\" }, { state = \"signed\", level = \"ks3\" }"),
       "level[2].state must be \"current\", \"grace\" or \"unsigned\""},
      {rules("{ restriction = \"yes\", level = \"ks3\" }"),
       "level[1].restriction must be \"none\", \"sanction\" or \"protective\""},
      {rules("{ guest = \"yes\", level = \"ks3\" }"), "level[1].guest must be true or false"},
      {rules("{ role = \"staff\", level = \"ks3\" }"),
       "level[1].role is not known here: docs/configuration.md lists the keys"},
      {rules("{ level = \"ks3\" }, { audience = \"staff\", level = \"staff\" }"),
       "level[2].level is never reached: a rule before it is for everybody"},
      {"levels = [\"unsigned\", \"staff\"]\n" + kRules + "[policy.student]\n",
       "policy.student.on_decline leads to level:supervised, which is not one of levels"},
      {kLevels + kRules + "[policy.student]\non_help = \"level:detention\"\n",
       "policy.student.on_help leads to level:detention, which is not one of levels: add it there"},
      {filter("group_prefix = \"a,b\""), "filter.group_prefix must be of letters, digits, space"},
      {filter("sees_groups_within = \"soon\""),
       "filter.sees_groups_within must be such as \"15m\""},
      {filter("numbers = { unsigned = 1 }"), "filter.numbers must name every one of levels"},
      {filter("numbers = { unsigned = 1, supervised = 1, ks3 = 3, staff = 4 }"),
       "filter.numbers must give each level a number of its own, 1 to 99: see \"unsigned\""},
      {filter("numbers = { unsigned = 0, supervised = 1, ks3 = 3, staff = 4 }"),
       "filter.numbers must give each level a number of its own, 1 to 99: see \"unsigned\""},
      {filter("numbers = { guests = 1 }"), "filter.numbers \"guests\" is not one of levels"},
      {filter("numbers = [1]"), "filter.numbers must be a table"},
      {filter("allows = { guests = \"all\" }"), "filter.allows \"guests\" is not one of levels"},
      {filter("allows = { ks3 = \"\" }"), "filter.allows must give each level one line of words"},
      {filter("allows = { ks3 = \"a\\tb\" }"), "filter.allows must give each level one line of"},
      {filter("allows = { ks3 = \"" + std::string(201, 'x') + "\" }"),
       "filter.allows must give each level one line of words, at most 200 bytes: see \"ks3\""},
      {filter("allows = \"all\""), "filter.allows must be a table"},
      {filter("prefix = \"x\""), "filter.prefix is not known here"},
  };
  for (const Row& row : rows) {
    const auto read = school(kSchool + row.text);
    const std::string error = read ? "" : read.error().message;
    EXPECT_TRUE(error.starts_with("schools/x.toml: " + row.expected))
        << error << "\n  expected " << row.expected;
  }
}

class SampleLevels : public testing::TestWithParam<const char*> {};

// Each person of the sample roster, signed or not, at the level that the school's table gives.
TEST_P(SampleLevels, DifferentiateStaffAndStudentsR22) {
  const std::string folder = "tests/support/schools/" + std::string(GetParam());
  const SchoolConfig config = sample(folder + "/school.toml");
  const LevelTable& table = config.school.levels;
  std::ifstream file(kRoot + "/" + folder + "/people.csv");
  const std::vector<std::string> pieces{{std::istreambuf_iterator<char>(file), {}}};
  std::map<std::string, std::set<std::string>> levels;
  CsvRoster roster(config.roster, pieces);
  const Status read = roster.read([&](RosterPerson person) -> Status {
    const Audience audience = resolve(config.school, person.profile);
    LevelFacts facts{audience.name, audience.stage, AcceptanceState::Current, ""};
    const LevelChoice own = choose_level(table, facts);
    levels[audience.name].insert(own.level);
    EXPECT_TRUE(table.has(own.level));
    if (audience.exempt) return {};  // programs need no websites
    EXPECT_NE(own.level, table.levels.front()) << person.login;
    facts.state = AcceptanceState::Grace;
    EXPECT_EQ(choose_level(table, facts).level, own.level) << person.login;
    facts.state = AcceptanceState::Unsigned;
    EXPECT_NE(choose_level(table, facts).level, own.level) << person.login;
    facts.restriction = Restriction::Protective;
    EXPECT_EQ(choose_level(table, facts).level, "supervised") << person.login;
    return {};
  });
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(levels["staff"], std::set<std::string>{"staff"});
  EXPECT_GE(levels["student"].size(), 2u);
  EXPECT_FALSE(levels["student"].contains("staff"));
}

INSTANTIATE_TEST_SUITE_P(Schools, SampleLevels, testing::Values("kingsmead", "carre", "oakfield"),
                         [](const auto& school) { return std::string(school.param); });

TEST(SampleLevels, AClassLoginHasTheYoungestChildrensLevelR22) {
  const School oakfield = sample("tests/support/schools/oakfield/school.toml").school;
  const Audience infants = resolve(oakfield, {{"role", "student"}, {"kind", "shared"}});
  EXPECT_EQ(
      choose_level(oakfield.levels, {infants.name, "", AcceptanceState::Current, "", {}, false})
          .level,
      "ks1");
}

// What ships has the table as a remark; it must still be one that a school can use.
TEST(PackagedLevels, AreATableOnceTheirMarksAreTakenAway) {
  std::ifstream file(kRoot + "/packaging/schools/example.toml");
  std::string text, line;
  bool table = false;
  while (std::getline(file, line)) {
    table = table || line.starts_with("#levels") || line.starts_with("#[filter]");
    if (!line.starts_with("#")) table = false;
    text += (table ? line.substr(1) : line) + "\n";
  }
  const auto read = school(text);
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(read->levels.rules.size(), 10u);
  EXPECT_EQ(read->filter.group("ks3"), "filter-ks3");
}

}  // namespace
}  // namespace assent
