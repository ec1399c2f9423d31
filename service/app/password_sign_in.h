#pragma once
// Signing in with the school's own directory, for signing one's rules and nothing else: from the
// school's site alone, for pupils who have no other sign-in. docs/sign-in.md.

#include <map>
#include <memory>

#include "service/app/password_check.h"
#include "service/app/sign_in.h"
#include "service/domain/try_limit.h"

namespace assent {

// Any thread. Calls block while the directory answers.
class PasswordSignIn {
 public:
  struct Place {
    std::vector<AddressRange> from;
    std::unique_ptr<PasswordCheck> passwords;
  };
  struct Needs {
    const SignIn& sign_in;
    const SecretKey& key;  // seals forms
    TryLimiter& tries;
    const Clock& clock;
    std::map<SchoolKey, Place> places;  // schools without one offer none
  };
  explicit PasswordSignIn(Needs needs) : needs_(std::move(needs)) {}

  // Those that offer it.
  std::vector<SchoolKey> schools() const;

  static constexpr minutes kFormLife{60};
  // The token of a form at this address and school; nothing where none is offered. It keeps another
  // site from signing somebody in as somebody else.
  std::optional<std::string> form(const School& school, const std::string& address) const;

  // A session's cookie for signing. Denied, in the same words whatever the reason: unknown, wrong,
  // locked soon, too many tries, an account with rights. Conflict for a form that was not this
  // address's and school's, or is too old. Unavailable when the directory does not answer.
  Result<std::string> open(const School& school, const std::string& address, std::string_view form,
                           const std::string& login, const std::string& password) const;

 private:
  const Place* place_at(const School& school, const std::string& address) const;

  Needs needs_;
};

}  // namespace assent
