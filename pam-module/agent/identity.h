#pragma once
// Who this machine is to the service: the key that never leaves it, and what enrolment said.

#include <optional>
#include <string>

#include "core/crypto/crypto.h"
#include "core/ledger/note.h"

namespace assent::agent {

struct Enrolled {
  std::string device;  // id, "d_…"
  std::string name;    // "LIB-0039"
  std::string school;
  VerifierKey log_key;  // pinned: receipts must be signed by it
};

struct Identity {
  Enrolled enrolled;
  SigningKey key;
};

// state_dir/device.key: 32 bytes as hexadecimal, 0600. Made if it is not there yet.
Result<SigningKey> load_or_make_key(const std::string& state_dir, Random& random);
// state_dir/device.json. NotFound before enrolment.
Result<Enrolled> load_enrolled(const std::string& state_dir);
Status save_enrolled(const std::string& state_dir, const Enrolled& enrolled);
// Both; NotFound says how to enrol.
Result<Identity> load_identity(const std::string& state_dir);

}  // namespace assent::agent
