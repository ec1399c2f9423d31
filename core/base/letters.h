#pragma once
// Letters of ASCII without regard to case: names, tags and keywords that protocols compare so. What
// people type as their names is core/unicode's.

#include <string>
#include <string_view>

namespace assent {

constexpr char lower(char c) {
  return c >= 'A' && c <= 'Z' ? char(c - 'A' + 'a') : c;
}

inline std::string lower(std::string_view text) {
  std::string out{text};
  for (char& c : out) c = lower(c);
  return out;
}

// Compares without a copy: it is asked several times for every account of a school.
inline bool same_letters(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i)
    if (lower(a[i]) != lower(b[i])) return false;
  return true;
}

}  // namespace assent
