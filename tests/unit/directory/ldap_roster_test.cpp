// Accounts become people: who counts, by which ids, with which facts.
#include "service/directory/ldap_roster.h"

#include <gtest/gtest.h>

#include "tests/support/directory/lent_directory.h"
#include "tests/unit/directory/school_directory.h"

namespace assent::directory {
namespace {

class Roster : public testing::TestWithParam<DirectoryKind> {
 protected:
  SchoolDirectory school{GetParam()};
  DirectorySettings settings = school_settings(GetParam());
  StillClock clock;
  bool ad() const { return GetParam() == DirectoryKind::ActiveDirectory; }

  Result<std::map<std::string, RosterPerson>> read() {
    LdapRoster roster(settings, support::lent(school.server), clock);
    std::map<std::string, RosterPerson> out;
    ASSENT_CHECK(roster.read([&](RosterPerson person) -> Status {
      out.emplace(person.login, std::move(person));
      return {};
    }));
    return out;
  }
  std::string facts(const std::string& login) { return to_text(read().value().at(login).profile); }
};

TEST_P(Roster, KnowsPeopleByTheIdThatStays) {
  settings.ids = {{"mis_id", "employeeNumber"}};
  settings.form = "division";
  school.person("Akhan", "ou=Students", {{"employeeNumber", {"4711"}}, {"division", {"7A"}}});
  school.person("bob", "ou=Students");
  const auto people = read().value();
  const RosterPerson& ann = people.at("akhan");
  const std::string source = ad() ? "objectGUID" : "entryUUID";
  const std::string id = "00000000-0000-0000-0000-000000000001";
  EXPECT_EQ(ann.ids, (decltype(ann.ids){{source, id}, {"mis_id", "4711"}}));
  EXPECT_EQ(ann.name, "Name of Akhan");
  EXPECT_EQ(ann.form, "7A");
  EXPECT_EQ(people.at("bob").ids.size(), 1u);
}

TEST_P(Roster, FirstMatchingRuleDecidesEachFact) {
  settings.rules = {{{"ou:Leavers"}, "community", "", "", ""},
                    {{"ou:Staff", "group:Teachers"}, "staff", "", "", ""},
                    {{"attr:title=Class login"}, "", "", "", "shared"},
                    {{"ou:students"}, "student", "attr:department", "", ""},
                    {{"attr:department=Year 9", "attr:department=Year 8"}, "", "", "KS3", ""},
                    {{"*"}, "visitor", "", "", ""}};
  school.group("Teachers", {school.person("odd", "ou=Students")});
  school.person("tess", "ou=Staff");
  school.person("pia", "ou=Year 9,ou=Students", {{"department", {"Year 9"}}});
  school.person("class1", "ou=Students", {{"title", {"class LOGIN"}}});
  school.person("gone", "ou=Leavers,ou=Students", {{"department", {"Year 13"}}});
  school.person("none");
  EXPECT_EQ(facts("odd"), "role=staff\n");
  EXPECT_EQ(facts("tess"), "role=staff\n");
  EXPECT_EQ(facts("pia"), "role=student\nstage=ks3\nyear=9\n");
  EXPECT_EQ(facts("class1"), "kind=shared\nrole=student\n");
  EXPECT_EQ(facts("gone"), "role=community\nyear=13\n");
  EXPECT_EQ(facts("none"), "role=visitor\n");
}

TEST_P(Roster, KeepsOnlyTheGroupsAndUnitsThatRulesAskAbout) {
  settings.groups = {"SM-Requested"};
  settings.ous = {"Students", "Students/Year 7"};
  const std::string ann = school.person("ann", "ou=Year 7,ou=Students");
  const std::string bob = school.person("bob", "ou=Year 8,ou=Students");
  school.group("SM-Requested", {ann});
  school.group("Chess", {ann, bob});
  EXPECT_EQ(facts("ann"), "group=SM-Requested\nou=Students\nou=Students/Year 7\n");
  EXPECT_EQ(facts("bob"), "ou=Students\n");
}

TEST_P(Roster, DirectoryRolesMayHaveOtherNames) {
  settings.rules = {{{"*"}, "attr:employeeType", "", "", ""}};
  settings.roles = {{"PUPIL", "student"}};
  school.person("ann", "", {{"employeeType", {"Pupil"}}});
  EXPECT_EQ(facts("ann"), "role=student\n");
  school.person("bob", "", {{"employeeType", {"Wizard"}}});
  const auto people = read();
  ASSERT_FALSE(people);
  EXPECT_NE(people.error().message.find("uid=bob"), std::string::npos) << people.error().message;
  EXPECT_NE(people.error().message.find("wizard"), std::string::npos) << people.error().message;
}

TEST_P(Roster, LeavesOutDisabledAndExpiredAccounts) {
  struct Case {
    const char *login, *ad_name, *ad_value, *name, *value;
    bool counts;
  };
  const Case cases[] = {
      {"plain", "description", "x", "description", "x", true},
      {"off", "userAccountControl", "514", "pwdAccountLockedTime", "000001010000Z", false},
      {"guessed", "lockoutTime", "134404488000000000", "pwdAccountLockedTime", "20261122115900Z",
       true},
      {"over", "accountExpires", "134398223990000000", "pwdEndTime", "20261122115959Z", false},
      {"soon", "accountExpires", "134398224010000000", "pwdEndTime", "20261122120001Z", true},
      {"never", "accountExpires", "9223372036854775807", "description", "x", true},
      {"zero", "accountExpires", "0", "description", "x", true},
  };
  for (const Case& each : cases)
    school.person(
        each.login, "",
        {ad() ? Attribute{each.ad_name, {each.ad_value}} : Attribute{each.name, {each.value}}});
  const auto people = read().value();
  for (const Case& each : cases) EXPECT_EQ(people.contains(each.login), each.counts) << each.login;
}

TEST_P(Roster, AnAccountThatCannotBeReadIsAnErrorWithItsName) {
  school.person("ann");
  school.person("b b");
  const auto people = read();
  ASSERT_FALSE(people);
  EXPECT_EQ(people.error().code, Code::Invalid);
  EXPECT_EQ(people.error().message.rfind("line 2: uid=b b,", 0), 0u) << people.error().message;
}

TEST_P(Roster, AnIdThatMayNotBeReadIsAnError) {
  const std::string dn = school.person("ann");
  std::erase_if(school.server.find(dn)->attributes, [&](const Attribute& attribute) {
    return attribute.name == (ad() ? "objectGUID" : "entryUUID");
  });
  EXPECT_NE(read().error().message.find("may not read it"), std::string::npos);
}

TEST_P(Roster, NamesThatATerminalWouldObeyAreRefused) {
  school.person("ann", "", {{"division", {"7A\x1b[2J"}}});
  settings.form = "division";
  EXPECT_EQ(read().error().code, Code::Invalid);
}

TEST_P(Roster, AGroupThatIsGoneStopsItInsteadOfPartingItsMembers) {
  settings.groups = {"SM-Requested"};
  school.person("ann");
  EXPECT_EQ(read().error().code, Code::NotFound);
}

// Between the reading of groups, by names, and that of people.
TEST_P(Roster, WhoIsRenamedMeanwhileStopsItInsteadOfLosingTheirGroups) {
  settings.groups = {"SM-Requested"};
  const std::string ann = school.person("ann", "ou=Year 7");
  const std::string renamed = "uid=ann,ou=Year 8," + kBase;
  const std::string group = school.group("SM-Requested", {ann});
  bool done = false;
  school.server.habits().before_page = [&](const Search& search) {
    if (search.filter != settings.people || std::exchange(done, true)) return;
    auto attributes = school.server.find(ann)->attributes;
    school.server.remove(ann);
    school.server.put(renamed, std::move(attributes));
    school.group("SM-Requested", {renamed});  // the server corrects its groups itself
  };
  const auto first = read();
  ASSERT_FALSE(first);
  EXPECT_EQ(first.error().code, Code::Unavailable);
  EXPECT_NE(first.error().message.find("renamed"), std::string::npos) << first.error().message;
  EXPECT_EQ(facts("ann"), "group=SM-Requested\n");
}

// The server does not correct its groups, or what is named there is nobody of the people.
TEST_P(Roster, NamesOfNobodyInAGroupStopNothing) {
  settings.groups = {"SM-Requested"};
  const std::string ann = school.person("ann");
  school.group("SM-Requested", {"uid=gone," + kBase, ann, "cn=nobody,ou=services,dc=school"});
  EXPECT_EQ(facts("ann"), "group=SM-Requested\n");
}

TEST_P(Roster, EndsAtTheNextQuestionWhenItIsStopped) {
  settings.groups = {"Pupils"};
  const std::string year9 = school.group("Year-9", {school.person("ann"), school.person("bob")});
  school.group("Pupils", {school.group("KS3", {year9})});
  LdapRoster roster(settings, support::lent(school.server), clock);
  school.server.habits().before_page = [&](const Search&) { roster.stop(); };
  const Status ended = roster.read([](const RosterPerson&) { return Status{}; });
  ASSERT_FALSE(ended);
  EXPECT_EQ(ended.error().code, Code::Unavailable);
  EXPECT_EQ(school.server.calls(), 1u);
}

INSTANTIATE_TEST_SUITE_P(Kinds, Roster,
                         testing::Values(DirectoryKind::OpenLdap, DirectoryKind::ActiveDirectory));

}  // namespace
}  // namespace assent::directory
