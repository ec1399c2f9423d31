#include "core/crypto/password_hash.h"

#include <sodium.h>

#include <array>

namespace assent {

Result<std::string> Argon2id::make(std::string_view words) {
  std::array<char, crypto_pwhash_STRBYTES> out{};
  if (crypto_pwhash_str_alg(out.data(), words.data(), words.size(), kPasses, kMemory,
                            crypto_pwhash_ALG_ARGON2ID13) != 0)
    return fail(Code::Unavailable, "no memory for a hash");
  return std::string{out.data()};
}

bool Argon2id::matches(const std::string& kept, std::string_view words) {
  return kept.size() < crypto_pwhash_STRBYTES &&
         crypto_pwhash_str_verify(kept.c_str(), words.data(), words.size()) == 0;
}

}  // namespace assent
