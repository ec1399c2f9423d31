// Who unlocks a session of their own is told from who begins one.

#include "winlogon-shim/provider/sessions.h"

#include <gtest/gtest.h>

namespace assent::provider {
namespace {

struct Case {
  Account typed;
  const wchar_t *domain, *login;  // of the session
  bool theirs;
};

TEST(Sessions, BelongToWhoHasTheirNameAndDomain) {
  for (const Case& c : {Case{{"KINGSMEAD", "ann"}, L"KINGSMEAD", L"ann", true},
                        Case{{"kingsmead", "ANN"}, L"KINGSMEAD", L"ann", true},
                        Case{{"KINGSMEAD", "siân"}, L"KINGSMEAD", L"SIÂN", true},
                        Case{{"KINGSMEAD", "ann"}, L"CARRE", L"ann", false},
                        Case{{"KINGSMEAD", "ann"}, L"KINGSMEAD", L"anna", false},
                        Case{{"KINGSMEAD", "ann"}, L"", L"", false}})
    EXPECT_EQ(is_session_of(c.typed, c.domain, c.login, L"LAB-12"), c.theirs) << c.typed.login;
}

TEST(Sessions, WithoutADomainAreThisComputers) {
  for (const char* domain : {"", "."}) {
    EXPECT_TRUE(is_session_of({domain, "ann"}, L"LAB-12", L"ann", L"LAB-12")) << domain;
    EXPECT_FALSE(is_session_of({domain, "ann"}, L"KINGSMEAD", L"ann", L"LAB-12")) << domain;
  }
}

// Terminal Services list sessions that nobody is logged on to: the one of LogonUI itself.
TEST(Sessions, OfNobodyAreNobodys) {
  EXPECT_FALSE(is_session_of({"", ""}, L"", L"", L""));
  EXPECT_FALSE(is_session_of({"\xff", "ann"}, L"", L"ann", L""));
}

TEST(Sessions, OfThisComputerCanBeListed) {
  EXPECT_FALSE(TerminalSessions().has({"NOWHERE", "nobody"}));
}

}  // namespace
}  // namespace assent::provider
