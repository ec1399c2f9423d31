#pragma once
// What an administrator may set on a Windows machine. packaging/windows/README.md is the manual. A
// wrong setting is reported and left at its default: it never ends a logon.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/bytes.h"

namespace assent::windows {

// HKLM\SOFTWARE\Policies\Assent, and under it HKLM\SOFTWARE\Assent, value by value. Nothing: not
// there, or of another type.
class SettingValues {
 public:
  virtual ~SettingValues() = default;
  virtual std::optional<std::string> text(std::string_view name) const = 0;  // REG_SZ
  virtual std::optional<std::vector<std::string>> texts(std::string_view name) const = 0;
  virtual std::optional<std::uint32_t> number(std::string_view name) const = 0;  // REG_DWORD
};

enum class OnUnavailable { Open, Closed };
enum class LocalAccounts { Allow, Ask, Deny };

struct Settings {
  std::string service;        // "https://assent.example.sch.uk"
  std::optional<Digest> pin;  // of the service's public key: WinHttpSettings::pin
  OnUnavailable on_unavailable = OnUnavailable::Open;
  bool disabled = false;  // the kill switch: everybody is let in, and nobody is asked
  LocalAccounts local_accounts = LocalAccounts::Allow;  // of the machine itself
  // Whose accounts are people of this school; empty: every domain's. Two domains that trust each
  // other may have one login for two people.
  std::vector<std::string> domains;
  std::vector<std::string> excluded_accounts;  // "SCHOOL\name", ".\name", or "name" of any domain
  // SIDs. Unless set, those who administer the machine.
  std::vector<std::string> excluded_groups = {"S-1-5-32-544"};
  int deadline_ms = 3000;  // 500 to 10,000: for each question of a logon
  bool banner = false;     // the rules in short are kept as Windows' logon notice
  std::string help;        // whom to talk to where the service cannot say; may be empty
};

struct ReadSettings {
  Settings settings;
  std::vector<std::string> complaints;  // for the log: one line each
};

ReadSettings read_settings(const SettingValues& values);

}  // namespace assent::windows
