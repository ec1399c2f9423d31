#pragma once
// What the configuration's rules make of one account: role, year, stage, kind, and the groups and
// organisational units that the school's rules ask about. Pure.

#include "service/app/directory_settings.h"
#include "service/directory/directory.h"
#include "service/domain/school.h"

namespace assent::directory {

struct Account {
  const Entry& entry;
  std::vector<std::string> ous;     // from the top, below the base
  std::vector<std::string> groups;  // of AccountRules::groups()
};

class AccountRules {
 public:
  // `settings` must outlive it.
  explicit AccountRules(const DirectorySettings& settings);

  // Whether any rule is about organisational units.
  bool asks_for_units() const { return units_; }
  // The groups whose members must be known, each once.
  const std::vector<std::string>& groups() const { return groups_; }
  // The attributes that rules look at, each once.
  const std::vector<std::string>& attributes() const { return attributes_; }

  // Invalid for a role or kind that is not one of ours.
  Result<Profile> profile(const Account& account) const;

 private:
  std::string value_of(std::string DirectoryRule::*fact, const Account& account) const;

  const DirectorySettings& settings_;
  bool units_ = false;
  std::vector<std::string> groups_, attributes_;
  std::map<std::string, std::string> roles_;  // by the directory's, in lower case
};

// True if `who` ("ou:Students/Year 7", "group:Staff", "attr:title=Head", "*") is said of it.
// Capitals do not matter. A unit is meant wherever it stands in the path, with those named after
// it directly below.
bool is_said_of(const std::string& who, const Account& account);

}  // namespace assent::directory
