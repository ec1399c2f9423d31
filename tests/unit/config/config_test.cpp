// The configuration: what ships and what the sample schools say, and every kind of mistake.
#include "service/config/config.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "service/config/policy_section.h"

namespace assent {
namespace {

namespace fs = std::filesystem;

const std::string kRoot = ASSENT_SOURCE_DIR;
const std::string kService =
    "origin = \"aup.example/log\"\ntrust = \"t\"\nlog_key = \"keys/log\"\n";
const std::string kSchool =
    "title = \"Example\"\naudience = [{ who = \"*\", owes = [\"student\"] }]\n";

std::string text_of_file(const fs::path& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::string service_error(const std::string& text) {
  const auto read = parse_service(text, "assent.toml");
  return read ? "" : read.error().message;
}

Result<SchoolConfig> school(const std::string& text) {
  return parse_school(text, "schools/x.toml", {"x"}, "Europe/London");
}

std::string school_error(const std::string& text) {
  const auto read = school(text);
  return read ? "" : read.error().message;
}

SchoolConfig sample(const std::string& name) {
  const fs::path file = kRoot + "/tests/support/schools/" + name + "/school.toml";
  return parse_school(text_of_file(file), file.string(), {name}, "Europe/London").value();
}

TEST(ServiceFile, NeedsThreeKeysAndHasDefaultsForTheRest) {
  const ServiceSettings settings = parse_service(kService, "assent.toml").value();
  EXPECT_EQ(settings.address, "127.0.0.1");
  EXPECT_EQ(settings.port, 8310);
  EXPECT_EQ(settings.data, "/var/lib/assent");
  EXPECT_EQ(settings.timezone, "Europe/London");
  EXPECT_EQ(settings.edge_secret, "");
}

TEST(ServiceFile, EveryErrorNamesTheFileAndTheKey) {
  struct Row {
    std::string text, expected;
  };
  const Row rows[] = {
      {"trust = \"t\"\nlog_key = \"k\"\n", "assent.toml: origin is missing"},
      {kService + "prot = 1\n", "assent.toml: prot is not known here: docs/configuration.md"},
      {kService + "port = 70000\n", "assent.toml: port must be a whole number from 0 to 65535"},
      {kService + "port = \"80\"\n", "assent.toml: port must be"},
      {kService + "address = \"0.0.0.0\"\n", "assent.toml: address must be \"127.0.0.1\""},
      {kService + "public_url = \"http://aup.example\"\n", "assent.toml: public_url must begin"},
      {kService + "timezone = \"../etc/passwd\"\n", "assent.toml: timezone must be"},
      {"origin = \"a b\"\ntrust = \"t\"\nlog_key = \"k\"\n", "assent.toml: origin must have no"},
      {"origin = \"a\"\ntrust = \"T T\"\nlog_key = \"k\"\n", "assent.toml: trust must be a short"},
      {"origin = \n", "assent.toml:1:"},
  };
  for (const Row& row : rows) {
    const std::string error = service_error(row.text);
    EXPECT_TRUE(error.starts_with(row.expected)) << error << "\n  expected " << row.expected;
  }
}

TEST(SchoolFile, ObservesAndRefusesTheUnknownWhenNothingElseIsSaid) {
  const School read = school(kSchool + "[policy.student]\n").value().school;
  EXPECT_EQ(read.settings({"student"}).enforcement, Enforcement::Observe);
  EXPECT_EQ(read.settings({"staff"}).enforcement, Enforcement::Observe);
  EXPECT_FALSE(read.unknown_let_in);
  EXPECT_EQ(read.stop_if_leavers_over_percent, 5u);
  EXPECT_EQ(read.hold_moves_over_percent, 5u);
  EXPECT_EQ(read.two_people_over_percent, 25u);
  EXPECT_TRUE(read.settings({"student"}).on_decline.let_in);
  EXPECT_EQ(read.settings({"student"}).on_decline.level, "supervised");
  EXPECT_EQ(read.zone, "Europe/London");
}

TEST(SchoolFile, ReadsEveryKey) {
  const auto read = school(R"(
title = "Example"
help = "Ask."
language = "cy"
timezone = "Europe/Dublin"
unknown = "allow"
audience = [{ who = ["role:student", "year:7"], owes = "student", name = "pupils" },
            { who = "kind:service", exempt = true }]
add_on = [{ who = "group:SM", owes = ["social"] }]
[stage]
early = "easy"
[policy.student]
enforcement = "ask"
first = "acknowledge"
later = { times = 5 }
on_decline = "level:staff-limited, tell-head"
on_help = "refuse"
[wifi]
name = "Sch;ool, Gäste"
[roster]
source = "csv"
columns = { mis_id = "UPN" }
roles = { pupil = "student" }
stop_if_leavers_over = "12%"
hold_moves_over = "8%"
two_people_over = "40%"
)");
  ASSERT_TRUE(read) << read.error().message;
  const School& out = read->school;
  EXPECT_EQ(out.title + out.help + out.language + out.zone, "ExampleAsk.cyEurope/Dublin");
  EXPECT_TRUE(out.unknown_let_in);
  ASSERT_EQ(out.audience.size(), 2u);
  EXPECT_EQ(out.audience[0].who, (std::vector<std::string>{"role:student", "year:7"}));
  EXPECT_EQ(out.audience[0].name, "pupils");
  EXPECT_TRUE(out.audience[1].exempt);
  EXPECT_EQ(out.add_on.at(0).owes.at(0).value, "social");
  EXPECT_EQ(out.style_of_stage.at("early"), Style::Easy);
  const PolicySettings& student = out.settings({"student"});
  EXPECT_EQ(student.enforcement, Enforcement::Ask);
  EXPECT_EQ(student.first, Mode::Acknowledge);
  EXPECT_EQ(student.later_times, 5u);
  EXPECT_EQ(student.on_decline.level, "staff-limited");
  EXPECT_EQ(student.on_decline.tell, "head");
  EXPECT_FALSE(student.on_help.let_in);
  EXPECT_EQ(out.wifi, "Sch;ool, Gäste");
  EXPECT_EQ(out.stop_if_leavers_over_percent, 12u);
  EXPECT_EQ(out.hold_moves_over_percent, 8u);
  EXPECT_EQ(out.two_people_over_percent, 40u);
  EXPECT_EQ(read->roster.columns.at("mis_id"), "UPN");
  EXPECT_EQ(read->roster.roles.at("pupil"), "student");
}

TEST(SchoolFile, EveryErrorNamesTheKeyAndWhatToDo) {
  struct Row {
    std::string text, expected;
  };
  const std::string title = "title = \"X\"\n";
  const auto rule = [&](const std::string& text) { return title + "audience = [" + text + "]\n"; };
  const Row rows[] = {
      {"audience = []\n", "title is missing"},
      {title, "audience is missing"},
      {kSchool + "enforcment = 1\n", "enforcment is not known here"},
      {kSchool + "unknown = \"maybe\"\n", "unknown must be \"refuse\" or \"allow\""},
      {rule("{ owes = [\"a\"] }"), "audience[1].who is missing"},
      {rule("{ who = \"student\", owes = [\"a\"] }"), "audience[1].who \"student\" must be"},
      {rule("{ who = \"rol:student\", owes = [\"a\"] }"), "audience[1].who \"rol:student\" must"},
      {rule("{ who = \"role:pupil\", owes = [\"a\"] }"),
       "audience[1].who \"role:pupil\" must name"},
      {rule("{ who = \"*\" }"), "audience[1].owes is missing"},
      {rule("{ who = \"*\", owes = [\"A B\"] }"), "audience[1].owes \"A B\""},
      {rule("{ who = \"*\", owes = [\"a\"], exempt = true }"), "audience[1].exempt goes with"},
      {rule("{ who = \"*\", owes = [\"a\"], exmpt = true }"), "audience[1].exmpt is not known"},
      {rule("{ who = \"*\", owes = [\"a\"] }, { who = \"role:staff\", owes = [\"b\"] }"),
       "audience[2].who is never reached"},
      {rule("\"x\""), "audience[1] must be an object"},
      {kSchool + "add_on = [{ who = \"*\", exempt = true }]\n", "add_on[1].exempt"},
      {kSchool + "[policy.student]\nenforcement = \"on\"\n", "policy.student.enforcement must be"},
      {kSchool + "[policy.student]\nfirst = \"editorial\"\n", "policy.student.first must be"},
      {kSchool + "[policy.student]\nlater = { times = 99 }\n", "policy.student.later.times must"},
      {kSchool + "[policy.student]\nlater = { time = 1 }\n", "policy.student.later.times is miss"},
      {kSchool + "[policy.student]\non_decline = \"detention\"\n", "policy.student.on_decline mu"},
      {kSchool + "[policy.student]\non_declin = \"refuse\"\n", "policy.student.on_declin is not"},
      {kSchool + "[policy.\"A B\"]\n", "policy.A B is not a policy's name"},
      {kSchool + "[stage]\nks1 = \"ks9\"\n", "stage.ks1 "},
      {kSchool + "[wifi]\n", "wifi.name is missing"},
      {kSchool + "[wifi]\nname = \"" + std::string(33, 'a') + "\"\n", "wifi.name is longer"},
      {kSchool + "[wifi]\nname = \"a\"\nkey = \"b\"\n", "wifi.key is not known here"},
      {kSchool + "[roster]\nsource = \"ldap\"\n",
       "roster.source is \"ldap\": a table [directory] must say where that is"},
      {kSchool + "[roster]\nsource = \"sds\"\n", "roster.source must be \"csv\" or \"ldap\""},
      {kSchool + "[roster]\nstop_if_leavers_over = \"5\"\n", "roster.stop_if_leavers_over must"},
      {kSchool + "[roster]\nstop_if_leavers_over = \"%\"\n", "roster.stop_if_leavers_over must"},
      {kSchool + "[roster]\nstop_if_leavers_over = \"101%\"\n", "roster.stop_if_leavers_over mu"},
      {kSchool + "[roster]\ncolumns = { surname = \"S\" }\n", "roster.columns and roles: column"},
      {kSchool + "[roster]\nroles = { head = \"boss\" }\n", "roster.columns and roles: role"},
      {kSchool + "help = \"a\\u001b[31m\"\n", "help "},
  };
  for (const Row& row : rows) {
    const std::string error = school_error(row.text);
    EXPECT_TRUE(error.starts_with("schools/x.toml: " + row.expected))
        << error << "\n  expected " << row.expected;
  }
}

TEST(SampleSchools, DifferWhereTheirPoliciesDifferK5R1) {
  const School kingsmead = sample("kingsmead").school, carre = sample("carre").school;
  const Profile coach = {{"role", "community"}, {"group", "Community-Staff"}};
  const Profile cadet = {{"role", "community"}, {"group", "Community-Young"}};
  EXPECT_EQ(resolve(kingsmead, coach).owes, (std::vector<PolicyName>{{"community"}}));
  EXPECT_EQ(resolve(carre, coach).owes, (std::vector<PolicyName>{{"staff"}}));
  EXPECT_EQ(resolve(carre, cadet).owes, (std::vector<PolicyName>{{"student"}}));
  EXPECT_EQ(carre.settings({"student"}).enforcement, Enforcement::Enforce);
}

TEST(SampleSchools, EverybodyInTheirRostersBelongsToAnAudienceK32) {
  for (const char* name : {"kingsmead", "carre", "oakfield"}) {
    const SchoolConfig config = sample(name);
    const std::vector<std::string> pieces = {
        text_of_file(kRoot + "/tests/support/schools/" + name + "/people.csv")};
    CsvRoster roster(config.roster, pieces);
    std::size_t people = 0;
    const Status read = roster.read([&](RosterPerson person) -> Status {
      ++people;
      const Audience audience = resolve(config.school, person.profile);
      EXPECT_FALSE(audience.name.empty()) << name << " line " << person.line;
      EXPECT_EQ(audience.shared, person.login.ends_with("class")) << person.login;
      EXPECT_EQ(audience.style == Style::Ks1, audience.stage == "ks1");
      return {};
    });
    EXPECT_TRUE(read) << name << ": " << (read ? "" : read.error().message);
    EXPECT_GE(people, 30u);
    EXPECT_LE(people, 60u);
  }
}

struct Folder : testing::Test {
  fs::path path = fs::temp_directory_path() / ("assent-config-" + std::to_string(getpid()));
  Folder() { fs::create_directories(path / "schools"); }
  ~Folder() override { fs::remove_all(path); }
  void write(const std::string& name, const std::string& text) const {
    std::ofstream(path / name) << text;
  }
  std::string error() const {
    const auto config = load_config((path / "assent.toml").string());
    return config ? "" : config.error().message;
  }
};

TEST_F(Folder, HoldsTheServiceAndASchoolForEachFile) {
  write("assent.toml", kService + "data = \"/srv/assent\"\ntimezone = \"Europe/Dublin\"\n");
  write("schools/b-school.toml", kSchool);
  write("schools/a-school.toml", kSchool + "[roster]\ncolumns = { mis_id = \"UPN\" }\n");
  write("schools/notes.txt", "not a school");
  const Config config = load_config((path / "assent.toml").string()).value();
  ASSERT_EQ(config.schools.size(), 2u);
  EXPECT_EQ(config.schools[0].name.value, "a-school");
  EXPECT_EQ(config.schools[1].zone, "Europe/Dublin");
  EXPECT_EQ(config.roster.at({"a-school"}).columns.size(), 1u);
  EXPECT_EQ(config.service.log_key, (path / "keys/log").string());
  EXPECT_EQ(config.service.data, "/srv/assent");
  EXPECT_EQ(config.service.edge_secret, "");
}

TEST_F(Folder, SaysWhatIsMissing) {
  EXPECT_NE(error().find("assent.toml"), std::string::npos);
  write("assent.toml", kService);
  EXPECT_NE(error().find("has no school"), std::string::npos) << error();
  write("schools/Bad Name.toml", kSchool);
  EXPECT_NE(error().find("the file's name is the school's"), std::string::npos) << error();
}

TEST_F(Folder, WhatIsPackagedLoadsAndAsksNobody) {
  write("assent.toml", text_of_file(kRoot + "/packaging/assent.toml"));
  write("schools/example.toml", text_of_file(kRoot + "/packaging/schools/example.toml"));
  const auto config = load_config((path / "assent.toml").string());
  ASSERT_TRUE(config) << config.error().message;
  for (const auto& [policy, settings] : config->schools.at(0).policies)
    EXPECT_EQ(settings.enforcement, Enforcement::Observe) << policy.value;
}

}  // namespace
}  // namespace assent
