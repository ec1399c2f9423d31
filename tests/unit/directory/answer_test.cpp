// Result codes say what the caller should do, and words what a technician should do.
#include "service/directory/answer.h"

#include <gtest/gtest.h>

namespace assent::directory {
namespace {

TEST(Answer, SaysWhatTheCallerShouldDo) {
  struct Case {
    int ldap;
    Code code;
  };
  const Case cases[] = {
      {-1, Code::Unavailable}, {-5, Code::Unavailable}, {-11, Code::Unavailable},
      {4, Code::Unavailable},  {8, Code::Denied},       {10, Code::NotFound},
      {16, Code::NotFound},    {19, Code::Invalid},     {20, Code::Conflict},
      {32, Code::NotFound},    {49, Code::Denied},      {50, Code::Denied},
      {51, Code::Unavailable}, {53, Code::Denied},      {65, Code::Invalid},
      {68, Code::Conflict},    {80, Code::Unavailable}, {123, Code::Unavailable},
  };
  for (const auto& [ldap, code] : cases) EXPECT_EQ(code_of(ldap), code) << ldap;
}

TEST(Answer, SubCodesOfActiveDirectoryBecomeWords) {
  const std::string said =
      "80090308: LdapErr: DSID-0C0903A9, comment: AcceptSecurityContext error, data %s, v1db1";
  struct Case {
    std::string sub, words;
  };
  const Case cases[] = {{"525", "no such account"},   {"52e", "password is wrong"},
                        {"52E", "password is wrong"}, {"532", "password has expired"},
                        {"533", "is disabled"},       {"701", "account has expired"},
                        {"773", "changed first"},     {"775", "is locked"}};
  for (const auto& [sub, words] : cases) {
    std::string text = said;
    text.replace(text.find("%s"), 2, sub);
    const Error error = error_of({49, text}, "cannot sign in");
    EXPECT_EQ(error.code, Code::Denied);
    EXPECT_NE(error.message.find(words), std::string::npos) << error.message;
    EXPECT_NE(error.message.find("LDAP 49: 80090308"), std::string::npos) << error.message;
  }
  EXPECT_NE(error_of({49, ""}, "x").message.find("name or the password"), std::string::npos);
  EXPECT_EQ(sub_code_of("no data here"), "");
  EXPECT_EQ(sub_code_of("data"), "");
}

TEST(Answer, TheServersTextIsSafeToPrint) {
  const Error error = error_of({50, "no\x1b[2J\nroot: \xff"}, "cannot change cn=x");
  EXPECT_EQ(error.message.find('\x1b'), std::string::npos);
  EXPECT_EQ(error.message.find('\n'), std::string::npos);
  EXPECT_EQ(error.message.find('\xff'), std::string::npos);
}

TEST(Answer, AGoodOneIsNoError) {
  EXPECT_TRUE(status_of({}, "x"));
  EXPECT_FALSE(status_of({32, ""}, "x"));
}

}  // namespace
}  // namespace assent::directory
