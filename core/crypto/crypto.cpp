#include "core/crypto/crypto.h"

#include <sodium.h>

#include <algorithm>

namespace assent {
namespace {

unsigned char* writable(std::span<std::byte> bytes) {
  return reinterpret_cast<unsigned char*>(bytes.data());
}
const unsigned char* raw(Bytes bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}

}  // namespace

Status start_crypto() {
  if (sodium_init() < 0) return fail(Code::Unavailable, "libsodium did not start");
  return {};
}

Digest sha256(std::initializer_list<Bytes> parts) {
  crypto_hash_sha256_state state;
  crypto_hash_sha256_init(&state);
  for (const Bytes part : parts) crypto_hash_sha256_update(&state, raw(part), part.size());
  Digest out;
  crypto_hash_sha256_final(&state, writable(out));
  return out;
}

SecretKey::SecretKey(SecretKey&& other) noexcept : seed_(other.seed_) {
  sodium_memzero(other.seed_.data(), other.seed_.size());
}
SecretKey::~SecretKey() {
  sodium_memzero(seed_.data(), seed_.size());
}

Digest keyed_hash(const SecretKey& key, std::initializer_list<Bytes> parts) {
  crypto_generichash_state state;
  crypto_generichash_init(&state, raw(key.bytes()), key.bytes().size(), sizeof(Digest));
  for (const Bytes part : parts) crypto_generichash_update(&state, raw(part), part.size());
  Digest out;
  crypto_generichash_final(&state, writable(out), out.size());
  return out;
}

bool same_bytes(Bytes a, Bytes b) {
  return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

SigningKey::SigningKey(const SecretKey& seed) {
  crypto_sign_seed_keypair(writable(public_), writable(secret_), raw(seed.bytes()));
}
SigningKey::SigningKey(SigningKey&& other) noexcept
    : public_(other.public_), secret_(other.secret_) {
  sodium_memzero(other.secret_.data(), other.secret_.size());
}
SigningKey::~SigningKey() {
  sodium_memzero(secret_.data(), secret_.size());
}

Signature SigningKey::sign(Bytes message) const {
  Signature out;
  crypto_sign_detached(writable(out), nullptr, raw(message), message.size(), raw(secret_));
  return out;
}

bool verify(const PublicKey& key, Bytes message, const Signature& signature) {
  return crypto_sign_verify_detached(raw(signature), raw(message), message.size(), raw(key)) == 0;
}

void SystemRandom::fill(std::span<std::byte> out) {
  randombytes_buf(out.data(), out.size());
}

}  // namespace assent
