#include "service/directory/ldap_passwords.h"

#include <algorithm>

#include "core/base/number.h"
#include "service/directory/connection.h"
#include "service/directory/dn.h"
#include "service/directory/filter.h"
#include "service/directory/reading.h"
#include "service/directory/values.h"

namespace assent::directory {
namespace {

// A name that nobody has: who is unknown costs the directory a sign-in too.
constexpr std::string_view kNobody = "cn=assent-nobody-at-all,";

unsigned number_of(const std::string& text) {
  return whole_number<unsigned>(text).value_or(0);
}

}  // namespace

OpenAs open_as(const DirectoryServer& server) {
  return [server](const DirectoryUrl& url, const std::string& dn,
                  const std::string& password) -> Result<std::unique_ptr<Directory>> {
    DirectoryServer as = server;
    as.urls = {url};
    std::string secret = password;
    if (dn.empty()) {
      ASSENT_TRY(secret, read_password(server.password_file));
    } else {
      as.bind_dn = dn;
    }
    const auto refused = dn.empty() ? Connection::Refused::Rests : Connection::Refused::IsSent;
    ASSENT_TRY(auto connection, Connection::open_at(url, as, secret, refused));
    return std::unique_ptr<Directory>(std::move(connection));
  };
}

LdapPasswords::LdapPasswords(DirectorySettings settings, OpenAs open, const Clock& clock)
    : settings_(std::move(settings)), open_(std::move(open)), clock_(clock) {}

// As the directory counts them: those too long ago are forgotten there.
unsigned LdapPasswords::wrong_passwords(const Entry& entry) const {
  const auto& within = settings_.sign_in->within;
  const auto counts = [&](const Time& when) { return !within || when + *within > clock_.now(); };
  if (settings_.kind == DirectoryKind::ActiveDirectory) {
    const auto last = parse_filetime(entry.first("badPasswordTime"));
    if (last && *last && !counts(**last)) return 0;
    return number_of(entry.first("badPwdCount"));
  }
  return unsigned(std::ranges::count_if(entry.values("pwdFailureTime"), [&](const auto& text) {
    const auto when = parse_generalized_time(text);
    return !when || counts(*when);
  }));
}

Result<std::optional<Membership>> LdapPasswords::refused_groups(Directory& directory) const {
  if (settings_.sign_in->never.empty()) return std::optional<Membership>{};
  ASSENT_TRY(Membership groups, Membership::read(directory, settings_, settings_.sign_in->never));
  return std::optional{std::move(groups)};
}

Result<bool> LdapPasswords::may_be_tried(std::optional<Membership>& refused, const Entry& entry,
                                         const std::string& login) const {
  const unsigned locks = settings_.sign_in->locks_after;
  if (locks > 0 && wrong_passwords(entry) + kTriesLeftOver >= locks) return false;
  if (number_of(entry.first("adminCount")) > 0) return false;
  if (!refused) return true;
  ASSENT_TRY(const std::string dn, normal_dn(entry.dn));
  return refused->meet(dn, login).empty();
}

Result<PasswordWord> LdapPasswords::check_at(const DirectoryUrl& url, const std::string& login,
                                             const std::string& password) const {
  ASSENT_TRY(const auto directory, open_(url, "", ""));
  ASSENT_TRY(
      const auto found,
      find_all(*directory, {settings_.base,
                            Scope::Subtree,
                            both(settings_.people, equals(settings_.login, login)),
                            {"adminCount", "badPwdCount", "badPasswordTime", "pwdFailureTime"},
                            false}));
  // Read for whoever asks: the time it takes must not tell who exists.
  ASSENT_TRY(auto refused, refused_groups(*directory));
  const bool is_one = found.size() == 1;
  ASSENT_TRY(const bool may,
             is_one ? may_be_tried(refused, found.front(), login) : Result<bool>(false));
  const std::string dn = may ? found.front().dn : std::string(kNobody) + settings_.base;
  const auto as_them = open_(url, dn, password);
  if (as_them && may) return PasswordWord::Right;
  if (!as_them && as_them.error().code == Code::Unavailable) return fail(as_them.error());
  return may || found.empty() ? PasswordWord::Wrong : PasswordWord::NotTried;
}

Result<PasswordWord> LdapPasswords::check(const std::string& login, const std::string& password) {
  if (password.empty()) return PasswordWord::Wrong;
  const std::lock_guard one(one_at_a_time_);
  Error last{Code::Unavailable, "no directory server is configured"};
  for (const DirectoryUrl& url : settings_.server.urls) {
    auto word = check_at(url, login, password);
    if (word || word.error().code != Code::Unavailable) return word;
    last = word.error();
  }
  return fail(std::move(last));
}

}  // namespace assent::directory
