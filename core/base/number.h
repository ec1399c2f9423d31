#pragma once
// Numbers from text by others.

#include <charconv>
#include <concepts>
#include <optional>
#include <string_view>

namespace assent {

// All of `text` as decimal digits, with a minus before them where T is signed. Nothing for an empty
// text, for anything else in it, and for what T cannot hold. Leading zeroes are read.
template <std::integral T>
std::optional<T> whole_number(std::string_view text) {
  T value = 0;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, value);
  if (error != std::errc() || stop != end) return std::nullopt;
  return value;
}

}  // namespace assent
