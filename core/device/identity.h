#pragma once
// Who this machine is to the service: the key that never leaves it, and what enrolment said.

#include <optional>
#include <string>

#include "core/crypto/crypto.h"
#include "core/device/state_folder.h"
#include "core/ledger/note.h"

namespace assent::device {

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

// "device.key": 32 bytes as hexadecimal. Made if it is not there yet.
Result<SigningKey> load_or_make_key(StateFolder& state, Random& random);
// "device.json". NotFound before enrolment.
Result<Enrolled> load_enrolled(const StateFolder& state);
Status save_enrolled(StateFolder& state, const Enrolled& enrolled);
// Both; NotFound before enrolment.
Result<Identity> load_identity(const StateFolder& state);

}  // namespace assent::device
