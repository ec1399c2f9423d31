#include "service/app/sealed.h"

namespace assent {
namespace {

Digest seal_of(const SecretKey& key, std::string_view type, std::string_view content) {
  const std::byte end_of_type{0};
  return keyed_hash(key, {bytes_of(type), Bytes{&end_of_type, 1}, bytes_of(content)});
}

}  // namespace

std::string seal(const SecretKey& key, std::string_view type, std::string_view content) {
  std::string whole;
  whole.reserve(content.size() + sizeof(Digest));
  whole += content;
  whole += text_of(seal_of(key, type, content));
  return to_base64url(bytes_of(whole));
}

Result<std::string> unseal(const SecretKey& key, std::string_view type, std::string_view sealed) {
  const auto whole = from_base64url(sealed);
  if (!whole || whole->size() < sizeof(Digest)) return fail(Code::Denied, "not sealed by us");
  const Bytes all{*whole};
  const std::string_view content = text_of(all.first(all.size() - sizeof(Digest)));
  if (!same_bytes(all.last(sizeof(Digest)), seal_of(key, type, content)))
    return fail(Code::Denied, "not sealed by us");
  return std::string{content};
}

Packer& Packer::number(std::uint64_t value) {
  for (int shift = 56; shift >= 0; shift -= 8) out_ += char(value >> shift & 0xff);
  return *this;
}

Packer& Packer::text(std::string_view value) {
  value = value.substr(0, 0xffff);
  out_ += char(value.size() >> 8);
  out_ += char(value.size() & 0xff);
  out_ += value;
  return *this;
}

std::string_view Unpacker::take(std::size_t count) {
  if (in_.size() < count) {
    good_ = false;
    in_ = {};
    return {};
  }
  const std::string_view out = in_.substr(0, count);
  in_.remove_prefix(count);
  return out;
}

std::uint64_t Unpacker::number() {
  std::uint64_t value = 0;
  for (const char c : take(8)) value = value << 8 | static_cast<unsigned char>(c);
  return value;
}

std::string Unpacker::text() {
  std::size_t length = 0;
  for (const char c : take(2)) length = length << 8 | static_cast<unsigned char>(c);
  return std::string{take(length)};
}

}  // namespace assent
