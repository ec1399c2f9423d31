// What every RosterSource must do, run over a CSV file, both kinds of LDAP directory, and a cloud
// directory: all people or an error, and nothing after an error.
#include <gtest/gtest.h>

#include "service/app/csv_roster.h"
#include "service/directory/ldap_roster.h"
#include "tests/support/directory/fake_directory.h"
#include "tests/support/graph_roster.h"

namespace assent {
namespace {

struct Given {  // what the source behind the port holds
  std::size_t people = 0;
  std::size_t broken_at = 0;  // the person that cannot be read; 0: none
};

class HeldCsv final : public RosterSource {  // the CSV source with its text
 public:
  explicit HeldCsv(Given given) : pieces_{"mis_id,login,name,role,form\n"}, csv_({}, pieces_) {
    for (std::size_t i = 1; i <= given.people; ++i)
      pieces_[0] += std::to_string(i) + ",p" + std::to_string(i) + ",Name," +
                    (i == given.broken_at ? "nobody" : "student") + ",7A\n";
  }
  std::string name() const override { return csv_.name(); }
  Status read(const std::function<Status(RosterPerson)>& each) override { return csv_.read(each); }

 private:
  std::vector<std::string> pieces_;
  CsvRoster csv_;
};

struct Noon final : Clock {
  Time now() const override { return Time{days{20'000}}; }
};
const Noon kNoon;

// A directory of the kind, with pages of three.
Result<std::unique_ptr<directory::Directory>> fill(DirectoryKind kind, Given given) {
  const bool ad = kind == DirectoryKind::ActiveDirectory;
  auto server = std::make_unique<support::FakeDirectory>(support::FakeHabits{.page = 3});
  for (std::size_t i = 1; i <= given.people; ++i) {
    const std::string number = std::to_string(i);
    std::vector<directory::Attribute> attributes = {{"objectClass", {"person"}},
                                                    {ad ? "sAMAccountName" : "uid", {"p" + number}},
                                                    {"cn", {"Name"}},
                                                    {"employeeNumber", {number}},
                                                    {"division", {"7A"}},
                                                    {"userAccountControl", {"512"}}};
    if (i != given.broken_at)
      attributes.push_back(
          {ad ? "objectGUID" : "entryUUID",
           {ad ? std::string(15, '-') + char(i)
               : "00000000-0000-0000-0000-" + std::string(12 - number.size(), '0') + number}});
    server->put("cn=" + number + ",dc=x", std::move(attributes));
  }
  return server;
}

class HeldDirectory final : public RosterSource {  // the LDAP source with a directory
 public:
  HeldDirectory(DirectoryKind kind, Given given)
      : ldap_(
            settings(kind), [=] { return fill(kind, given); }, kNoon) {}
  std::string name() const override { return ldap_.name(); }
  Status read(const std::function<Status(RosterPerson)>& each) override { return ldap_.read(each); }

 private:
  static DirectorySettings settings(DirectoryKind kind) {
    DirectorySettings out;
    out.kind = kind;
    out.base = out.group_base = "dc=x";
    out.people = "(objectClass=person)";
    out.login = kind == DirectoryKind::ActiveDirectory ? "sAMAccountName" : "uid";
    out.name = "displayName";
    out.form = "division";
    out.ids = {{"mis_id", "employeeNumber"}};
    out.rules = {{{"*"}, "student", "", "", ""}};
    return out;
  }
  directory::LdapRoster ldap_;
};

struct Kind {
  std::string_view name;
  std::size_t first_line;
  std::unique_ptr<RosterSource> (*make)(Given);
};
const std::vector<Kind> kKinds = {
    {"csv", 2,
     [](Given given) -> std::unique_ptr<RosterSource> { return std::make_unique<HeldCsv>(given); }},
    {"openldap", 1,
     [](Given given) -> std::unique_ptr<RosterSource> {
       return std::make_unique<HeldDirectory>(DirectoryKind::OpenLdap, given);
     }},
    {"ad", 1,
     [](Given given) -> std::unique_ptr<RosterSource> {
       return std::make_unique<HeldDirectory>(DirectoryKind::ActiveDirectory, given);
     }},
    {"graph", 1, [](Given given) -> std::unique_ptr<RosterSource> {
       return std::make_unique<support::GraphRoster>(
           support::FakeGraph(given.people, given.broken_at));
     }}};

class RosterSourceContract : public testing::TestWithParam<Kind> {
 protected:
  std::vector<RosterPerson> seen;
  Status read(Given given) {
    return GetParam().make(given)->read([&](RosterPerson person) -> Status {
      seen.push_back(std::move(person));
      return {};
    });
  }
};

TEST_P(RosterSourceContract, GivesEveryPersonOnceInOrder) {
  for (const std::size_t people : {1u, 8u, 9u, 45u}) {
    seen.clear();
    ASSERT_TRUE(read({people, 0}));
    ASSERT_EQ(seen.size(), people);
    for (std::size_t i = 0; i < seen.size(); ++i) {
      EXPECT_EQ(seen[i].ids.back().second, std::to_string(i + 1));
      EXPECT_EQ(seen[i].login, "p" + std::to_string(i + 1));
      EXPECT_EQ(seen[i].name, "Name");
      EXPECT_EQ(seen[i].form, "7A");
      EXPECT_EQ(seen[i].line, i + GetParam().first_line);
      EXPECT_EQ(to_text(seen[i].profile), "role=student\n");
    }
  }
}

TEST_P(RosterSourceContract, AnErrorNamesTheLineAndNothingFollowsIt) {
  const Status status = read({8, 5});
  ASSERT_FALSE(status);
  const std::string line = "line " + std::to_string(GetParam().first_line + 4) + ": ";
  EXPECT_TRUE(status.error().message.starts_with(line)) << status.error().message;
  EXPECT_EQ(seen.size(), 4u);
}

TEST_P(RosterSourceContract, TheCallerMayStopItAndHearsItsOwnError) {
  std::size_t given = 0;
  const Status status = GetParam().make({8, 0})->read([&](RosterPerson) -> Status {
    if (++given == 4) return fail(Code::Denied, "enough");
    return {};
  });
  ASSERT_FALSE(status);
  EXPECT_EQ(status.error().code, Code::Denied);
  EXPECT_EQ(status.error().message, "enough");
  EXPECT_EQ(given, 4u);
}

TEST_P(RosterSourceContract, ReadsAgainFromTheStart) {
  const auto source = GetParam().make({4, 0});
  for (int round = 0; round < 2; ++round) {
    std::size_t given = 0;
    ASSERT_TRUE(source->read([&](RosterPerson) -> Status { return ++given, Status{}; }));
    EXPECT_EQ(given, 4u);
  }
}

TEST_P(RosterSourceContract, AnEmptySchoolIsNoError) {
  ASSERT_TRUE(read({0, 0}));
  EXPECT_TRUE(seen.empty());
}

INSTANTIATE_TEST_SUITE_P(Sources, RosterSourceContract, testing::ValuesIn(kKinds),
                         [](const auto& kind) { return std::string(kind.param.name); });

}  // namespace
}  // namespace assent
