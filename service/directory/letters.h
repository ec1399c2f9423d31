#pragma once
// Names and values of a directory compare without case. ASCII alone: what else may be equal, the
// server decides.

#include <string>
#include <string_view>

namespace assent::directory {

inline std::string lower(std::string_view text) {
  std::string out{text};
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = char(c - 'A' + 'a');
  return out;
}

}  // namespace assent::directory
