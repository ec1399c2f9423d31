// Staff signed in to pages: whom the edge's word makes somebody, and for how long.

#include "service/app/sign_in.h"

#include <gtest/gtest.h>

#include "tests/support/guest_rig.h"

namespace assent {
namespace {

struct SignInTest : testing::Test, GuestRig {
  SignIn by(const std::string& source) {
    return SignIn({*registry, store.people, access_key, clock, random, {"https://id", source}});
  }
  static std::string cookie(const std::string& value) {
    return "theme=dark; " + std::string(SignIn::kCookie) + "=" + value + "; x=y";
  }
  std::string open() { return by("login").open(school(), ahmed).value(); }

  SignedIn ahmed{"https://id", "sub-1", "r.ahmed@school.example"};
};

TEST_F(SignInTest, WhoTheSchoolKnowsIsSignedInWithTheirRoles) {
  const SignIn pages = by("login");
  const PageSession session = pages.session(cookie(open())).value();
  EXPECT_EQ(session.actor.person.key, host.key);
  EXPECT_EQ(session.actor.scope, "staff");
  EXPECT_EQ(session.school, &school());
  EXPECT_EQ(desk.actor_of(session.actor, school()).roles,
            (std::vector<std::string>{"reception", "teacher"}));
}

TEST_F(SignInTest, ASessionEndsAndGoesWithThePerson) {
  const std::string value = open();
  clock.time += SignIn::kLife - milliseconds{1};
  EXPECT_TRUE(by("login").session(cookie(value)));
  clock.time += milliseconds{1};
  EXPECT_EQ(by("login").session(cookie(value)).error().code, Code::Denied);
  const std::string again = open();
  PersonRow gone = store.people.person(host.key).value();
  gone.state = PersonState::Left;
  put(gone);
  EXPECT_FALSE(by("login").session(cookie(again)));
  EXPECT_FALSE(by("login").open(school(), ahmed));
}

TEST_F(SignInTest, NobodyMakesASessionOrAFormOfTheirOwn) {
  const std::string value = open();
  for (const std::string& wrong :
       {std::string(), std::string("x"), value.substr(1), value + "a", value.substr(0, 40)})
    EXPECT_FALSE(by("login").session(cookie(wrong)));
  EXPECT_FALSE(by("login").session("not" + cookie(value).substr(12)));
  const PageSession mine = by("login").session(cookie(value)).value();
  const PageSession other = by("login").session(cookie(open())).value();
  EXPECT_TRUE(SignIn::is_own(mine, mine.form_token));
  EXPECT_FALSE(SignIn::is_own(mine, other.form_token));
  EXPECT_FALSE(SignIn::is_own(mine, ""));
}

TEST_F(SignInTest, AnotherIssuerAndAnotherAccountAreNobody) {
  SignedIn wrong = ahmed;
  wrong.issuer = "https://elsewhere";
  EXPECT_FALSE(by("login").open(school(), wrong));
  for (const char* login :
       {"", "@school.example", "nobody@school.example", "../x", "Name of r.ahmed"}) {
    wrong = ahmed;
    wrong.login = login;
    EXPECT_EQ(by("login").open(school(), wrong).error().code, Code::Denied) << login;
  }
  EXPECT_FALSE(by("login").open(school(2), ahmed));  // another school's
}

// An id of another source is not this one, though the search finds both.
TEST_F(SignInTest, APersonIsFoundByTheRightSourcesIdAlone) {
  put(IdentityRow{"entra", "sub-1", host.key, 1});
  put(IdentityRow{"mis_id", "sub-2", teacher.person.key, 1});
  ahmed.login.clear();
  EXPECT_TRUE(by("entra").open(school(), ahmed));
  ahmed.subject = "sub-2";
  EXPECT_FALSE(by("entra").open(school(), ahmed));
  ahmed.subject = "r.ahmed";
  EXPECT_FALSE(by("entra").open(school(), ahmed));
}

TEST_F(SignInTest, NeitherAGuestNorASharedAccountSignsIn) {
  (void)person("class", {{"kind", "shared"}});
  const IssuedGuest guest = issue();
  for (const std::string& login : {std::string("class"), guest.row.guest.account}) {
    ahmed.login = login;
    EXPECT_FALSE(by("login").open(school(), ahmed)) << login;
  }
}

}  // namespace
}  // namespace assent
