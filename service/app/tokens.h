#pragma once
// The tokens of signed-in persons: who has one, giving another, ending one. Each step is an entry
// in the log, and about the person whose token it is.

#include "service/app/access.h"

namespace assent {

struct TokenRequest {
  std::string scope;  // "admin", "report:read" or "staff"
  days life{kTokenLife};
};

class Tokens {
 public:
  struct Needs {
    const Registry& registry;
    const People& people;
    LedgerWriter& writer;
    const SecretKey& key;  // as Access has it
    const Clock& clock;
    Random& random;
  };
  explicit Tokens(Needs needs) : needs_(needs) {}

  static constexpr days kLifeMax{365};

  struct Held {
    TokenRow token;
    PersonRow person;
    bool live = false;  // would be believed now
  };
  template <class T>
  using Then = std::function<void(Result<T>)>;

  // Every token of the school's people, those that ended too, by when they end.
  Result<std::vector<Held>> list(const School& school) const;
  // Conflict for somebody who left; Denied for a shared account: a token belongs to one person.
  void issue(const Actor& actor, const School& school, const PersonRow& person,
             const TokenRequest& request, const Then<IssuedToken>& then);
  // What issue() asks of the person, for a dry run.
  Status may_have(const School& school, const PersonRow& person) const;
  // By id. From then on nobody is signed in with it. NotFound; Conflict if it is revoked already.
  void revoke(const Actor& actor, const School& school, const std::string& id,
              const Then<Held>& then);
  // The token that revoke() would take now, for a dry run.
  Result<Held> to_revoke(const School& school, const std::string& id) const;

 private:
  Needs needs_;
};

}  // namespace assent
