// What an administrator sets, and that nothing set wrongly is more than a line in the log.

#include "winlogon-shim/domain/settings.h"

#include <gtest/gtest.h>

#include <map>

namespace assent::windows {
namespace {

class Registry final : public SettingValues {
 public:
  std::optional<std::string> text(std::string_view name) const override { return at(lines, name); }
  std::optional<std::vector<std::string>> texts(std::string_view name) const override {
    return at(lists, name);
  }
  std::optional<std::uint32_t> number(std::string_view name) const override {
    return at(numbers, name);
  }

  std::map<std::string, std::string, std::less<>> lines;
  std::map<std::string, std::vector<std::string>, std::less<>> lists;
  std::map<std::string, std::uint32_t, std::less<>> numbers;

 private:
  template <class T>
  static std::optional<T> at(const std::map<std::string, T, std::less<>>& values,
                             std::string_view name) {
    const auto found = values.find(name);
    return found == values.end() ? std::nullopt : std::optional(found->second);
  }
};

void expect_defaults(const Settings& settings) {
  EXPECT_EQ(settings.service, "");
  EXPECT_FALSE(settings.pin);
  EXPECT_EQ(settings.on_unavailable, OnUnavailable::Open);
  EXPECT_FALSE(settings.disabled);
  EXPECT_EQ(settings.local_accounts, LocalAccounts::Allow);
  EXPECT_TRUE(settings.domains.empty());
  EXPECT_TRUE(settings.excluded_accounts.empty());
  EXPECT_EQ(settings.excluded_groups, std::vector<std::string>{"S-1-5-32-544"});
  EXPECT_EQ(settings.deadline_ms, 3000);
  EXPECT_FALSE(settings.banner);
  EXPECT_EQ(settings.help, "");
}

TEST(Settings, WithNothingSetSpareWhoAdministersAndLetPeopleInWhenTheServiceIsAway) {
  const auto read = read_settings(Registry{});
  expect_defaults(read.settings);
  EXPECT_TRUE(read.complaints.empty());
}

TEST(Settings, AreReadEachFromItsOwnValue) {
  Registry registry;
  registry.lines = {{"Service", "https://assent.example.sch.uk"},
                    {"ServicePin", std::string(62, '0') + "aF"},
                    {"OnUnavailable", "closed"},
                    {"LocalAccounts", "deny"},
                    {"Help", "Gofynnwch i Siân yn ystafell B12 (ŵ)."}};
  registry.lists = {{"Domains", {"SCHOOL", "CURRICULUM"}},
                    {"ExcludedAccounts", {R"(SCHOOL\kiosk)", "", R"(.\it)"}},
                    {"ExcludedGroups", {"S-1-5-21-1-2-3-512"}}};
  registry.numbers = {{"Disabled", 1}, {"DeadlineMs", 750}, {"Banner", 1}};
  const auto [settings, complaints] = read_settings(registry);
  EXPECT_TRUE(complaints.empty());
  EXPECT_EQ(settings.service, "https://assent.example.sch.uk");
  Digest pin{};
  pin.back() = std::byte{0xAF};
  EXPECT_EQ(settings.pin, pin);
  EXPECT_EQ(settings.on_unavailable, OnUnavailable::Closed);
  EXPECT_TRUE(settings.disabled);
  EXPECT_EQ(settings.local_accounts, LocalAccounts::Deny);
  EXPECT_EQ(settings.domains, (std::vector<std::string>{"SCHOOL", "CURRICULUM"}));
  EXPECT_EQ(settings.excluded_accounts, (std::vector<std::string>{R"(SCHOOL\kiosk)", R"(.\it)"}));
  EXPECT_EQ(settings.excluded_groups, std::vector<std::string>{"S-1-5-21-1-2-3-512"});
  EXPECT_EQ(settings.deadline_ms, 750);
  EXPECT_TRUE(settings.banner);
  EXPECT_EQ(settings.help, "Gofynnwch i Siân yn ystafell B12 (ŵ).");
}

TEST(Settings, KnowTheWordsForEachChoice) {
  const std::pair<const char*, LocalAccounts> table[] = {
      {"allow", LocalAccounts::Allow}, {"ask", LocalAccounts::Ask}, {"deny", LocalAccounts::Deny}};
  for (const auto& [word, meaning] : table) {
    Registry registry;
    registry.lines = {{"LocalAccounts", word}, {"OnUnavailable", "open"}};
    const auto read = read_settings(registry);
    EXPECT_EQ(read.settings.local_accounts, meaning) << word;
    EXPECT_EQ(read.settings.on_unavailable, OnUnavailable::Open);
    EXPECT_TRUE(read.complaints.empty()) << word;
  }
}

TEST(Settings, ThatAreEmptyAreNotSet) {
  Registry registry;
  for (const char* name : {"Service", "ServicePin", "OnUnavailable", "LocalAccounts", "Help"})
    registry.lines[name] = "";
  registry.numbers = {{"Disabled", 0}, {"Banner", 0}};
  const auto read = read_settings(registry);
  expect_defaults(read.settings);
  EXPECT_TRUE(read.complaints.empty());
}

TEST(Settings, ThatAreWrongStayAtTheirDefaultsAndEachIsNamedInTheLog) {
  Registry registry;
  registry.lines = {{"Service", "https://" + std::string(512, 'x')},
                    {"OnUnavailable", "closed "},
                    {"LocalAccounts", "forbid"},
                    {"Help", "ring\x1b[31m the bell"}};
  registry.lists = {{"Domains", {"SCHOOL\t"}},
                    {"ExcludedAccounts", std::vector<std::string>(257, "name")},
                    {"ExcludedGroups", {"S-1-5-32-545", std::string(257, 'S')}}};
  registry.numbers = {{"DeadlineMs", 499}, {"Banner", 2}};
  const auto read = read_settings(registry);
  expect_defaults(read.settings);
  const char* names[] = {"Service",    "OnUnavailable",    "LocalAccounts",
                         "Domains",    "ExcludedAccounts", "ExcludedGroups",
                         "DeadlineMs", "Banner",           "Help"};
  ASSERT_EQ(read.complaints.size(), std::size(names));
  for (std::size_t i = 0; i < std::size(names); ++i)
    EXPECT_TRUE(read.complaints[i].starts_with("the setting " + std::string(names[i]) + " "))
        << read.complaints[i];
}

TEST(Settings, KeepTheDeadlineBetweenHalfASecondAndTen) {
  const struct {
    std::uint32_t set;
    int used;
  } table[] = {{499, 3000},    {500, 500}, {10'000, 10'000},
               {10'001, 3000}, {0, 3000},  {UINT32_MAX, 3000}};
  for (const auto& row : table) {
    Registry registry;
    registry.numbers["DeadlineMs"] = row.set;
    const auto read = read_settings(registry);
    EXPECT_EQ(read.settings.deadline_ms, row.used) << row.set;
    EXPECT_EQ(read.complaints.empty(), row.used == int(row.set)) << row.set;
  }
}

TEST(Settings, WithAPinThatCannotBeReadTakeNothingForTheService) {
  for (const std::string& pin : {std::string("none"), std::string(63, 'a'), std::string(62, 'a'),
                                 std::string(66, 'a'), std::string(64, 'g')}) {
    Registry registry;
    registry.lines["ServicePin"] = pin;
    const auto read = read_settings(registry);
    EXPECT_EQ(read.settings.pin, Digest{}) << pin << ": of zeros, and never none";
    ASSERT_EQ(read.complaints.size(), 1u) << pin;
    EXPECT_TRUE(read.complaints[0].starts_with("the setting ServicePin ")) << read.complaints[0];
  }
}

TEST(Settings, WithAnEmptyListOfGroupsSpareNobodyForAGroup) {
  for (const std::vector<std::string>& groups : {std::vector<std::string>{}, {"", ""}}) {
    Registry registry;
    registry.lists["ExcludedGroups"] = groups;
    const auto read = read_settings(registry);
    EXPECT_TRUE(read.settings.excluded_groups.empty());
    EXPECT_TRUE(read.complaints.empty());
  }
}

}  // namespace
}  // namespace assent::windows
