#include "service/config/directory_section.h"

#include <algorithm>

#include "service/config/reading.h"
#include "service/domain/roles.h"

namespace assent {
namespace {

constexpr std::size_t kTextMax = 1024;  // of DNs, filters and paths
constexpr std::size_t kNameMax = 64;
constexpr std::size_t kUrlsMax = 4;  // asking them all must not take longer than an answer may
constexpr std::size_t kRulesMax = 200, kListMax = 50, kAttributesMax = 20;
constexpr std::int64_t kSecondsMax = 30;
constexpr std::string_view kAttribute = "attr:";

// Short names of RFC 4512: letters, digits and '-', beginning with a letter.
bool is_attribute(std::string_view name) {
  const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
  return !name.empty() && name.size() <= kNameMax && is_letter(name.front()) &&
         std::ranges::all_of(
             name, [&](char c) { return is_letter(c) || (c >= '0' && c <= '9') || c == '-'; });
}

void set_defaults(DirectorySettings& out) {
  const bool ad = out.kind == DirectoryKind::ActiveDirectory;
  out.people = ad ? "(&(objectCategory=person)(objectClass=user))" : "(objectClass=inetOrgPerson)";
  out.login = ad ? "sAMAccountName" : "uid";
  out.name = "displayName";
}

void read_urls(Fields& fields, const Value& table, DirectoryServer& server) {
  for (const std::string& text : one_or_more(fields, table, "url", kTextMax, kUrlsMax))
    server.urls.push_back(fields.accept("url", parse_directory_url(text)));
  if (server.urls.empty())
    fields.reject("url", "is missing: such as \"ldaps://dc1.example.sch.uk\"");
  const auto tls = fields.optional_text("tls", kNameMax);
  if (!tls) return;
  server.plain = *tls == "none";
  if (!server.plain) fields.reject("tls", "may only be \"none\": TLS is never off elsewhere");
  for (const DirectoryUrl& url : server.urls)
    if (url.is_ldaps || !url.is_loopback)
      fields.reject("tls", "is \"none\" for ldap://127.0.0.1 or ldap://[::1] alone: for tests");
}

void read_server(Fields& fields, const Value& table, DirectoryServer& server) {
  read_urls(fields, table, server);
  server.bind_dn = fields.text("bind_dn", kTextMax);
  server.password_file = fields.text("password_file", kTextMax);
  server.ca_file = fields.optional_text("ca_file", kTextMax).value_or(server.ca_file);
  server.timeout =
      seconds{fields.integer_or("timeout_seconds", server.timeout.count() / 1000, 1, kSecondsMax)};
}

// One of "login", "name", "form", "mis_id", "id:NAME" to the directory's name for it.
void take_attribute(Fields& fields, const std::string& ours, const std::string& theirs,
                    DirectorySettings& out) {
  constexpr std::string_view kOtherId = "id:";
  if (!is_attribute(theirs)) fields.reject("attributes", "\"" + theirs + "\" is no attribute");
  if (ours == "login")
    out.login = theirs;
  else if (ours == "name")
    out.name = theirs;
  else if (ours == "form")
    out.form = theirs;
  else if (ours == "mis_id")
    out.ids[ours] = theirs;
  else if (ours.starts_with(kOtherId) && check_name(ours.substr(kOtherId.size())))
    out.ids[ours.substr(kOtherId.size())] = theirs;
  else
    fields.reject("attributes", "\"" + ours + "\" must be login, name, form, mis_id or id:NAME");
}

void read_attributes(Fields& fields, DirectorySettings& out) {
  const Value* table = fields.any("attributes");
  if (!table) return;
  if (!table->object() || table->object()->size() > kAttributesMax)
    return fields.reject("attributes", "must be a table, such as { login = \"uid\" }");
  for (const auto& [ours, theirs] : *table->object())
    take_attribute(fields, ours, theirs.text() ? *theirs.text() : "", out);
}

void check_who(Fields& fields, const std::string& who) {
  const std::string_view text = who;
  const std::size_t colon = text.find(':');
  const std::string_view value = colon == text.npos ? "" : text.substr(colon + 1);
  const bool good =
      text == "*" || (text.starts_with("ou:") && !value.empty()) ||
      (text.starts_with("group:") && !value.empty()) ||
      (text.starts_with(kAttribute) && is_attribute(value.substr(0, value.find('='))));
  if (!good)
    fields.reject("who", "\"" + who + "\" must be ou:NAME, group:NAME, attr:NAME=VALUE or \"*\"");
}

// A value as it stands, or "attr:NAME"; `check` says what is wrong with one as it stands.
template <class Check>
std::string value_of(Fields& fields, std::string_view key, const Check& is_known,
                     const std::string& known) {
  const std::string text = fields.optional_text(key, kNameMax).value_or("");
  const bool from_attribute = text.starts_with(kAttribute);
  if (from_attribute && !is_attribute(std::string_view(text).substr(kAttribute.size())))
    fields.reject(key, "\"" + text + "\" names no attribute");
  if (!text.empty() && !from_attribute && !is_known(text))
    fields.reject(key, "\"" + text + "\" must be " + known);
  return text;
}

DirectoryRule rule_of(Fields& fields, const Value& item) {
  DirectoryRule out;
  out.who = one_or_more(fields, item, "who", kTextMax, kListMax);
  if (out.who.empty()) fields.reject("who", "is missing: which accounts is this rule for?");
  for (const std::string& who : out.who) check_who(fields, who);
  const auto anything = [](const std::string&) { return true; };
  const auto role = [](const std::string& text) { return is_one_of(kRoles, text); };
  const auto kind = [](const std::string& text) { return is_one_of(kKinds, text); };
  out.role = value_of(fields, "role", role, listed(kRoles) + ", or attr:NAME");
  out.year = value_of(fields, "year", anything, "");
  out.stage = value_of(fields, "stage", anything, "");
  out.kind = value_of(fields, "kind", kind, listed(kKinds) + ", or attr:NAME");
  if ((out.role + out.year + out.stage + out.kind).empty())
    fields.reject("role", "is missing: a rule says role, year, stage or kind");
  return out;
}

Status read_rules(Fields& fields, DirectorySettings& out) {
  for (const Value& item : fields.array("rules", kRulesMax)) {
    Fields rule(item, "directory.rules[" + std::to_string(out.rules.size() + 1) + "]");
    out.rules.push_back(rule_of(rule, item));
    ASSENT_CHECK(rule.finish());
  }
  return {};
}

// What the school's rules ask about, each once.
std::vector<std::string> asked_about(const School& school, std::string_view key) {
  std::vector<std::string> out;
  for (const auto* rules : {&school.audience, &school.add_on})
    for (const AudienceRule& rule : *rules)
      for (const std::string_view who : rule.who)
        if (who.starts_with(key) && std::ranges::find(out, who.substr(key.size())) == out.end())
          out.emplace_back(who.substr(key.size()));
  return out;
}

Result<std::optional<EndingAccountSettings>> read_accounts(const Value* table, DirectoryKind kind) {
  if (!table) return std::optional<EndingAccountSettings>{};
  Fields fields(*table, "directory.accounts");
  EndingAccountSettings out;
  out.unit = fields.text("unit", kTextMax);
  if (kind == DirectoryKind::ActiveDirectory)
    out.primary_group = fields.text("primary_group", kNameMax);
  else
    out.policy = fields.text("policy", kTextMax);
  return fields.finish(std::optional{std::move(out)});
}

Result<std::optional<PasswordSignInSettings>> read_sign_in(const Value* table) {
  constexpr std::int64_t kLocksMost = 1000, kMinutesMost = 7 * 24 * 60;
  if (!table) return std::optional<PasswordSignInSettings>{};
  Fields fields(*table, "directory.sign_in");
  PasswordSignInSettings out;
  for (const std::string& text : one_or_more(fields, *table, "from", kNameMax, kListMax))
    out.from.push_back(fields.accept("from", parse_address_range(text)));
  for (const AddressRange& range : out.from)
    if (range.is_everybody()) fields.reject("from", "is everybody: only the site's own networks");
  if (out.from.empty())
    fields.reject("from", "is missing: the networks of the site, such as \"10.20.0.0/16\"");
  out.locks_after = unsigned(fields.integer("locks_after", 0, kLocksMost));
  if (out.locks_after > 0 && out.locks_after <= kTriesLeftOver)
    fields.reject("locks_after", "leaves no try at all: the directory locks too early for this");
  const auto within = fields.integer_or("within_minutes", 0, 0, kMinutesMost);
  if (within > 0) out.within = minutes{within};
  out.never = one_or_more(fields, *table, "never", kNameMax, kListMax);
  return fields.finish(std::optional{std::move(out)});
}

DirectoryKind kind_of(Fields& fields) {
  const std::string kind = fields.text("kind", kNameMax);
  if (kind != "openldap" && kind != "ad") fields.reject("kind", "must be \"openldap\" or \"ad\"");
  return kind == "ad" ? DirectoryKind::ActiveDirectory : DirectoryKind::OpenLdap;
}

}  // namespace

Result<std::optional<DirectorySettings>> read_directory(const Value* table, const School& school) {
  if (!table) return std::optional<DirectorySettings>{};
  Fields fields(*table, "directory");
  DirectorySettings out;
  out.kind = kind_of(fields);
  set_defaults(out);
  read_server(fields, *table, out.server);
  out.base = fields.text("base", kTextMax);
  out.group_base = fields.optional_text("group_base", kTextMax).value_or(out.base);
  out.placeholder = fields.optional_text("placeholder", kTextMax).value_or("");
  out.people = fields.optional_text("people", kTextMax).value_or(out.people);
  if (!out.people.starts_with('(') || !out.people.ends_with(')'))
    fields.reject("people", "must be a filter, such as \"(objectClass=person)\"");
  read_attributes(fields, out);
  ASSENT_CHECK(read_rules(fields, out));
  ASSENT_TRY(out.accounts, read_accounts(fields.any("accounts"), out.kind));
  ASSENT_TRY(out.sign_in, read_sign_in(fields.any("sign_in")));
  out.groups = asked_about(school, "group:");
  out.ous = asked_about(school, "ou:");
  for (const std::string& level : school.levels.levels)
    out.level_groups.push_back(school.filter.group(level));
  return fields.finish(std::optional{std::move(out)});
}

}  // namespace assent
