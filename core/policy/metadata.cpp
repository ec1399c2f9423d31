#include "core/policy/metadata.h"

#include <algorithm>

#include "core/base/text.h"
#include "core/formats/toml.h"
#include "core/policy/fault.h"
#include "core/unicode/unicode.h"

namespace assent {
namespace {

// The line of the `nth` line that begins with `start` and a space, '=' or ']'; else 1.
int line_of(std::string_view text, std::string_view start, std::size_t nth = 0) {
  int line = 1;
  for (std::size_t at = 0; at < text.size(); ++line) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    std::string_view words = text.substr(at, end - at);
    words.remove_prefix(std::min(words.find_first_not_of(" \t"), words.size()));
    if (words.starts_with(start) && nth-- == 0) return line;
    at = end + 1;
  }
  return 1;
}

// Fields names the member first: "mode must be ...".
Status at_line(const Status& read, std::string_view toml, std::string_view path) {
  if (read) return {};
  const std::string& message = read.error().message;
  return fault(path, line_of(toml, message.substr(0, message.find_first_of(" ."))), message);
}

Result<MonthDay> parse_month_day(std::string_view text) {
  // A year that is no leap year: 29 February would come every fourth year only.
  const auto date = parse_date("2001-" + std::string(text));
  if (!date) return fail(Code::Invalid, "must be a day of every year, such as \"09-01\"");
  return MonthDay{unsigned(date->month()), unsigned(date->day())};
}

// Text that pages and terminals show as it is.
Result<std::string> shown(std::string_view text) {
  ASSENT_CHECK(check_line(text, text.size()));
  return nfc(text);
}

std::string label(Fields& fields, std::string_view key, std::size_t max) {
  return fields.accept(key, shown(fields.text(key, max)));
}

// Its normal form may be longer than what was written.
Result<std::string> parse_banner(std::string_view text) {
  ASSENT_TRY(std::string banner, shown(text));
  if (banner.size() > PolicyLimits::kBanner)
    return fail(Code::Invalid,
                "is longer than " + std::to_string(PolicyLimits::kBanner) + " bytes");
  return banner;
}

std::vector<std::string> labels(Fields& fields, std::string_view key) {
  auto out = fields.texts(key, PolicyLimits::kLabel, PolicyLimits::kApprovals);
  for (std::string& text : out) text = fields.accept(key, shown(text));
  return out;
}

// A date that may be left out.
Date optional_date(Fields& fields, std::string_view key, Date fallback) {
  const auto text = fields.optional_text(key, 10);
  return text ? fields.accept(key, parse_date(*text)) : fallback;
}

Date required_date(Fields& fields, std::string_view key) {
  const std::string text = fields.text(key, 10);
  return text.empty() ? Date{} : fields.accept(key, parse_date(text));
}

Result<Approval> read_approval(const Value& value) {
  Fields fields(value);
  Approval out;
  out.body = label(fields, "body", PolicyLimits::kLabel);
  out.by = label(fields, "by", PolicyLimits::kLabel);
  out.on = required_date(fields, "on");
  return fields.finish(out);
}

Status read_approvals(const Array& array, std::string_view toml, std::string_view path,
                      PolicyVersion& version) {
  for (std::size_t i = 0; i < array.size(); ++i) {
    auto approval = read_approval(array[i]);
    if (!approval)
      return fault(path, line_of(toml, "[[approved]]", i),
                   "[[approved]] " + approval.error().message);
    version.approvals.push_back(*std::move(approval));
  }
  return {};
}

}  // namespace

Status read_policy_toml(std::string_view toml, std::string_view path, PolicyVersion& version) {
  ASSENT_TRY(const Value value, parse_toml(toml, path));
  Fields fields(value);
  version.title = label(fields, "title", PolicyLimits::kHeading);
  version.audience = label(fields, "audience", PolicyLimits::kLabel);
  version.owner = label(fields, "owner", PolicyLimits::kLabel);
  version.approving_body = label(fields, "approving_body", PolicyLimits::kLabel);
  version.adopted = required_date(fields, "adopted");
  version.next_review = optional_date(fields, "next_review", Date{});
  version.approvals_needed = labels(fields, "approvals");
  if (fields.any("next_review") && version.next_review <= version.adopted)
    fields.reject("next_review", "must come after adopted");
  return at_line(fields.finish(), toml, path);
}

Status read_version_toml(std::string_view toml, std::string_view path, PolicyVersion& version) {
  ASSENT_TRY(const Value value, parse_toml(toml, path));
  Fields fields(value);
  version.mode = fields.accept("mode", parse_mode(fields.text("mode", 16)));
  version.effective = required_date(fields, "effective");
  version.enforced_from = optional_date(fields, "enforced_from", version.effective);
  if (version.enforced_from < version.effective)
    fields.reject("enforced_from", "must not come before effective");
  if (const auto renew = fields.optional_text("renew", 5))
    version.renew = fields.accept("renew", parse_month_day(*renew));
  if (const auto banner = fields.optional_text("banner", PolicyLimits::kBanner))
    version.banner = fields.accept("banner", parse_banner(*banner));
  const Array& approved = fields.array("approved", PolicyLimits::kApprovals);
  ASSENT_CHECK(at_line(fields.finish(), toml, path));
  return read_approvals(approved, toml, path, version);
}

Status check_approved(const PolicyVersion& version) {
  if (version.next_review == Date{})
    return fail(Code::Denied,
                "policy.toml: next_review is missing. A policy is published with the day of its "
                "next review: add next_review = 2027-07-01");
  if (version.approvals_needed.empty())
    return fail(Code::Denied,
                "policy.toml: approvals is missing. A policy says who must approve it: add "
                "approvals = [\"governors\"]");
  for (const std::string& body : version.approvals_needed) {
    if (std::ranges::find(version.approvals, body, &Approval::body) != version.approvals.end())
      continue;
    return fail(Code::Denied, std::to_string(version.number) + "/version.toml: approval by \"" +
                                  body +
                                  "\" is missing. When they have approved it, add [[approved]] "
                                  "with body, by and on");
  }
  return {};
}

}  // namespace assent
