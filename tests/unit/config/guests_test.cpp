// Kinds of guest, as a school's file says them: every key, every kind of mistake, and that the
// sample schools differ where their policies do (R14, R1, K5, A21).
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>

#include "service/config/config.h"
#include "service/config/guest_section.h"

namespace assent {
namespace {

const std::string kSchool =
    "title = \"Example\"\n"
    "audience = [{ who = \"kind:shared\", shared = true },\n"
    "            { who = \"role:student\", owes = [\"student\"] },\n"
    "            { who = \"role:visitor\", owes = [\"visitor\"] }]\n"
    "levels = [\"unsigned\", \"supervised\", \"visitor\", \"ks3\", \"staff\"]\n"
    "level = [{ guest = true, level = \"visitor\" }, { audience = \"student\", level = \"ks3\" "
    "}]\n";
const std::string kKind =
    "[guest.visitor]\naudience = \"visitor\"\nlongest_stay = \"8h\"\nissue = \"ict\"\n";

Result<SchoolConfig> school(const std::string& text) {
  return parse_school(text, "schools/x.toml", {"x"}, "Europe/London");
}
SchoolConfig sample(const std::string& name) {
  const std::string path = "/tests/support/schools/" + name + "/school.toml";
  std::ifstream file(ASSENT_SOURCE_DIR + path);
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  return parse_school(text, path, {name}, "Europe/London").value();
}
const GuestKind& kind(const SchoolConfig& config, const std::string& name) {
  const auto found = std::ranges::find(config.school.guests, name, &GuestKind::name);
  EXPECT_NE(found, config.school.guests.end()) << name;
  return *found;
}

TEST(Guests, ASchoolHasNoneUnlessItSaysSo) {
  EXPECT_TRUE(school(kSchool)->school.guests.empty());
}

TEST(Guests, AreCautiousWhereNothingIsSaid) {
  const GuestKind read = school(kSchool + kKind)->school.guests.at(0);
  EXPECT_EQ(read.counts_from, GuestStart::Creation);
  EXPECT_EQ(read.devices, 2u);
  EXPECT_EQ(read.extensions, 0u);
  EXPECT_TRUE(read.request.empty() && read.sponsor.empty() && read.pool.empty());
  EXPECT_EQ(read.retention, days{365});
  EXPECT_FALSE(read.hours);
  EXPECT_FALSE(read.own_words);
}

TEST(Guests, EveryKeyIsRead) {
  const auto read = school(kSchool + R"(
[guest.visiting-pupil]
audience      = "student"
stage         = "ks3"
counts_from   = "first-login"
longest_stay  = "5d"
use_within    = "7d"
hours         = { from = "08:00", until = "16:30", days = ["mon", "sun"] }
devices       = 1
extend        = { times = 3, in_all = "1d" }
issue         = ["ict", "head"]
request       = ["teacher", "self"]
sponsor       = "teacher"
live_per_host = 40
retention     = "90d"
own_words     = true
[guest.supply]
audience     = "visitor"
longest_stay = "10h"
pool         = ["supply08..supply10", "cover"]
issue        = "ict"
)");
  ASSERT_TRUE(read) << read.error().message;
  GuestKind pupil;
  pupil.name = "visiting-pupil";
  pupil.audience = "student";
  pupil.stage = "ks3";
  pupil.counts_from = GuestStart::FirstLogin;
  pupil.longest_stay = days{5};
  pupil.use_within = days{7};
  pupil.hours = DailyHours{hours{8}, minutes{990}, 0b11};
  pupil.devices = 1;
  pupil.extensions = 3;
  pupil.longest_extension = days{1};
  pupil.issue = {"ict", "head"};
  pupil.request = {"teacher", "self"};
  pupil.sponsor = {"teacher"};
  pupil.live_per_host = 40;
  pupil.retention = days{90};
  pupil.own_words = true;
  EXPECT_EQ(kind(*read, "visiting-pupil"), pupil);
  EXPECT_EQ(kind(*read, "supply").pool,
            (std::vector<std::string>{"supply08", "supply09", "supply10", "cover"}));
}

TEST(Guests, WordsOfTheirOwnAreForNoPool) {
  const auto read = school(kSchool + kKind + "pool = \"supply01\"\nown_words = true\n");
  ASSERT_FALSE(read);
  EXPECT_NE(read.error().message.find("guest.visitor.own_words goes with no pool"),
            std::string::npos)
      << read.error().message;
}

TEST(Guests, EveryErrorNamesTheFileTheKeyAndWhatToDo) {
  struct Row {
    std::string text, expected;
  };
  const auto with = [](const std::string& line) { return kKind + line + "\n"; };
  const auto named = [](const std::string& line) {
    return "[guest.x]\nissue = \"ict\"\n" + line + "\n";
  };
  const Row rows[] = {
      {"guest = 1\n", "guest must be tables, at most 32: write [guest.visitor]"},
      {"guest = { \"Visitor 1\" = {} }\n", "guest.Visitor 1 must be called by a-z, 0-9 and -"},
      {named("longest_stay = \"8h\""), "guest.x.audience is missing"},
      {named("longest_stay = \"8h\"\naudience = \"staff\""),
       "guest.x.audience \"staff\" is no audience of this school"},
      {named("longest_stay = \"8h\"\naudience = \"shared\""),
       "guest.x.audience \"shared\" is exempt or shared"},
      {named("audience = \"visitor\""), "guest.x.longest_stay is missing: no account is without"},
      {named("audience = \"visitor\"\nlongest_stay = \"0h\""),
       "guest.x.longest_stay must be such as \"90m\", \"8h\" or \"14d\", at most 366 days"},
      {named("audience = \"visitor\"\nlongest_stay = 8"), "guest.x.longest_stay must be text"},
      {"[guest.x]\naudience = \"visitor\"\nlongest_stay = \"8h\"\n", "guest.x.issue is missing"},
      {with("counts_from = \"now\""), "guest.visitor.counts_from must be \"creation\""},
      {with("counts_from = \"first-login\""), "guest.visitor.use_within is missing"},
      {with("use_within = \"7d\""), "guest.visitor.use_within goes with counts_from"},
      {with("devices = 0"), "guest.visitor.devices must be"},
      {with("live_per_host = 0"), "guest.visitor.live_per_host must be"},
      {with("retention = \"for ever\""), "guest.visitor.retention must be such as"},
      {with("hours = { from = \"08:00\" }"), "guest.visitor.hours.until is missing"},
      {with("hours = { from = \"8am\", until = \"16:00\" }"),
       "guest.visitor.hours.from must be a time of day"},
      {with("hours = { from = \"16:00\", until = \"08:00\" }"),
       "guest.visitor.hours must begin before they end"},
      {with("hours = { from = \"08:00\", until = \"16:00\", days = \"monday\" }"),
       "guest.visitor.hours.days \"monday\" must be one of mon, tue"},
      {with("hours = { from = \"08:00\", until = \"16:00\", days = [] }"),
       "guest.visitor.hours must begin before they end, on at least one day"},
      {with("extend = { times = 2 }"), "guest.visitor.extend.in_all is missing"},
      {with("extend = { times = 0, in_all = \"1h\" }"), "guest.visitor.extend.times must be"},
      {with("extend = { times = 1, in_all = \"366d\" }"), "guest.visitor.longest_stay is too long"},
      {with("request = [\"ICT\"]"), "guest.visitor.request \"ICT\" must be a role's name"},
      {with("request = [\"self\"]"), "guest.visitor.sponsor is missing: whoever asks for"},
      {with("pool = \"supply10..supply01\""), "guest.visitor.pool \"supply10..supply01\" must be"},
      {with("pool = \"s1..t9\""), "guest.visitor.pool \"s1..t9\" must be such as"},
      {with("pool = \"s0001..s9999\""), "guest.visitor.pool \"s0001..s9999\" must be such as"},
      {with("pool = [\"a1..a9\", \"a3\"]"), "guest.visitor.pool names \"a3\" twice"},
      {with("pool = []"), "guest.visitor.pool has no account"},
      {with("pool = \"Supply\""), "guest.visitor.pool \"Supply\" must be a login"},
      {with("pool = \"s1\"") + "[guest.supply]\naudience = \"visitor\"\nlongest_stay = \"8h\"\n" +
           "issue = \"ict\"\npool = \"s1\"\n",
       "guest.visitor.pool \"s1\" is in the pool of guest.supply already"},
      {with("level = \"ks3\""), "guest.visitor.level is not known here: docs/configuration.md"},
  };
  for (const Row& row : rows) {
    const bool inline_table = row.text.starts_with("guest =");
    const auto read = school(inline_table ? row.text + kSchool : kSchool + row.text);
    const std::string error = read ? "" : read.error().message;
    EXPECT_TRUE(error.starts_with("schools/x.toml: " + row.expected))
        << error << "\n  expected " << row.expected;
  }
}

TEST(Guests, AFileWithALooserLevelThanTheStrictestPupilsIsRefusedA21) {
  std::string loose = kSchool + kKind;
  const std::string guests = "guest = true, level = \"visitor\"";
  loose.replace(loose.find(guests), guests.size(), "guest = true, level = \"staff\"");
  const auto read = school(loose);
  ASSERT_FALSE(read);
  EXPECT_TRUE(read.error().message.starts_with(
      "schools/x.toml: guest.visitor would be at level \"staff\" (rule 1: a guest), looser than "
      "\"ks3\", the strictest pupils' level"))
      << read.error().message;
}

TEST(SampleGuests, WhoIssuesDiffersBySchoolR14) {
  const auto carre = sample("carre"), kingsmead = sample("kingsmead"),
             oakfield = sample("oakfield");
  using Roles = std::vector<std::string>;
  EXPECT_EQ(kind(carre, "visitor").issue, (Roles{"ict"}));
  EXPECT_EQ(kind(carre, "visitor").request, (Roles{"reception", "teacher"}));
  EXPECT_EQ(kind(kingsmead, "visitor").issue, (Roles{"ict", "reception"}));
  EXPECT_EQ(kind(oakfield, "visitor").issue, (Roles{"office", "head"}));
  for (const SchoolConfig* each : {&carre, &kingsmead, &oakfield})
    for (const GuestKind& any : each->school.guests) EXPECT_LE(any.devices, 2u) << any.name;
  EXPECT_EQ(kind(kingsmead, "supply").pool.size(), 10u);
}

TEST(SampleGuests, OweWhatTheirSchoolsPolicySaysK5R1) {
  const auto owes = [](const SchoolConfig& config, const std::string& name) {
    return audience_of(kind(config, name), config.school)->owes.at(0).value;
  };
  EXPECT_EQ(owes(sample("kingsmead"), "community"), "community");
  EXPECT_EQ(owes(sample("carre"), "community"), "staff");
  EXPECT_EQ(owes(sample("carre"), "community-young"), "student");
  EXPECT_EQ(owes(sample("carre"), "visiting-pupil"), "student");
}

TEST(SampleGuests, AVisitingPupilHasAChildsLevelAndOthersTheVisitorsA21) {
  const SchoolConfig carre = sample("carre");
  for (const GuestKind& any : carre.school.guests) {
    const LevelFacts facts = guest_level_facts(any, AcceptanceState::Current);
    const bool young = any.audience == "student";
    EXPECT_EQ(choose_level(carre.school.levels, facts).level, young ? "ks3" : "visitor")
        << any.name;
  }
}

// What ships has a kind as a remark; it must still be one that a school can use.
TEST(PackagedGuests, AreAKindOnceTheirMarksAreTakenAway) {
  std::ifstream file(std::string(ASSENT_SOURCE_DIR) + "/packaging/schools/example.toml");
  std::string text;
  bool table = false;
  for (std::string line; std::getline(file, line);) {
    table = line.starts_with("#") && (table || line.starts_with("#[guest."));
    text += (table ? line.substr(1) : line) + "\n";
  }
  const auto read = school(text);
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(kind(*read, "visitor").longest_stay, hours{10});
}

}  // namespace
}  // namespace assent
