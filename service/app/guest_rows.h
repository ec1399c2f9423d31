#pragma once
// What the store keeps of guests: who they are, what their secrets are checked against, and where
// they were online.

#include "core/crypto/crypto.h"
#include "service/domain/guest.h"

namespace assent {

// One guest. A secret itself is never stored: only what a typed one is checked against.
struct GuestRow {
  Guest guest;
  SchoolKey school = 0;
  PersonKey person = 0;              // whom the account's answers belong to; 0: it has none yet
  std::optional<Digest> passphrase;  // keyed hash of a generated one
  std::string words;                 // Argon2id of what they chose instead of it; else empty
  Blob nt;                           // of the passphrase, encrypted (NtSecrets); empty: not kept
  std::string asked_address, asked_device;  // where a visitor asked from; gone once purged
  std::optional<Digest> voucher;            // keyed hash of a code; no two guests have the same
  friend bool operator==(const GuestRow&, const GuestRow&) = default;
};
// Nothing that they could log in with is left.
void drop_secrets(GuestRow& row);
// Which passphrase or words of theirs it is; nothing while they have none. Another has another.
std::optional<Digest> mark_of_secret(const GuestRow& row);

struct GuestSessionTag {
  static constexpr std::string_view prefix = "w_";
};
using GuestSessionId = RandomId<GuestSessionTag>;

// One stay of one device on the network: who had which address at what time. Never what they did
// there. Kept as long as its guest is.
struct GuestSessionRow {
  GuestSessionId id;
  GuestId guest;
  SchoolKey school = 0;
  std::string device;       // its hardware address, "02-00-00-00-00-01": seen, not proven
  std::string nas;          // the access point or gateway, as the school's register calls it
  std::string nas_session;  // what that calls the stay: Acct-Session-Id
  std::string address;      // IP; empty until known
  Time started{}, seen{};
  std::optional<Time> ended;
  std::string cause;  // of its end: "user-request", "revoked"
  friend bool operator==(const GuestSessionRow&, const GuestSessionRow&) = default;
};
struct GuestSessionLimits {
  static constexpr std::size_t kText = 64;  // of each text above
};

}  // namespace assent
