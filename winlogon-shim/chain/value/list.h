#pragma once
// The list as its pieces: all that stands between two commas, spaces included, so that what is put
// together again is the same text. Inside winlogon-shim/chain/value only.

#include <string>
#include <string_view>
#include <vector>

namespace assent::windows {

std::vector<std::string> pieces_of(std::string_view list);
std::string joined(const std::vector<std::string>& pieces);
std::string trimmed(std::string_view piece);

}  // namespace assent::windows
