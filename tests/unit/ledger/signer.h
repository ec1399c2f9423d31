#pragma once
// A log's key for tests, from a number: the same number makes the same key.

#include "core/ledger/merkle.h"
#include "core/ledger/note.h"

namespace assent {

class Signer {
 public:
  Signer(std::string name, unsigned char number)
      : signing_(SecretKey(seed(number))), key{std::move(name), signing_.public_key()} {}

  // `text` signed as it stands, whatever it says.
  std::string sign_text(const std::string& text) const { return text + "\n" + line_over(text); }
  std::string sign(const Checkpoint& head) const {
    return signed_note(head, key, signing_.sign(bytes_of(to_text(head))));
  }
  // One more signature line for a note about `head`.
  std::string line(const Checkpoint& head) const { return line_over(to_text(head)); }

 private:
  static std::array<std::byte, SecretKey::kSize> seed(unsigned char number) {
    std::array<std::byte, SecretKey::kSize> bytes{};
    bytes[0] = std::byte{number};
    return bytes;
  }
  std::string line_over(const std::string& text) const {
    const auto note = signed_note({}, key, signing_.sign(bytes_of(text)));
    return note.substr(note.rfind("\n\n") + 2);
  }

  SigningKey signing_;

 public:
  const VerifierKey key;
};

}  // namespace assent
