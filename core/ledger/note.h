#pragma once
// C2SP signed notes (c2sp.org/signed-note) and checkpoints (c2sp.org/tlog-checkpoint).

#include <string>
#include <string_view>
#include <vector>

#include "core/crypto/crypto.h"

namespace assent {

// "name+hash+base64": who signs, as a verifier knows them.
struct VerifierKey {
  std::string name;  // the origin, such as "assent.example.sch.uk/log"
  PublicKey key{};
  std::uint32_t hash() const;  // of name and key, as the specification says
};
std::string to_text(const VerifierKey& key);
Result<VerifierKey> parse_verifier_key(std::string_view text);

struct Checkpoint {
  std::string origin;
  std::uint64_t size = 0;
  Digest root{};
  friend bool operator==(const Checkpoint&, const Checkpoint&) = default;
};
// The note's text: three lines, each ended by LF; no extension lines are written.
std::string to_text(const Checkpoint& checkpoint);
// The whole signed note, from a signature made over to_text(checkpoint).
std::string signed_note(const Checkpoint& checkpoint, const VerifierKey& key,
                        const Signature& signature);

struct OpenedNote {
  Checkpoint checkpoint;
  std::vector<std::string> signers;  // names of the known keys whose signatures verified
};
// Invalid on a malformed note; Denied unless at least one of `keys` signed it. Signatures by
// unknown keys are ignored; a wrong one by a known key is Denied.
Result<OpenedNote> open_note(std::string_view note, const std::vector<VerifierKey>& keys);

}  // namespace assent
