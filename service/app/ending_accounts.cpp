#include "service/app/ending_accounts.h"

#include <algorithm>

#include "core/base/text.h"

namespace assent {
namespace {

using Limits = EndingAccountLimits;

bool is_alphanumeric(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

Status check_text(const char* what, const std::string& text, std::size_t max) {
  if (text.empty()) return fail(Code::Invalid, std::string(what) + " is empty");
  if (const Status safe = check_line(text, max); !safe)
    return fail(Code::Invalid, std::string(what) + " " + safe.error().message);
  return {};
}

}  // namespace

Status check_ending_login(const std::string& login) {
  const bool good = !login.empty() && login.size() <= Limits::kLogin &&
                    is_alphanumeric(login.front()) && is_alphanumeric(login.back()) &&
                    std::ranges::all_of(login, [](char c) {
                      return is_alphanumeric(c) || c == '.' || c == '-' || c == '_';
                    });
  if (good) return {};
  return fail(Code::Invalid, "the login must be 1 to " + std::to_string(Limits::kLogin) +
                                 " of a-z, 0-9, '.', '-' and '_', with a letter or a digit at "
                                 "both ends");
}

Status check_end(Time end, Time now) {
  if (std::chrono::floor<seconds>(end) <= now)
    return fail(Code::Invalid, "the end is in the past: name a later one");
  if (end > now + Limits::kLongest)
    return fail(Code::Invalid, "the end is more than " + std::to_string(Limits::kLongest.count()) +
                                   " days away: name an earlier one, and move it when it comes");
  return {};
}

Status check_ending_account(const EndingAccount& account, const std::string& password, Time now) {
  ASSENT_CHECK(check_ending_login(account.login));
  ASSENT_CHECK(check_text("the name", account.name, Limits::kName));
  ASSENT_CHECK(check_text("the password", password, Limits::kPassword));
  return check_end(account.end, now);
}

}  // namespace assent
