#pragma once
// C2SP signed notes (c2sp.org/signed-note) and checkpoints (c2sp.org/tlog-checkpoint). Plain
// Ed25519 (signature type 0x01) only; other lines are unknown signatures and ignored, as the
// specification asks. What the bytes mean to a school is in docs/ledger.md.

#include <string>
#include <string_view>
#include <vector>

#include "core/crypto/crypto.h"

namespace assent {

struct NoteLimits {
  static constexpr std::size_t kNote = 256 * 1024, kName = 255, kSignatures = 64;
};

// "name+hash+base64": who signs, as a verifier knows them.
struct VerifierKey {
  std::string name;  // the origin, such as "assent.example.sch.uk/log"
  PublicKey key{};
  std::uint32_t hash() const;  // of name and key, as the specification says
};
std::string to_text(const VerifierKey& key);
// Invalid unless it is the one spelling of an Ed25519 key whose hash fits name and key.
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

struct SignedText {
  std::string text;                  // with its last LF
  std::vector<std::string> signers;  // names of the known keys that signed, each once
};
// Any note. Invalid on a malformed note; Denied unless at least one of `keys` signed it.
// Signatures by unknown keys are ignored; a wrong one by a known key is Denied.
Result<SignedText> open_text(std::string_view note, const std::vector<VerifierKey>& keys);

struct OpenedNote {
  Checkpoint checkpoint;
  std::vector<std::string> signers;  // names of the known keys whose signatures verified
};
// A checkpoint, by the rules of open_text(). Denied as well unless one of the signers has the
// origin's name: a key answers for its own log only. Extension lines are accepted and dropped.
Result<OpenedNote> open_note(std::string_view note, const std::vector<VerifierKey>& keys);

}  // namespace assent
