#pragma once
// /etc/assent/agent.toml as a struct. agent.toml.5 is its manual.

#include <string>

#include "core/base/result.h"

namespace assent::agent {

struct Settings {
  std::string service;  // "https://assent.example.sch.uk", or http:// to a loopback literal
  std::string ca_file;  // PEM; for https://
  std::string state_dir = "/var/lib/assent-agent";
  std::string socket = "/run/assent/pam.sock";
  // For each question of a login, 100 to 60,000: shorter than the module waits (3000).
  int deadline_ms = 2000;
  std::string log_level = "info";  // "debug", "info", "warning", "error"
};

// Invalid, naming `name` and the place, on any key that is unknown or wrong.
Result<Settings> parse_settings(std::string_view toml, std::string_view name);
// Reads at most 16 KiB. NotFound, or Invalid for what parse_settings refuses.
Result<Settings> read_settings(const std::string& path);

}  // namespace assent::agent
