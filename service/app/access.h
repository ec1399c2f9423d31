#pragma once
// Who is calling: persons by admin tokens, devices by sessions that their own key opened. What
// each may do is in docs/protocol.md. Any thread.

#include "service/app/registry.h"
#include "service/app/sealed.h"

namespace assent {

struct Actor {  // a signed-in person
  PersonRow person;
  std::string scope;         // "admin", "report:read" or "staff"
  PersonKey token_from = 0;  // who made the token that they came with; 0: root, or they signed in
};

struct IssuedToken {
  std::string bearer;  // shown once
  TokenRow row;
};

constexpr days kTokenLife{90};
constexpr hours kSessionLife{1};
constexpr seconds kChallengeLife{60};
constexpr hours kCodeLife{24};

// A new token for a person; nothing is stored. `scope` is "admin", "report:read" or "staff".
IssuedToken make_token(const SecretKey& key, PersonKey person, const std::string& scope, Time now,
                       Random& random);

class Access {
 public:
  struct Needs {
    const Registry& registry;
    const People& people;
    const SecretKey& key;  // seals sessions and challenges, hashes tokens and codes
    const Clock& clock;
    Random& random;
  };
  explicit Access(Needs needs) : needs_(needs) {}

  // Denied for anything but a live token of a person who is still here.
  Result<Actor> actor(std::string_view bearer) const;
  // Denied for anything but a live session of a device that is not revoked.
  Result<DeviceRow> device(std::string_view bearer) const;

  // For an id that nobody has, a challenge is given as well: it tells nothing.
  std::string challenge(const DeviceId& device) const;
  struct Session {
    std::string bearer;
    Time expires{};
  };
  // `signature` is the device's, over wire::session_statement(device, challenge), given as bytes.
  Result<Session> open_session(const DeviceId& device, std::string_view challenge, Bytes statement,
                               const Signature& signature) const;

 private:
  Needs needs_;
};

}  // namespace assent
