#include "admin-cli/settings.h"

#include "admin-cli/files.h"
#include "core/base/text.h"
#include "core/formats/toml.h"

namespace assent::cli {
namespace {

constexpr std::size_t kMaxText = 1024;

// A path in the file may begin with the person's own folder.
std::string at_home(const std::string& path, const Environment& environment) {
  return path.starts_with("~/") ? environment("HOME") + path.substr(1) : path;
}

std::string usual_file(const Environment& environment) {
  const std::string config = environment("XDG_CONFIG_HOME"), home = environment("HOME");
  if (!config.empty()) return config + "/assent/ctl.toml";
  return home.empty() ? "" : home + "/.config/assent/ctl.toml";
}

Result<Settings> parse_file(const std::string& path, const Environment& environment) {
  ASSENT_TRY(const std::string toml, read_file(path, FileLimits::kSettings));
  ASSENT_TRY(const Value value, parse_toml(toml, path));
  Fields fields(value);
  Settings out;
  out.url = fields.optional_text("url", kMaxText).value_or("");
  out.token_file = at_home(fields.optional_text("token_file", kMaxText).value_or(""), environment);
  out.ca_file = at_home(fields.optional_text("ca", kMaxText).value_or(""), environment);
  out.school = fields.optional_text("school", kMaxText).value_or("");
  if (const Status read = fields.finish(); !read)
    return fail(Code::Invalid, path + ": " + read.error().message);
  return out;
}

}  // namespace

const std::vector<Option>& common_options() {
  static const std::vector<Option> kOptions{
      {"--json", "", "one JSON document instead of words"},
      {"--dry-run", "", "change nothing; say what would change"},
      {"--school", "NAME", "which school, where the service has more than one"},
      {"--url", "URL", "the service (or ASSENT_URL), https://… or http://127.0.0.1:8310"},
      {"--token-file", "FILE", "your token, readable by you alone (or ASSENT_TOKEN_FILE)",
       Takes::File},
      {"--ca", "FILE", "certificates to trust, PEM (or ASSENT_CA)", Takes::File},
      {"--config", "FILE", "settings, instead of ~/.config/assent/ctl.toml", Takes::File}};
  return kOptions;
}

Result<Settings> read_settings(const Given& given, const Environment& environment) {
  Settings out;
  const bool named = given.has("--config");
  const std::string path = named ? given.text("--config") : usual_file(environment);
  if (named || (!path.empty() && is_file(path))) {
    ASSENT_TRY(out, parse_file(path, environment));
  }
  const auto override_with = [&](std::string& setting, const char* variable, const char* option) {
    if (variable && !environment(variable).empty()) setting = environment(variable);
    if (given.has(option)) setting = given.text(option);
  };
  override_with(out.url, "ASSENT_URL", "--url");
  override_with(out.token_file, "ASSENT_TOKEN_FILE", "--token-file");
  override_with(out.ca_file, "ASSENT_CA", "--ca");
  override_with(out.school, nullptr, "--school");
  out.json = given.has("--json");
  out.dry_run = given.has("--dry-run");
  return out;
}

}  // namespace assent::cli
