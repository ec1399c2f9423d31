// Signing in by the directory's password: on the site alone, for signing alone, in one answer to
// whatever is wrong.
#include "service/app/password_sign_in.h"

#include <gtest/gtest.h>

#include "tests/support/guest_rig.h"

namespace assent {
namespace {

constexpr const char *kInside = "10.20.1.2", *kOutside = "203.0.113.9";

struct FakePasswords final : PasswordCheck {
  Result<PasswordWord> check(const std::string& login, const std::string& password) override {
    ++asked;
    if (away) return fail(Code::Unavailable, "the directory is away");
    if (login == "root") return PasswordWord::NotTried;
    return password == "right" ? PasswordWord::Right : PasswordWord::Wrong;
  }
  bool away = false;
  int asked = 0;
};

struct PasswordSignInTest : testing::Test, GuestRig {
  PasswordSignInTest()
      : pages({*registry, store.people, access_key, clock, random, {"https://id", "login"}}),
        signing_in({pages, access_key, tries, clock, places()}) {
    student("amira");
  }
  std::map<SchoolKey, PasswordSignIn::Place> places() {
    auto fake = std::make_unique<FakePasswords>();
    passwords = fake.get();
    std::map<SchoolKey, PasswordSignIn::Place> out;
    out[1] = {{parse_address_range("10.20.0.0/16").value()}, std::move(fake)};
    return out;
  }
  Result<std::string> open(const std::string& login, const std::string& password,
                           const std::string& from = kInside) {
    const auto form = signing_in.form(school(), kInside);
    return signing_in.open(school(), from, form.value(), login, password);
  }

  FakePasswords* passwords = nullptr;
  TryLimiter tries;
  SignIn pages;
  PasswordSignIn signing_in;
};

TEST_F(PasswordSignInTest, GivesASessionForSigningAlone) {
  const std::string cookie = open("SCHOOL\\Amira", "right").value();
  const auto session = pages.session(std::string(SignIn::kCookie) + "=" + cookie).value();
  EXPECT_EQ(session.actor.person.login, "amira");
  EXPECT_TRUE(session.only_signing);
}

TEST_F(PasswordSignInTest, IsOfferedOnTheSiteAlone) {
  EXPECT_TRUE(signing_in.form(school(), kInside));
  EXPECT_FALSE(signing_in.form(school(), kOutside));
  EXPECT_FALSE(signing_in.form(school(2), kInside));
  EXPECT_FALSE(open("amira", "right", kOutside));
  EXPECT_EQ(passwords->asked, 0);
}

TEST_F(PasswordSignInTest, SaysTheSameWhateverIsWrong) {
  const Error wrong = open("amira", "wrong").error();
  EXPECT_EQ(wrong.code, Code::Denied);
  for (const char* login : {"nobody", "root", "", "a\\b\\c"})
    EXPECT_EQ(open(login, "right").error().message, wrong.message) << login;
  EXPECT_EQ(open("amira", "").error().message, wrong.message);
}

TEST_F(PasswordSignInTest, StopsWhoGuesses) {
  for (int i = 0; i < 5; ++i) EXPECT_FALSE(open("amira", "wrong"));
  const int asked = passwords->asked;
  EXPECT_FALSE(open("amira", "right"));
  EXPECT_EQ(passwords->asked, asked);
  clock.time += TryLimiter::kWindow;
  EXPECT_TRUE(open("amira", "right"));
}

TEST_F(PasswordSignInTest, TakesAFormFromWhereItWentAlone) {
  const auto form = signing_in.form(school(), kInside);
  EXPECT_FALSE(signing_in.open(school(), "10.20.1.3", *form, "amira", "right"));
  EXPECT_FALSE(signing_in.open(school(), kInside, "", "amira", "right"));
  clock.time += PasswordSignIn::kFormLife;
  EXPECT_EQ(signing_in.open(school(), kInside, *form, "amira", "right").error().code,
            Code::Conflict);
  EXPECT_EQ(passwords->asked, 0);
}

TEST_F(PasswordSignInTest, ADirectoryThatIsAwayCountsAgainstNobody) {
  passwords->away = true;
  for (int i = 0; i < 10; ++i) EXPECT_EQ(open("amira", "right").error().code, Code::Unavailable);
  passwords->away = false;
  EXPECT_TRUE(open("amira", "right"));
}

}  // namespace
}  // namespace assent
