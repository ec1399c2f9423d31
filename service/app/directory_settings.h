#pragma once
// What a school says of its directory: where it is, who asks, and what its words mean. Values only,
// read by config/ and used by directory/; nothing here talks to a server.

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/base/time.h"
#include "service/app/password_check.h"

namespace assent {

enum class DirectoryKind : std::uint8_t { OpenLdap, ActiveDirectory };

// "ldaps://dc1.school.example" or "ldap://…", with a port or without.
struct DirectoryUrl {
  std::string text;
  std::string host;          // without brackets
  bool is_ldaps = true;      // TLS from the first byte; else StartTLS
  bool is_loopback = false;  // a literal of this machine: 127.0.0.0/8 or ::1
  friend bool operator==(const DirectoryUrl&, const DirectoryUrl&) = default;
};
// Invalid, saying why, for anything else: no path, no user, no other scheme.
Result<DirectoryUrl> parse_directory_url(const std::string& text);

struct DirectoryServer {
  std::vector<DirectoryUrl> urls;  // tried in order
  bool plain = false;              // without TLS: for tests, and to a loopback literal alone
  std::string ca_file = "/etc/ssl/certs/ca-certificates.crt";
  std::string bind_dn;         // on Active Directory also "assent@school.example"
  std::string password_file;   // 0600; read at every connection, so that a new one needs no restart
  milliseconds timeout{5000};  // of each call: connecting, TLS, signing in, a page, a change
};

// One ordered rule about accounts. For each fact, the first rule that matches and names it decides.
// A value is taken as it stands, or from an attribute: "attr:departmentNumber".
struct DirectoryRule {
  std::vector<std::string> who;  // any of "ou:…", "group:…", "attr:NAME=VALUE", "*"
  std::string role, year, stage, kind;
};

// Where accounts with an end are made (ending_accounts.h), and what they are bound to.
struct EndingAccountSettings {
  std::string unit;           // DN; they are directly below it, and nobody else is
  std::string primary_group;  // Active Directory: name of the group that they have instead of
                              // Domain Users
  std::string policy;         // OpenLDAP: DN of the password policy that makes their end hold
};

struct DirectorySettings {
  bool gives_roster = false;              // people come from it; else it is only written to
  std::optional<minutes> read_every{60};  // all of it, if people do; none: by hand alone
  DirectoryKind kind = DirectoryKind::OpenLdap;
  DirectoryServer server;
  std::string base;         // people are below it
  std::string group_base;   // groups are below it
  std::string placeholder;  // DN of a member who is nobody, for groups that may not be empty
  std::string people;       // the filter that finds them
  // Attributes.
  std::string login, name, form;           // `form` may be empty
  std::map<std::string, std::string> ids;  // external ids beside the directory's own: {"mis_id", …}
  std::vector<DirectoryRule> rules;
  std::map<std::string, std::string> roles;  // the directory's role to ours
  // What the school's own rules ask about: all other groups and units stay out of people's facts,
  // so that people who are treated alike have the same ones.
  std::vector<std::string> groups, ous;
  // The groups of the school's levels, by name: what the account adds members to and takes them
  // from. Empty without levels.
  std::vector<std::string> level_groups;
  std::optional<EndingAccountSettings> accounts;  // none: the service makes no accounts
  std::optional<PasswordSignInSettings> sign_in;  // none: nobody signs in with it
};

}  // namespace assent
