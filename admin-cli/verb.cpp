#include "admin-cli/verb.h"

#include "core/base/number.h"

namespace assent::cli {

Result<std::uint64_t> Given::number(std::string_view name, std::uint64_t min,
                                    std::uint64_t max) const {
  const std::string given = text(name);
  const auto value = whole_number<std::uint64_t>(given);
  if (!value || *value < min || *value > max)
    return fail(Code::Invalid, std::string(name) + " is a whole number from " +
                                   std::to_string(min) + " to " + std::to_string(max) + ", not \"" +
                                   given + "\"");
  return *value;
}

}  // namespace assent::cli
