#include "service/config/policy_section.h"

#include <algorithm>

namespace assent {
namespace {

constexpr std::size_t kTextMax = 128;
constexpr std::size_t kPoliciesMax = 64;
constexpr std::int64_t kLaterMax = 20;
constexpr std::string_view kLevel = "level:";
constexpr std::string_view kTell = "tell-";

std::string_view trimmed(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  return text;
}

Outcome outcome(Fields& fields, std::string_view key, Outcome fallback) {
  const auto text = fields.optional_text(key, kTextMax);
  if (!text) return fallback;
  return fields.accept(key, parse_outcome(*text, std::move(fallback)));
}

unsigned later(const Value* value, const std::string& path, Status& status) {
  const PolicySettings defaults;
  if (!value) return defaults.later_times;
  Fields fields(*value, path + ".later");
  const auto times = fields.integer("times", 0, kLaterMax);
  status = fields.finish();
  return unsigned(times);
}

Result<PolicySettings> read_policy(const Value& value, const std::string& path) {
  Fields fields(value, path);
  PolicySettings out;
  if (const auto text = fields.optional_text("enforcement", kTextMax))
    out.enforcement = fields.accept("enforcement", parse_enforcement(*text));
  if (const auto text = fields.optional_text("first", kTextMax)) {
    if (*text != "agree" && *text != "acknowledge")
      fields.reject("first", "must be \"agree\" or \"acknowledge\"");
    out.first = *text == "acknowledge" ? Mode::Acknowledge : Mode::Agree;
  }
  Status good_later;
  out.later_times = later(fields.any("later"), path, good_later);
  ASSENT_CHECK(good_later);
  out.on_decline = outcome(fields, "on_decline", out.on_decline);
  out.on_help = outcome(fields, "on_help", out.on_help);
  return fields.finish(std::move(out));
}

}  // namespace

Result<Outcome> parse_outcome(std::string_view text, Outcome fallback) {
  Outcome out = std::move(fallback);
  out.tell.clear();
  while (!text.empty()) {
    const std::string_view part = text.substr(0, text.find(','));
    text.remove_prefix(std::min(part.size() + 1, text.size()));
    const std::string_view word = trimmed(part);
    if (word == "refuse")
      out.let_in = false;
    else if (word.starts_with(kLevel) && check_name(word.substr(kLevel.size())))
      out.level = word.substr(kLevel.size());
    else if (word.starts_with(kTell) && check_name(word.substr(kTell.size())))
      out.tell = word.substr(kTell.size());
    else
      return fail(Code::Invalid, "must be \"refuse\", or such as \"level:supervised, tell-head\"");
  }
  return out;
}

Result<std::map<PolicyName, PolicySettings>> read_policies(const Value* tables) {
  std::map<PolicyName, PolicySettings> out;
  if (!tables) return out;
  if (!tables->object() || tables->object()->size() > kPoliciesMax)
    return fail(Code::Invalid, "policy must be tables: write [policy.student]");
  for (const auto& [name, value] : *tables->object()) {
    const std::string path = "policy." + name;
    if (!check_name(name)) return fail(Code::Invalid, path + " is not a policy's name");
    ASSENT_TRY(out[{name}], read_policy(value, path));
  }
  return out;
}

}  // namespace assent
