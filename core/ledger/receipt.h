#pragma once
// A receipt: the record, its salt, the inclusion proof and the signed checkpoint, so that anybody
// can check it without the school's server. Written as a C2SP tlog-proof (c2sp.org/tlog-proof@v1).
// docs/ledger.md gives every byte, and says what a receipt does not prove.

#include <string>
#include <string_view>

#include "core/ledger/merkle.h"
#include "core/ledger/note.h"

namespace assent {

using Entry = std::array<std::byte, 33>;  // what the log holds for a record: 0x01, commitment
Entry commit(const Salt& salt, std::string_view record);

struct Receipt {
  std::string record;  // canonical JSON, as committed to
  Salt salt{};
  std::uint64_t index = 0;
  Proof proof;
  std::string note;  // the signed checkpoint
};

// The .tlog-proof text: the salt is its "extra" line; the record stands beside it.
std::string to_tlog_proof(const Receipt& receipt);
// Invalid unless `text` is exactly what to_tlog_proof() writes, within NoteLimits. The note inside
// is taken as it stands: verify_receipt() judges it.
Result<Receipt> parse_tlog_proof(std::string_view text, std::string record);

// One file for people to keep: JSON {"record": …, "proof": …}. `record` stays a string.
std::string to_file(const Receipt& receipt);

struct Verified {
  Checkpoint checkpoint;
  std::vector<std::string> signers;
};
// Corrupt or Denied, in words, unless the record is in a log that one of `keys` signed.
Result<Verified> verify_receipt(const Receipt& receipt, const std::vector<VerifierKey>& keys);

}  // namespace assent
