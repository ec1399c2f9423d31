#pragma once
// Who logs on, as this machine alone sees it, and whether the gate is for them at all.

#include <string>
#include <string_view>
#include <vector>

#include "winlogon-shim/domain/settings.h"

namespace assent::windows {

struct Account {
  // "SCHOOL" and "amira.hussain"; the machine's name for its own accounts. Empty: not looked up.
  std::string domain, login;
  std::string sid;                  // "S-1-5-21-…"
  std::vector<std::string> groups;  // SIDs of the token, those for denying only included
  bool machine_local = false;       // of the machine itself: nobody in the school's directory
};

// Decided before any exchange with the service.
enum class Standing {
  Person,  // of the school, as far as this machine knows: the gate decides
  Spared,  // excluded, an account of Windows itself, or the kill switch is on
  Local,   // of the machine itself or another school's domain, let in without a question
  KeptOut  // the same where LocalAccounts says so
};
Standing standing_of(const Account& account, const Settings& settings);

}  // namespace assent::windows
