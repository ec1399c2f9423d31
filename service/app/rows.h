#pragma once
// What the store keeps of each thing, as plain values. A transaction takes them as changes
// (ports.h); times are set by the service.

#include <optional>
#include <string>
#include <vector>

#include "core/crypto/crypto.h"
#include "service/domain/gate.h"
#include "service/domain/role_grant.h"

namespace assent {

struct PersonRow {
  PersonKey key = 0;  // 0: not stored yet
  PersonId id{};
  SchoolKey school = 0;
  std::string login;  // canonical; empty when the login has gone
  std::string name;
  std::string form;  // tutor group or class, such as "9B"; may be empty
  std::uint32_t profile = 0;
  PersonState state = PersonState::Active;
  Time seen{};       // last roster read that held them
  std::string home;  // the roster source that owns this row; "local" for people made by hand
  friend bool operator==(const PersonRow&, const PersonRow&) = default;
};

struct IdentityRow {  // one external id of a person, such as {"mis_id", "4711"}
  std::string source, external;
  PersonKey person = 0;  // 0 in a change: the identity is parted from whoever had it
  SchoolKey school = 0;
  friend bool operator==(const IdentityRow&, const IdentityRow&) = default;
};

struct ProfileRow {
  std::uint32_t key = 0;
  SchoolKey school = 0;
  Profile profile;
};

struct StandingRow {
  PersonKey person = 0;
  Standing standing;
  // Where caches find the person; not stored with the standing.
  SchoolKey school = 0;
  std::string login;
};

struct VersionRow {  // one published version, with the files that it was read from
  SchoolKey school = 0;
  PolicyName policy;
  std::uint32_t number = 0;
  Time effective{}, enforced{};
  std::uint64_t entry = 0;
  std::vector<File> files;  // as published; PolicyVersion is parsed from them at start
};

struct RetireRow {
  SchoolKey school = 0;
  PolicyName policy;
  Time at{};
};

struct DeviceRow {
  std::int64_t key = 0;  // 0: not stored yet
  DeviceId id{};
  SchoolKey school = 0;
  std::string name, room, device_class;  // "LIB-0039", "LIB", "school"
  std::optional<PublicKey> public_key;   // none until it enrols
  Digest code_hash{};                    // of the one-time code, while there is no key
  Time code_expires{};
  std::optional<Time> revoked;
};

struct TokenRow {
  TokenId id{};
  PersonKey person = 0;  // tokens belong to persons
  std::string scope;     // "admin", "report:read", "staff"
  Digest hash{};         // keyed hash of the secret
  Time expires{};
  std::optional<Time> revoked;
  PersonKey made_by = 0;  // 0: root, on the machine
};

struct RoleGrantRow {
  SchoolKey school = 0;
  RoleGrant grant;
};

struct ShownRow {  // a canonical document, kept once by its hash
  Digest hash{};
  std::string document;
};

// --- levels ---

// What one person should have; written in the transaction of the event that causes it. Stored only
// when the level is another than before: `change` then goes up by one.
struct LevelRow {
  PersonKey person = 0;
  SchoolKey school = 0;
  std::string level;  // empty: none at all, which only somebody who had one can be told
  std::string why;
  Time at{};
  bool swept = false;  // one of many: what people did themselves goes first
};

// The outcome of trying to put it into the output.
struct LevelAppliedRow {
  PersonKey person = 0;
  std::uint64_t change = 0;  // which one was tried; that an older one failed says nothing
  std::string level;         // what the output holds now, where it worked
  Time at{};
  std::string error;  // empty: it is done
  Time not_before{};  // where it failed: no new try before
  Time day{};         // when the day of `at` began at the school: see LevelState::night_level
};

// People to be looked at again, in the order of their keys, because something about many changed.
struct SweepRow {
  std::int64_t key = 0;  // 0: not stored yet; a newer one has a greater key
  SchoolKey school = 0;
  Time due{};
  std::string cause;                  // "publish student v7", "roster csv": for people to read
  bool from_roster = false;           // the circuit breaker looks at these alone
  PersonKey cursor = 0;               // looked at, up to and with this one
  bool passed = false;                // the circuit breaker let it through, or people did
  std::optional<std::size_t> held{};  // the number of moves for which it waits to be confirmed
  bool by_two = false;                // so many that two people must confirm
  std::string confirmed_by{};         // the first of the two, by the person's id
  bool done = false;                  // true in a change: it goes
  friend bool operator==(const SweepRow&, const SweepRow&) = default;
};

}  // namespace assent
