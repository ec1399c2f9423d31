#include "service/directory/ldap_roster.h"

#include <algorithm>

#include "core/base/text.h"
#include "service/directory/account_state.h"
#include "service/directory/dn.h"
#include "service/directory/limited.h"
#include "service/directory/reading.h"
#include "service/domain/login.h"

namespace assent::directory {
namespace {

constexpr std::size_t kTextMax = 1024;  // as in a roster file
constexpr std::size_t kFactMax = 128;

Failure wrong(const std::string& what, const std::string& why) {
  return fail(Code::Invalid, what + " " + why);
}

Status check_texts(const RosterPerson& person) {
  const auto check = [](const std::string& what, const std::string& text,
                        std::size_t max) -> Status {
    if (const Status safe = check_line(text, max); !safe) return wrong(what, safe.error().message);
    return {};
  };
  for (const auto& [source, id] : person.ids) ASSENT_CHECK(check(source, id, kTextMax));
  for (const auto& [key, value] : person.profile) ASSENT_CHECK(check(key, value, kFactMax));
  ASSENT_CHECK(check("name", person.name, kTextMax));
  return check("form", person.form, kTextMax);
}

}  // namespace

LdapRoster::LdapRoster(DirectorySettings settings, OpenDirectory open, const Clock& clock)
    : settings_(std::move(settings)), rules_(settings_), open_(std::move(open)), clock_(clock) {}

std::vector<std::string> LdapRoster::attributes() const {
  std::vector<std::string> out = state_attributes(settings_.kind);
  for (const std::string& name :
       {id_attribute(settings_.kind), settings_.login, settings_.name, std::string("cn")})
    out.push_back(name);
  if (!settings_.form.empty()) out.push_back(settings_.form);
  for (const auto& [source, attribute] : settings_.ids) out.push_back(attribute);
  std::ranges::copy(rules_.attributes(), std::back_inserter(out));
  std::ranges::sort(out);
  out.erase(std::ranges::unique(out).begin(), out.end());
  return out;
}

Status LdapRoster::add_ids(const Entry& entry, RosterPerson& out) const {
  ASSENT_TRY(std::string own, id_of(settings_.kind, entry));
  out.ids.emplace_back(id_attribute(settings_.kind), std::move(own));
  for (const auto& [source, attribute] : settings_.ids)
    if (const std::string& value = entry.first(attribute); !value.empty())
      out.ids.emplace_back(source, value);
  return {};
}

Status LdapRoster::add_names(const Entry& entry, RosterPerson& out) const {
  const std::string& shown = entry.first(settings_.name);
  out.name = shown.empty() ? entry.first("cn") : shown;
  if (out.name.empty()) return wrong("name", "is empty");
  if (!settings_.form.empty()) out.form = entry.first(settings_.form);
  const std::string& login = entry.first(settings_.login);
  if (login.empty()) return {};
  auto canonical = canonical_login(login);
  if (!canonical) return wrong("login:", canonical.error().message);
  out.login = *std::move(canonical);
  return {};
}

Result<RosterPerson> LdapRoster::person(const Entry& entry,
                                        const std::vector<std::size_t>& groups) const {
  RosterPerson out;
  ASSENT_CHECK(add_ids(entry, out));
  ASSENT_CHECK(add_names(entry, out));
  Account account{entry, {}, {}};
  if (rules_.asks_for_units()) account.ous = ou_path(entry.dn, settings_.base);
  for (const std::size_t place : groups) account.groups.push_back(rules_.groups()[place]);
  ASSENT_TRY(out.profile, rules_.profile(account));
  ASSENT_CHECK(check_texts(out));
  return out;
}

Result<std::vector<std::size_t>> LdapRoster::groups_of(const Entry& entry,
                                                       Membership& members) const {
  if (rules_.groups().empty()) return std::vector<std::size_t>{};
  ASSENT_TRY(const std::string normal, normal_dn(entry.dn));
  return members.meet(normal, entry.first(settings_.login));
}

// A visitor's account, which Assent made itself: a guest, and nobody of the roster.
Result<bool> LdapRoster::is_guest(const Entry& entry) const {
  if (!settings_.accounts) return false;
  ASSENT_TRY(const std::string unit, normal_dn(settings_.accounts->unit));
  ASSENT_TRY(const std::string normal, normal_dn(entry.dn));
  return is_within(normal, unit);
}

Status LdapRoster::read(const std::function<Status(RosterPerson)>& each) {
  if (stopped_) return fail(Code::Unavailable, "reading the directory was stopped");
  ASSENT_TRY(const std::unique_ptr<Directory> connection, open_());
  Limited directory(*connection, [this] { return stopped_.load(); });
  ASSENT_TRY(Membership members, Membership::read(directory, settings_, rules_.groups()));
  const Time now = clock_.now();
  std::size_t line = 0;
  const auto take = [&](const Entry& entry) -> Status {
    ++line;
    const auto failed = [&](const Error& error) {
      return fail(Code::Invalid, "line " + std::to_string(line) + ": " + one_line(entry.dn) + ": " +
                                     error.message);
    };
    const auto guest = is_guest(entry);
    if (!guest) return failed(guest.error());
    if (*guest) return {};
    const auto groups = groups_of(entry, members);
    if (!groups) return failed(groups.error());
    const auto usable = is_usable(settings_.kind, entry, now);
    if (!usable) return failed(usable.error());
    if (!*usable) return {};
    auto found = person(entry, *groups);
    if (!found) return failed(found.error());
    found->line = line;
    return each(*std::move(found));
  };
  ASSENT_CHECK(search_all(
      directory, {.base = settings_.base, .filter = settings_.people, .attributes = attributes()},
      take));
  return members.check_nobody_moved(directory, settings_, rules_.groups());
}

}  // namespace assent::directory
