#pragma once
// The primitives that Assent uses, and the only place that sees libsodium. Call start_crypto()
// once in main(), before any thread. Everything else here is safe from any thread.

#include <initializer_list>
#include <string>

#include "core/base/bytes.h"

namespace assent {

// Unavailable if the library cannot start.
Status start_crypto();

// FIPS 180-4, over the parts as if they were one.
Digest sha256(std::initializer_list<Bytes> parts);
inline Digest sha256(std::string_view text) {
  return sha256({bytes_of(text)});
}

// Secret bytes that are wiped when they go. Not copyable.
class SecretKey {
 public:
  static constexpr std::size_t kSize = 32;
  explicit SecretKey(const std::array<std::byte, kSize>& seed) : seed_(seed) {}
  SecretKey(SecretKey&& other) noexcept;
  SecretKey& operator=(SecretKey&&) = delete;
  ~SecretKey();
  Bytes bytes() const { return seed_; }

 private:
  std::array<std::byte, kSize> seed_;
};

// BLAKE2b-256 (RFC 7693) keyed with `key`: what seals tickets and sessions.
Digest keyed_hash(const SecretKey& key, std::initializer_list<Bytes> parts);
// Compares in constant time; false at once when the lengths differ.
bool same_bytes(Bytes a, Bytes b);

// Ed25519 (RFC 8032), deterministic.
class SigningKey {
 public:
  explicit SigningKey(const SecretKey& seed);
  SigningKey(SigningKey&& other) noexcept;
  SigningKey& operator=(SigningKey&&) = delete;
  ~SigningKey();
  const PublicKey& public_key() const { return public_; }
  Signature sign(Bytes message) const;

 private:
  PublicKey public_;
  std::array<std::byte, 64> secret_;
};

// False for a wrong signature, a point of small order or a non-canonical encoding.
bool verify(const PublicKey& key, Bytes message, const Signature& signature);

// Randomness is an argument: use cases take this, tests give a fixed sequence.
class Random {
 public:
  virtual ~Random() = default;
  virtual void fill(std::span<std::byte> out) = 0;  // Any thread.

  template <std::size_t N>
  std::array<std::byte, N> bytes() {
    std::array<std::byte, N> out;
    fill(out);
    return out;
  }
};

// The operating system's generator.
class SystemRandom final : public Random {
 public:
  void fill(std::span<std::byte> out) override;
};

}  // namespace assent
