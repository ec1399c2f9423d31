#include "core/crypto/secret_box.h"

#include <sodium.h>

#include <algorithm>

namespace assent {
namespace {

constexpr std::size_t kNonce = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t kTag = crypto_aead_xchacha20poly1305_ietf_ABYTES;
static_assert(SecretKey::kSize == crypto_aead_xchacha20poly1305_ietf_KEYBYTES);

unsigned char* into(std::span<std::byte> bytes) {
  return reinterpret_cast<unsigned char*>(bytes.data());
}
const unsigned char* from(Bytes bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}

}  // namespace

Blob encrypt_secret(const SecretKey& key, Bytes owner, Bytes plain, Random& random) {
  const auto nonce = random.bytes<kNonce>();
  Blob out(kNonce + plain.size() + kTag);
  std::ranges::copy(nonce, out.begin());
  crypto_aead_xchacha20poly1305_ietf_encrypt(into(std::span{out}.subspan(kNonce)), nullptr,
                                             from(plain), plain.size(), from(owner), owner.size(),
                                             nullptr, from(nonce), from(key.bytes()));
  return out;
}

Result<Blob> decrypt_secret(const SecretKey& key, Bytes owner, Bytes box) {
  if (box.size() < kNonce + kTag) return fail(Code::Corrupt, "an encrypted secret is too short");
  const Bytes sealed = box.subspan(kNonce);
  Blob out(sealed.size() - kTag);
  if (crypto_aead_xchacha20poly1305_ietf_decrypt(into(out), nullptr, nullptr, from(sealed),
                                                 sealed.size(), from(owner), owner.size(),
                                                 from(box), from(key.bytes())) != 0)
    return fail(Code::Corrupt, "an encrypted secret is somebody else's, or was changed");
  return out;
}

}  // namespace assent
