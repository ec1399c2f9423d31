// Whom the gate is for.

#include "winlogon-shim/domain/account.h"

#include <gtest/gtest.h>

namespace assent::windows {
namespace {

Account of_school(std::string login = "amira.hussain") {
  return {"SCHOOL", std::move(login), "S-1-5-21-1-2-3-1107", {"S-1-5-21-1-2-3-513"}, false};
}

Account of_machine(std::string login = "teacher") {
  return {"LIB-0039", std::move(login), "S-1-5-21-9-9-9-1001", {"S-1-5-32-545"}, true};
}

Account with_sid(std::string sid) {
  Account account = of_school();
  account.sid = std::move(sid);
  return account;
}

Account with_group(Account account, std::string sid) {
  account.groups.push_back(std::move(sid));
  return account;
}

TEST(Standing, OfAPersonOfTheSchoolIsForTheGateToSay) {
  EXPECT_EQ(standing_of(of_school(), {}), Standing::Person);
  for (const auto local : {LocalAccounts::Allow, LocalAccounts::Ask, LocalAccounts::Deny}) {
    Settings settings;
    settings.local_accounts = local;
    EXPECT_EQ(standing_of(of_school(), settings), Standing::Person) << "not of the machine";
  }
}

// With LocalAccounts allow, ask and deny.
std::vector<Standing> standings_of(const Account& account, Settings settings) {
  std::vector<Standing> out;
  for (const auto local : {LocalAccounts::Allow, LocalAccounts::Ask, LocalAccounts::Deny}) {
    settings.local_accounts = local;
    out.push_back(standing_of(account, settings));
  }
  return out;
}

TEST(Standing, OfTheMachinesOwnAccountsIsWhatTheSettingSays) {
  EXPECT_EQ(standings_of(of_machine(), {}),
            (std::vector{Standing::Local, Standing::Person, Standing::KeptOut}));
}

TEST(Standing, OfAnotherDomainIsNeverThatOfTheSchoolsPersonOfThatName) {
  Settings settings;
  settings.domains = {"CURRICULUM", "school"};
  EXPECT_EQ(standings_of(of_school(), settings), std::vector(3, Standing::Person));
  settings.domains = {"CURRICULUM", "SCHOOLS"};
  EXPECT_EQ(standings_of(of_school(), settings),
            (std::vector{Standing::Local, Standing::KeptOut, Standing::KeptOut}));
  settings.excluded_accounts = {R"(SCHOOL\amira.hussain)"};
  EXPECT_EQ(standings_of(of_school(), settings), std::vector(3, Standing::Spared));
}

TEST(Standing, OfTheMachinesOwnAccountsIsNoMatterOfDomains) {
  Settings settings;
  settings.local_accounts = LocalAccounts::Ask;
  settings.domains = {"SCHOOL"};
  EXPECT_EQ(standing_of(of_machine(), settings), Standing::Person);
}

TEST(Standing, WithTheKillSwitchOnSparesEverybody) {
  Settings settings;
  settings.disabled = true;
  settings.local_accounts = LocalAccounts::Deny;
  settings.excluded_groups.clear();
  for (const Account& account : {of_school(), of_machine(), Account{}})
    EXPECT_EQ(standing_of(account, settings), Standing::Spared);
}

TEST(Standing, OfWindowsItselfIsSparedAndNobodyElseBySid) {
  Settings settings;
  settings.excluded_groups.clear();
  for (const char* own : {"S-1-5-18", "S-1-5-19", "S-1-5-20"})
    EXPECT_EQ(standing_of(with_sid(own), settings), Standing::Spared) << own;
  for (const char* other : {"S-1-5-1", "S-1-5-180", "S-1-5-21", "S-1-5-18-1", "", "S-1-5-17"})
    EXPECT_EQ(standing_of(with_sid(other), settings), Standing::Person) << other;
}

struct Exclusion {
  const char* entry;
  Account account;
  bool is_spared;
};

TEST(Standing, KeepsTheGateFromWhoIsExcludedByNameAndFromNobodyElse) {
  const Exclusion table[] = {
      {R"(SCHOOL\amira.hussain)", of_school(), true},
      {R"(school\Amira.Hussain)", of_school(), true},
      {"amira.hussain", of_school(), true},
      {"AMIRA.HUSSAIN", of_school(), true},
      {R"(OTHER\amira.hussain)", of_school(), false},
      {R"(SCHOOL\amira)", of_school(), false},
      {"amira", of_school(), false},
      {"amira.hussain2", of_school(), false},
      {R"(\amira.hussain)", of_school(), false},
      {R"(SCHOOL\)", of_school(), false},
      {"SCHOOL", of_school(), false},
      {R"(.\teacher)", of_machine(), true},
      {R"(.\TEACHER)", of_machine(), true},
      {R"(lib-0039\teacher)", of_machine(), true},
      {"teacher", of_machine(), true},
      {"Teacher", of_school("teacher"), true},
      {R"(.\teacher)", of_school("teacher"), false},
      {R"(.\kiosk)", of_machine(), false},
  };
  for (const Exclusion& row : table) {
    Settings settings;
    settings.local_accounts = LocalAccounts::Ask;
    settings.excluded_accounts = {"nobody", row.entry};
    EXPECT_EQ(standing_of(row.account, settings),
              row.is_spared ? Standing::Spared : Standing::Person)
        << row.entry << " for " << row.account.domain << " " << row.account.login;
  }
}

TEST(Standing, WithoutANameIsByGroupsAndSidAlone) {
  Account nameless;
  nameless.sid = "S-1-5-21-1-2-3-1107";
  Settings settings;
  settings.excluded_accounts = {R"(\)", R"(SCHOOL\)"};
  EXPECT_EQ(standing_of(nameless, settings), Standing::Person);
  EXPECT_EQ(standing_of(with_group(nameless, "S-1-5-32-544"), settings), Standing::Spared);
}

TEST(Standing, KeepsOutNobodyWhoIsExcluded) {
  Settings settings;
  settings.local_accounts = LocalAccounts::Deny;
  settings.excluded_accounts = {R"(.\teacher)"};
  EXPECT_EQ(standing_of(of_machine(), settings), Standing::Spared);
  EXPECT_EQ(standing_of(of_machine("kiosk"), settings), Standing::KeptOut);
}

TEST(Standing, OfMembersOfAnExcludedGroupIsSpared) {
  constexpr char kAdministrators[] = "S-1-5-32-544";
  EXPECT_EQ(standing_of(with_group(of_school(), kAdministrators), {}), Standing::Spared);
  EXPECT_EQ(standing_of(with_group(of_machine(), kAdministrators), {}), Standing::Spared);
  Settings settings;
  settings.excluded_groups = {"S-1-5-21-1-2-3-2000", "s-1-5-21-1-2-3-2001"};
  EXPECT_EQ(standing_of(with_group(of_school(), kAdministrators), settings), Standing::Person);
  EXPECT_EQ(standing_of(with_group(of_school(), "S-1-5-21-1-2-3-2001"), settings),
            Standing::Spared);
  EXPECT_EQ(standing_of(with_group(of_school(), "S-1-5-21-1-2-3-200"), settings), Standing::Person);
  settings.excluded_groups.clear();
  EXPECT_EQ(standing_of(with_group(of_school(), kAdministrators), settings), Standing::Person);
}

}  // namespace
}  // namespace assent::windows
