#pragma once
// Fixed-size binary values and their spellings as text. Text is std::string; bytes are these.

#include <array>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"

namespace assent {

using Bytes = std::span<const std::byte>;
using Blob = std::vector<std::byte>;
using Digest = std::array<std::byte, 32>;     // SHA-256 or BLAKE2b-256
using Salt = std::array<std::byte, 32>;       // see docs/ledger.md
using Nonce = std::array<std::byte, 16>;      // names one presentation
using PublicKey = std::array<std::byte, 32>;  // Ed25519 (RFC 8032)
using Signature = std::array<std::byte, 64>;  // Ed25519 (RFC 8032)

inline Bytes bytes_of(std::string_view text) {
  return std::as_bytes(std::span{text});
}
inline std::string_view text_of(Bytes bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

// Lower-case hexadecimal.
std::string to_hex(Bytes bytes);
// RFC 4648 section 4, padded.
std::string to_base64(Bytes bytes);
// RFC 4648 section 5, without padding.
std::string to_base64url(Bytes bytes);
// RFC 4648 section 6 alphabet in lower case, without padding: for ids that people read out.
std::string to_base32(Bytes bytes);

// Each accepts exactly what its writer writes, one spelling for each value; else Invalid.
Result<Blob> from_hex(std::string_view text);
Result<Blob> from_base64(std::string_view text);
Result<Blob> from_base64url(std::string_view text);
Result<Blob> from_base32(std::string_view text);

// Invalid unless `bytes` has exactly N bytes.
template <std::size_t N>
Result<std::array<std::byte, N>> exactly(const Result<Blob>& bytes) {
  if (!bytes) return fail(bytes.error());
  if (bytes->size() != N)
    return fail(Code::Invalid,
                "expected " + std::to_string(N) + " bytes, got " + std::to_string(bytes->size()));
  std::array<std::byte, N> out;
  std::copy(bytes->begin(), bytes->end(), out.begin());
  return out;
}

}  // namespace assent
