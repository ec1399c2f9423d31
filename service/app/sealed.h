#pragma once
// Small statements that the service hands out and believes when they come back: a keyed hash over
// their type and content (design decision 7). They are sealed, not secret: anybody can read them.

#include <string>
#include <string_view>

#include "core/crypto/crypto.h"

namespace assent {

// base64url of content and BLAKE2b-256 under `key`; `type` keeps kinds apart.
std::string seal(const SecretKey& key, std::string_view type, std::string_view content);
// The content; Denied unless this key sealed it as this type. Constant-time compare.
Result<std::string> unseal(const SecretKey& key, std::string_view type, std::string_view sealed);

// Writes and reads the fields of a sealed statement: big-endian numbers, and texts and digests
// whose length goes first. A reader that runs over the end gives zeros and says so in ok().
class Packer {
 public:
  static constexpr std::size_t kUsual = 512;  // bytes
  Packer() { out_.reserve(kUsual); }
  Packer& number(std::uint64_t value);
  Packer& text(std::string_view value);  // at most 65,535 bytes
  std::string take() { return std::move(out_); }

 private:
  std::string out_;
};

class Unpacker {
 public:
  explicit Unpacker(std::string_view in) : in_(in) {}
  std::uint64_t number();
  std::string text();
  bool ok() const { return good_ && in_.empty(); }  // read well, and to the end
  bool good() const { return good_; }

 private:
  std::string_view take(std::size_t count);
  std::string_view in_;
  bool good_ = true;
};

}  // namespace assent
