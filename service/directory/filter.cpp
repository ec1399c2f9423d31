#include "service/directory/filter.h"

namespace assent::directory {
namespace {

bool needs_no_escape(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == ' ' ||
         c == '-' || c == '.' || c == '_' || c == '@' || c == ',' || c == '=';
}

}  // namespace

std::string escaped(std::string_view value) {
  constexpr std::string_view kHex = "0123456789abcdef";
  std::string out;
  for (const char c : value) {
    const auto byte = static_cast<unsigned char>(c);
    if (needs_no_escape(c))
      out += c;
    else
      out += {'\\', kHex[byte >> 4], kHex[byte & 15]};
  }
  return out;
}

std::string equals(std::string_view attribute, std::string_view value) {
  return "(" + std::string(attribute) + "=" + escaped(value) + ")";
}

std::string both(std::string_view one, std::string_view other) {
  return "(&" + std::string(one) + std::string(other) + ")";
}

}  // namespace assent::directory
