#pragma once
// Identifiers that cannot be mixed up: a PersonId is not a DeviceId, and neither is a string.

#include <compare>
#include <string>

#include "core/base/bytes.h"

namespace assent {

// A name chosen by people and checked where it comes in: [a-z0-9-], 1 to 64 letters.
template <class Tag>
struct Name {
  std::string value;
  friend auto operator<=>(const Name&, const Name&) = default;
};
using PolicyName = Name<struct PolicyTag>;  // the folder under content/aup/, such as "student"
using SchoolName = Name<struct SchoolTag>;  // such as "kingsmead"

// Invalid unless `text` is 1 to 64 of [a-z0-9-], beginning with a letter.
Status check_name(std::string_view text);

// 128 random bits, made by us and never re-used; written as prefix + base32 ("p_mfrgg…").
template <class Tag>
struct RandomId {
  std::array<std::byte, 16> bytes{};
  friend auto operator<=>(const RandomId&, const RandomId&) = default;
};
struct PersonTag {
  static constexpr std::string_view prefix = "p_";
};
struct DeviceTag {
  static constexpr std::string_view prefix = "d_";
};
struct TokenTag {
  static constexpr std::string_view prefix = "t_";
};
using PersonId = RandomId<PersonTag>;  // never a login name: names change hands
using DeviceId = RandomId<DeviceTag>;  // one enrolled gate client
using TokenId = RandomId<TokenTag>;

template <class Tag>
std::string to_text(const RandomId<Tag>& id) {
  return std::string(Tag::prefix) + to_base32(id.bytes);
}

template <class Tag>
Result<RandomId<Tag>> parse_id(std::string_view text) {
  if (!text.starts_with(Tag::prefix))
    return fail(Code::Invalid, "expected an id that begins with " + std::string(Tag::prefix));
  ASSENT_TRY(auto bytes, exactly<16>(from_base32(text.substr(Tag::prefix.size()))));
  return RandomId<Tag>{bytes};
}

}  // namespace assent
