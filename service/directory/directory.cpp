#include "service/directory/directory.h"

#include "core/base/letters.h"

namespace assent::directory {
std::span<const std::string> Entry::values(std::string_view name) const {
  for (const Attribute& attribute : attributes)
    if (same_letters(attribute.name, name)) return attribute.values;
  return {};
}

const std::string& Entry::first(std::string_view name) const {
  static const std::string kNone;
  const auto all = values(name);
  return all.empty() ? kNone : all.front();
}

}  // namespace assent::directory
