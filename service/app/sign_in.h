#pragma once
// Staff signed in to pages. Who they are is vouched for by the edge (OpenID Connect, so the
// school's own second factor applies: docs/sign-in.md); from then on a sealed cookie is their
// session. A port for the edge's word, so that a directory could give it as well.

#include "service/app/access.h"
#include "service/app/sign_in_settings.h"

namespace assent {

// What the edge says of whoever it signed in. Believed only where the edge proved itself.
struct SignedIn {
  std::string issuer, subject;  // who says so, and their own id of the person
  std::string login;            // the account's name there, such as an e-mail address; may be empty
};

struct PageSession {
  Actor actor;  // scope "staff": what their roles allow, no more
  const School* school = nullptr;
  std::string form_token;     // in every form of theirs, so that no other site can post one
  bool only_signing = false;  // signed in by a password alone: worth nothing at the desk
};

// Any thread.
class SignIn {
 public:
  struct Needs {
    const Registry& registry;
    const People& people;
    const SecretKey& key;  // seals sessions
    const Clock& clock;
    Random& random;
    SignInSettings settings;
  };
  explicit SignIn(Needs needs) : needs_(std::move(needs)) {}

  static constexpr hours kLife{8};         // of a session at the desk: a working day
  static constexpr hours kSigningLife{1};  // for signing one's own rules, on whatever device
  static constexpr std::string_view kCookie = "__Host-assent";

  // A new session at `school`, as the cookie's value, for `life`. Denied for another issuer, for
  // whom the school does not know, or who has left, and for shared accounts.
  Result<std::string> open(const School& school, const SignedIn& who,
                           milliseconds life = kLife) const;
  // The same for an account that showed its password to the directory: for signing alone.
  Result<std::string> open_for_signing(const School& school, const std::string& account) const;
  // The session of a Cookie header. Denied when there is none, or it is over, or the person left.
  Result<PageSession> session(std::string_view cookies) const;
  // Whether the edge can sign anybody in here.
  bool is_set_up() const { return !needs_.settings.issuer.empty(); }
  // Whether a form of the session's came back. In constant time.
  static bool is_own(const PageSession& session, std::string_view form_token);

 private:
  Result<PersonRow> find(const School& school, const std::string& name, bool by_login) const;
  Result<std::string> seal_session(const School& school, const PersonRow& person, milliseconds life,
                                   bool only_signing) const;

  Needs needs_;
};

}  // namespace assent
