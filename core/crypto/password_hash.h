#pragma once
// Hashes of what people choose themselves: slow on purpose, because such words can be guessed.
// Generated secrets need none of it (keyed_hash()).

#include "core/crypto/crypto.h"

namespace assent {

// Any thread; each call takes about as long as a hash. Tests put one in its place that counts.
class PasswordHash {
 public:
  virtual ~PasswordHash() = default;
  // What is kept: a text that holds its own salt and cost. Unavailable without enough memory.
  virtual Result<std::string> make(std::string_view words) = 0;
  // False, after the same work, for any text of the same cost that was made of other words. False
  // at once for what is no such text.
  virtual bool matches(const std::string& kept, std::string_view words) = 0;
};

// Argon2id (RFC 9106) with 19 MiB, two passes and one lane. The salt is the operating system's.
class Argon2id final : public PasswordHash {
 public:
  static constexpr std::size_t kMemory = std::size_t{19} * 1024 * 1024;
  static constexpr unsigned kPasses = 2;
  Result<std::string> make(std::string_view words) override;
  bool matches(const std::string& kept, std::string_view words) override;
};

}  // namespace assent
