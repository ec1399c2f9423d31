// The [directory] of a school's file: every key, every kind of mistake.
#include <gtest/gtest.h>

#include "service/config/config.h"

namespace assent {
namespace {

const std::string kSchool =
    "title = \"Example\"\n"
    "audience = [{ who = [\"ou:Staff\", \"group:Teachers\"], owes = [\"staff\"] },\n"
    "            { who = [\"ou:Students/Year 7\", \"role:student\"], owes = [\"student\"] }]\n"
    "add_on = [{ who = [\"group:SM-Requested\", \"group:Teachers\"], owes = [\"social\"] }]\n";
const std::string kLeast =
    "[directory]\nkind = \"ad\"\nurl = \"ldaps://dc1.example\"\nbind_dn = \"assent@example\"\n"
    "password_file = \"/p\"\nbase = \"DC=example\"\n";
const std::string kFromIt = "[roster]\nsource = \"ldap\"\n";

Result<SchoolConfig> read(const std::string& text) {
  return parse_school(text, "schools/x.toml", {"x"}, "Europe/London");
}

TEST(DirectorySection, LeftOutMeansNone) {
  EXPECT_FALSE(read(kSchool).value().directory);
}

TEST(DirectorySection, DefaultsAreOfTheKind) {
  const DirectorySettings ad = *read(kSchool + kLeast).value().directory;
  EXPECT_EQ(ad.kind, DirectoryKind::ActiveDirectory);
  EXPECT_EQ(ad.login, "sAMAccountName");
  EXPECT_EQ(ad.people, "(&(objectCategory=person)(objectClass=user))");
  EXPECT_EQ(ad.group_base, "DC=example");
  EXPECT_FALSE(ad.server.plain);
  EXPECT_FALSE(ad.gives_roster);
  std::string text = kSchool + kLeast;
  text.replace(text.find("\"ad\""), 4, "\"openldap\"");
  const DirectorySettings openldap = *read(text).value().directory;
  EXPECT_EQ(openldap.login, "uid");
  EXPECT_EQ(openldap.people, "(objectClass=inetOrgPerson)");
}

TEST(DirectorySection, EveryKeyIsRead) {
  const auto config = read(kSchool + R"~(
[roster]
source = "ldap"
every = "15m"
roles = { Pupil = "student" }
[directory]
kind = "openldap"
url = ["ldaps://a.example", "ldap://b.example:3389"]
ca_file = "/ca"
bind_dn = "cn=assent"
password_file = "/p"
timeout_seconds = 9
base = "ou=people"
group_base = "ou=groups"
people = "(objectClass=person)"
attributes = { login = "cn", name = "gecos", form = "ou", mis_id = "number", "id:entra" = "x-id" }
rules = [{ who = "ou:Staff", role = "staff" },
         { who = ["group:G", "attr:a=b", "*"], role = "attr:employeeType", year = "attr:y" },
         { who = "*", stage = "ks3", kind = "shared" }]
)~");
  ASSERT_TRUE(config) << config.error().message;
  const DirectorySettings& read = *config->directory;
  EXPECT_TRUE(read.gives_roster);
  EXPECT_EQ(read.read_every, minutes{15});
  EXPECT_EQ(read.server.urls.size(), 2u);
  EXPECT_EQ(read.server.urls[1].host, "b.example");
  EXPECT_EQ(read.server.ca_file, "/ca");
  EXPECT_EQ(read.server.timeout, seconds{9});
  EXPECT_EQ(read.group_base, "ou=groups");
  EXPECT_EQ(read.form, "ou");
  EXPECT_EQ(read.ids, (decltype(read.ids){{"entra", "x-id"}, {"mis_id", "number"}}));
  ASSERT_EQ(read.rules.size(), 3u);
  EXPECT_EQ(read.rules[1].role, "attr:employeeType");
  EXPECT_EQ(read.rules[2].kind, "shared");
  EXPECT_EQ(read.roles.at("Pupil"), "student");
}

TEST(DirectorySection, OnlyWhatTheSchoolsRulesAskAboutIsTold) {
  const DirectorySettings settings = *read(kSchool + kLeast).value().directory;
  EXPECT_EQ(settings.groups, (std::vector<std::string>{"Teachers", "SM-Requested"}));
  EXPECT_EQ(settings.ous, (std::vector<std::string>{"Staff", "Students/Year 7"}));
}

TEST(DirectorySection, PeopleMayBeReadByHandAlone) {
  const std::string never = "[roster]\nsource = \"ldap\"\nevery = \"never\"\n";
  EXPECT_FALSE(read(kSchool + kLeast + never).value().directory->read_every);
}

TEST(DirectorySection, MistakesNameTheKey) {
  struct Case {
    std::string text, key;
  };
  const Case cases[] = {
      {kFromIt, "roster.source"},
      {"[roster]\nsource = \"sql\"\n", "roster.source"},
      {"[roster]\nevery = \"1h\"\n", "roster.every"},
      {kLeast + "[roster]\nevery = \"4m\"\n", "roster.every"},
      {kLeast + "[roster]\nevery = \"25h\"\n", "roster.every"},
      {kLeast + "[roster]\nevery = \"nightly\"\n", "roster.every"},
      {kLeast + "tls = \"none\"\n", "directory.tls"},
      {kLeast + "tls = \"off\"\n", "directory.tls"},
      {kLeast + "people = \"objectClass=user\"\n", "directory.people"},
      {kLeast + "timeout_seconds = 0\n", "directory.timeout_seconds"},
      {kLeast + "sign_in = { locks_after = 5 }\n", "directory.sign_in.from"},
      {kLeast + "sign_in = { from = \"0.0.0.0/0\", locks_after = 5 }\n", "directory.sign_in.from"},
      {kLeast + "sign_in = { from = \"10.0.0.0/8\" }\n", "directory.sign_in.locks_after"},
      {kLeast + "sign_in = { from = \"10.0.0.0/8\", locks_after = 2 }\n",
       "directory.sign_in.locks_after"},
      {kLeast + "attributes = { shoe = \"size\" }\n", "directory.attributes"},
      {kLeast + "attributes = { login = \"a)(b\" }\n", "directory.attributes"},
      {kLeast + "rules = [{ who = \"role:staff\", role = \"staff\" }]\n", "directory.rules[1].who"},
      {kLeast + "rules = [{ who = \"*\", role = \"wizard\" }]\n", "directory.rules[1].role"},
      {kLeast + "rules = [{ who = \"*\", year = \"attr:\" }]\n", "directory.rules[1].year"},
      {kLeast + "rules = [{ who = \"*\" }]\n", "directory.rules[1].role"},
      {kLeast + "password = \"secret\"\n", "directory.password"},
      {"[directory]\nkind = \"nis\"\n", "directory.kind"},
      {"[directory]\nkind = \"ad\"\nurl = \"http://x\"\n", "directory.url"},
      {"[directory]\nkind = \"ad\"\n", "directory.url"},
  };
  for (const auto& [text, key] : cases) {
    const auto config = read(kSchool + text);
    ASSERT_FALSE(config) << text;
    EXPECT_NE(config.error().message.find(key), std::string::npos)
        << text << config.error().message;
  }
}

TEST(DirectorySection, WithoutTlsIsForThisMachineAlone) {
  std::string text = kSchool + kLeast + "tls = \"none\"\n";
  text.replace(text.find("ldaps://dc1.example"), 19, "ldap://127.0.0.1:389");
  EXPECT_TRUE(read(text).value().directory->server.plain);
}

TEST(DirectorySection, TheGroupsOfTheLevelsAreThoseOfTheFilter) {
  const std::string levels =
      "levels = [\"a\", \"supervised\", \"unsigned\"]\n"
      "level = [{ level = \"a\" }]\n";
  const auto config = read(kSchool + levels + kLeast + "[filter]\ngroup_prefix = \"nsw-\"\n");
  ASSERT_TRUE(config) << config.error().message;
  EXPECT_EQ(config->directory->level_groups,
            (std::vector<std::string>{"nsw-a", "nsw-supervised", "nsw-unsigned"}));
  EXPECT_TRUE(read(kSchool + kLeast).value().directory->level_groups.empty());
}

TEST(DirectorySection, AccountsAreOffUnlessTheirTableIsThere) {
  EXPECT_FALSE(read(kSchool + kLeast).value().directory->accounts);
  const std::string table = "[directory.accounts]\nunit = \"OU=Guests\"\n";
  const auto ad = read(kSchool + kLeast + table + "primary_group = \"Guests\"\n");
  ASSERT_TRUE(ad) << ad.error().message;
  EXPECT_EQ(ad->directory->accounts->unit, "OU=Guests");
  EXPECT_EQ(ad->directory->accounts->primary_group, "Guests");
  const auto error = [&](const std::string& text) {
    return read(kSchool + kLeast + text).error().message;
  };
  EXPECT_NE(error(table).find("directory.accounts.primary_group"), std::string::npos);
  EXPECT_NE(error("[directory.accounts]\nprimary_group = \"G\"\n").find("directory.accounts.unit"),
            std::string::npos);
  EXPECT_NE(error(table + "primary_group = \"G\"\npolicy = \"cn=p\"\n").find("policy"),
            std::string::npos);
}

}  // namespace
}  // namespace assent
