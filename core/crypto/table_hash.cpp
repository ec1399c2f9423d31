#include "core/crypto/table_hash.h"

#include <sodium.h>

namespace assent {

std::array<std::byte, 16> table_hash(const SecretKey& key, std::string_view text) {
  std::array<std::byte, 16> out;
  static_assert(out.size() == crypto_shorthash_siphashx24_BYTES);
  static_assert(SecretKey::kSize >= crypto_shorthash_siphashx24_KEYBYTES);
  crypto_shorthash_siphashx24(reinterpret_cast<unsigned char*>(out.data()),
                              reinterpret_cast<const unsigned char*>(text.data()), text.size(),
                              reinterpret_cast<const unsigned char*>(key.bytes().data()));
  return out;
}

}  // namespace assent
