// Asking a directory whether a password is somebody's, without ever locking them out (A19).
#include "service/directory/ldap_passwords.h"

#include <gtest/gtest.h>

#include "service/directory/values.h"
#include "tests/unit/directory/school_directory.h"

namespace assent::directory {
namespace {

using Word = PasswordWord;

// A view of the one server, as each connection has its own.
class Shared final : public Directory {
 public:
  explicit Shared(Directory& server) : server_(server) {}
  Result<Page> page(const Search& search, const std::string& cookie) override {
    return server_.page(search, cookie);
  }
  Answer modify(const std::string&, std::span<const Modification>) override { return {50, ""}; }
  Answer add(const std::string&, std::span<const Attribute>) override { return {50, ""}; }
  Answer remove(const std::string&) override { return {50, ""}; }
  Answer set_password(const std::string&, const std::string&) override { return {50, ""}; }

 private:
  Directory& server_;
};

struct Passwords : testing::TestWithParam<DirectoryKind> {
  bool ad() const { return GetParam() == DirectoryKind::ActiveDirectory; }
  LdapPasswords asking() {
    DirectorySettings settings = school_settings(GetParam());
    settings.server.urls = {parse_directory_url("ldaps://dc1.example").value(),
                            parse_directory_url("ldaps://dc2.example").value()};
    settings.sign_in = PasswordSignInSettings{{}, 5, minutes{30}, never};
    const auto open = [this](const DirectoryUrl& url, const std::string& dn,
                             const std::string& password) -> Result<std::unique_ptr<Directory>> {
      if (url.host == down) return fail(Code::Unavailable, "down");
      if (!dn.empty()) tried.push_back(dn);
      if (dn.empty() || (dn == amira && password == "right"))
        return std::unique_ptr<Directory>(std::make_unique<Shared>(school.server));
      return fail(Code::Denied, "wrong");
    };
    return {settings, open, clock};
  }
  Word check(const std::string& login, const std::string& password) {
    return asking().check(login, password).value();
  }
  // As the server counts them; the newest was so long ago.
  void has_wrong_passwords(std::size_t count, milliseconds ago = minutes{1}) {
    Entry& entry = *school.server.find(amira);
    const Time at = clock.time - ago;
    if (ad()) {
      entry.attributes.push_back({"badPwdCount", {std::to_string(count)}});
      entry.attributes.push_back({"badPasswordTime", {filetime_text(at)}});
    } else {
      entry.attributes.push_back({"pwdFailureTime", std::vector(count, generalized_time_text(at))});
    }
  }

  StillClock clock;
  SchoolDirectory school{GetParam()};
  std::string amira = school.person("amira");
  std::string down;
  std::vector<std::string> never, tried;
};

TEST_P(Passwords, AreRightOrWrong) {
  EXPECT_EQ(check("amira", "right"), Word::Right);
  EXPECT_EQ(check("amira", "wrong"), Word::Wrong);
  EXPECT_EQ(check("amira", ""), Word::Wrong);
  EXPECT_EQ(tried.size(), 2u) << "an empty one is never sent";
}

TEST_P(Passwords, OfNobodyCostTheSameAsAWrongOne) {
  EXPECT_EQ(check("nobody", "right"), Word::Wrong);
  EXPECT_EQ(check("ami*", "right"), Word::Wrong);
  EXPECT_EQ(tried.size(), 2u);
}

TEST_P(Passwords, AreTriedWhereMoreThanTwoAreLeft) {
  has_wrong_passwords(2);
  EXPECT_EQ(check("amira", "right"), Word::Right);
}

TEST_P(Passwords, OfANearlyLockedAccountAreNotSent) {
  has_wrong_passwords(3);
  EXPECT_EQ(check("amira", "right"), Word::NotTried);
  EXPECT_EQ(std::ranges::count(tried, amira), 0);
}

TEST_P(Passwords, ThatWereWrongLongAgoCountNoMore) {
  has_wrong_passwords(4, minutes{31});
  EXPECT_EQ(check("amira", "right"), Word::Right);
}

TEST_P(Passwords, OfAccountsWithRightsAreNotSent) {
  school.group("ICT", {amira});
  never = {"ICT"};
  EXPECT_EQ(check("amira", "right"), Word::NotTried);
  EXPECT_EQ(std::ranges::count(tried, amira), 0);
}

TEST_P(Passwords, OfNobodyAreTriedWhereARefusedGroupIsNotThere) {
  never = {"ICT"};
  EXPECT_EQ(asking().check("amira", "right").error().code, Code::NotFound);
  EXPECT_TRUE(tried.empty());
}

TEST_P(Passwords, OfNobodyCostTheSameQuestionsAsAKnownOnes) {
  school.group("ICT", {school.person("boss")});
  never = {"ICT"};
  const std::size_t before = school.server.calls();
  (void)check("amira", "wrong");
  const std::size_t known = school.server.calls() - before;
  (void)check("nobody", "wrong");
  EXPECT_EQ(school.server.calls() - before, 2 * known);
}

TEST_P(Passwords, AreAskedOfAnotherServerWhereOneIsAway) {
  down = "dc1.example";
  EXPECT_EQ(check("amira", "right"), Word::Right);
  DirectorySettings settings = school_settings(GetParam());
  settings.sign_in = PasswordSignInSettings{};
  LdapPasswords none{settings, {}, clock};
  EXPECT_EQ(none.check("amira", "right").error().code, Code::Unavailable);
}

TEST(AdPasswords, OfADomainsAdministratorsAreNotSent) {
  SchoolDirectory school{DirectoryKind::ActiveDirectory};
  school.person("root", "", {{"adminCount", {"1"}}});
  StillClock clock;
  DirectorySettings settings = school_settings(DirectoryKind::ActiveDirectory);
  settings.server.urls = {parse_directory_url("ldaps://dc1.example").value()};
  settings.sign_in = PasswordSignInSettings{};
  const auto open = [&](const DirectoryUrl&, const std::string& dn,
                        const std::string&) -> Result<std::unique_ptr<Directory>> {
    EXPECT_EQ(dn.find("root"), dn.npos);
    if (!dn.empty()) return fail(Code::Denied, "wrong");
    return std::unique_ptr<Directory>(std::make_unique<Shared>(school.server));
  };
  EXPECT_EQ(LdapPasswords(settings, open, clock).check("root", "right").value(), Word::NotTried);
}

INSTANTIATE_TEST_SUITE_P(Kinds, Passwords,
                         testing::Values(DirectoryKind::OpenLdap, DirectoryKind::ActiveDirectory),
                         [](const auto& kind) {
                           return kind.param == DirectoryKind::OpenLdap ? "OpenLdap" : "Ad";
                         });

}  // namespace
}  // namespace assent::directory
