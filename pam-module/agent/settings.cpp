// Reads the agent's configuration file, strictly.
#include "pam-module/agent/settings.h"

#include <algorithm>
#include <array>

#include "core/base/text.h"
#include "core/base/value.h"
#include "core/files/files.h"
#include "core/formats/toml.h"

namespace assent::agent {
namespace {

constexpr std::size_t kMaxFile = 16 * 1024, kMaxUrl = 512, kMaxPath = 1024;
constexpr std::size_t kMaxSocketPath = 107;  // sun_path, less its NUL
constexpr std::array<std::string_view, 4> kLevels{"debug", "info", "warning", "error"};

std::string path_or(Fields& fields, std::string_view key, const std::string& otherwise,
                    std::size_t max = kMaxPath) {
  std::string path = fields.optional_text(key, max).value_or(otherwise);
  if (!path.empty() && path.front() != '/') fields.reject(key, "must begin with /");
  if (const Status line = check_line(path, max); !line) fields.reject(key, line.error().message);
  return path;
}

}  // namespace

Result<Settings> parse_settings(std::string_view toml, std::string_view name) {
  ASSENT_TRY(const Value value, parse_toml(toml, name));
  Fields fields(value);
  Settings out;
  out.service = fields.text("service", kMaxUrl);
  out.ca_file = path_or(fields, "ca_file", out.ca_file);
  out.state_dir = path_or(fields, "state_dir", out.state_dir);
  out.socket = path_or(fields, "socket", out.socket, kMaxSocketPath);
  out.deadline_ms = int(fields.integer_or("deadline_ms", out.deadline_ms, 100, 60'000));
  out.log_level = fields.optional_text("log_level", 16).value_or(out.log_level);
  if (std::ranges::find(kLevels, out.log_level) == kLevels.end())
    fields.reject("log_level", "must be debug, info, warning or error");
  if (const Status status = fields.finish(); !status)
    return fail(Code::Invalid, std::string(name) + ": " + status.error().message);
  return out;
}

Result<Settings> read_settings(const std::string& path) {
  ASSENT_TRY(const std::string toml, read_file(path, kMaxFile, Readable::ByAnybody));
  return parse_settings(toml, path);
}

}  // namespace assent::agent
