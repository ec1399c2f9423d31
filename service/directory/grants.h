#pragma once
// The lines that give the service account what it needs, for the directory's own tools: to be
// copied as they stand. slapd.conf and LDIF for OpenLDAP, dsacls and PowerShell for Windows.

#include "service/app/directory_settings.h"
#include "service/directory/directory.h"

namespace assent::directory {

using Lines = std::vector<std::string>;

// Whom a right is given to, and where.
struct Grantee {
  DirectoryKind kind = DirectoryKind::OpenLdap;
  std::string account;  // as the tools name it: a DN, or "assent@school.example"
  std::string suffix;   // OpenLDAP: of the database that holds the groups
  std::string dummy;    // OpenLDAP: a member for groups that must not be empty
};
// Reads what it needs to know: the account's own name, and the server's suffixes.
Result<Grantee> grantee_of(Directory& directory, const DirectorySettings& settings);

// To add and delete members of a group.
Lines grant_members(const Grantee& grantee, const std::string& group);
// To make, change and remove accounts directly below a unit, and to set their passwords.
Lines grant_accounts(const Grantee& grantee, const std::string& unit);
// A new, empty group in a unit; where groups must not be empty, with the dummy as its member.
Lines make_group(const Grantee& grantee, const std::string& name, const std::string& unit);
// OpenLDAP: the dummy as a member that stays, so that a group may lose all others.
Lines add_dummy(const Grantee& grantee, const std::string& group);

}  // namespace assent::directory
