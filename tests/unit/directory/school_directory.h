#pragma once
// A school in a fake directory: people in units, groups within groups. For tests of what reads one.

#include "service/app/directory_settings.h"
#include "tests/support/directory/fake_directory.h"

namespace assent::directory {

struct StillClock final : Clock {
  Time time = parse_rfc3339("2026-11-22T12:00:00.000Z").value();
  Time now() const override { return time; }
};

inline const std::string kBase = "ou=people,dc=school,dc=test";
inline const std::string kGroups = "ou=groups,dc=school,dc=test";

inline DirectorySettings school_settings(DirectoryKind kind) {
  DirectorySettings out;
  const bool ad = kind == DirectoryKind::ActiveDirectory;
  out.kind = kind;
  out.base = kBase;
  out.group_base = kGroups;
  out.people = ad ? "(objectClass=user)" : "(objectClass=inetOrgPerson)";
  out.login = ad ? "sAMAccountName" : "uid";
  out.name = "displayName";
  return out;
}

// An entryUUID or objectGUID for a number.
inline std::string id_value(DirectoryKind kind, std::size_t number) {
  std::string hex = std::to_string(number);
  hex.insert(0, 12 - hex.size(), '0');
  if (kind == DirectoryKind::OpenLdap) return "00000000-0000-0000-0000-" + hex;
  std::string bytes(16, '\0');
  bytes[15] = char(number & 0xff), bytes[14] = char(number >> 8 & 0xff);
  return bytes;
}

struct SchoolDirectory {
  explicit SchoolDirectory(DirectoryKind of, support::FakeHabits habits = {})
      : kind(of), server(habits) {}

  std::string person(const std::string& login, const std::string& units = "",
                     std::vector<Attribute> more = {}) {
    const std::string dn = "uid=" + login + "," + (units.empty() ? "" : units + ",") + kBase;
    const bool ad = kind == DirectoryKind::ActiveDirectory;
    more.push_back({"objectClass", {ad ? "user" : "inetOrgPerson"}});
    more.push_back({ad ? "objectGUID" : "entryUUID", {id_value(kind, ++people)}});
    more.push_back({ad ? "sAMAccountName" : "uid", {login}});
    more.push_back({"displayName", {"Name of " + login}});
    if (ad) more.push_back({"userAccountControl", {"512"}});
    server.put(dn, std::move(more));
    return dn;
  }
  std::string group(const std::string& name, std::vector<std::string> members) {
    const std::string dn = "cn=" + name + "," + kGroups;
    const bool ad = kind == DirectoryKind::ActiveDirectory;
    server.put(dn, {{"objectClass", {ad ? "group" : "groupOfNames"}},
                    {"cn", {name}},
                    {"member", std::move(members)}});
    return dn;
  }

  DirectoryKind kind;
  support::FakeDirectory server;
  std::size_t people = 0;
};

}  // namespace assent::directory
