#include "service/directory/directory.h"

#include <algorithm>

namespace assent::directory {
namespace {

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? char(c - 'A' + 'a') : c;
}

bool same_name(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, {}, lower, lower);
}

}  // namespace

std::span<const std::string> Entry::values(std::string_view name) const {
  for (const Attribute& attribute : attributes)
    if (same_name(attribute.name, name)) return attribute.values;
  return {};
}

const std::string& Entry::first(std::string_view name) const {
  static const std::string kNone;
  const auto all = values(name);
  return all.empty() ? kNone : all.front();
}

}  // namespace assent::directory
