#pragma once
// What attributes' values mean: ids, times, and names with a range. Pure.

#include <optional>
#include <string>
#include <string_view>

#include "core/base/time.h"

namespace assent::directory {

// 16 bytes of an objectGUID as Windows writes it: "f81d4fae-7dec-11d0-a765-00a0c91e6bf6", its
// first three parts being little-endian. Invalid for another length.
Result<std::string> guid_text(std::string_view bytes);
// Back to the bytes. Invalid for anything that guid_text does not give.
Result<std::string> guid_bytes(std::string_view text);
// An entryUUID in lower case. Invalid unless it has the form of one.
Result<std::string> uuid_text(std::string_view text);

// An accountExpires and the like: 100 ns since 1601. Nothing for "never", which is 0 or the
// greatest number there is. Invalid for what is no number.
Result<std::optional<Time>> parse_filetime(std::string_view text);

// Whole seconds as an accountExpires.
std::string filetime_text(Time time);

// GeneralizedTime (RFC 4517, 3.3.13) of the years 1970 to 9999: minutes, seconds and a fraction may
// be left out; "Z" or an offset must be there.
Result<Time> parse_generalized_time(std::string_view text);
// Whole seconds: "20261122081500Z".
std::string generalized_time_text(Time time);

// A password as Active Directory's unicodePwd takes it: in quotes, in UTF-16LE.
std::string unicode_password(std::string_view password);

// "member;range=0-1499": Active Directory's way to give a part of many values.
struct RangedName {
  std::string name;
  std::size_t first = 0;
  std::optional<std::size_t> last;  // none: "*", these are the last
  friend bool operator==(const RangedName&, const RangedName&) = default;
};
// Nothing for a name without a range, or with one that is malformed.
std::optional<RangedName> parse_ranged(std::string_view name);
// "member;range=1500-*": asks for the rest.
std::string range_from(std::string_view name, std::size_t first);

}  // namespace assent::directory
