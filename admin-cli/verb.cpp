#include "admin-cli/verb.h"

#include <charconv>

namespace assent::cli {

Result<std::uint64_t> Given::number(std::string_view name, std::uint64_t min,
                                    std::uint64_t max) const {
  const std::string given = text(name);
  std::uint64_t value = 0;
  const char* end = given.data() + given.size();
  const auto [stop, error] = std::from_chars(given.data(), end, value);
  if (error != std::errc{} || stop != end || value < min || value > max)
    return fail(Code::Invalid, std::string(name) + " is a whole number from " +
                                   std::to_string(min) + " to " + std::to_string(max) + ", not \"" +
                                   given + "\"");
  return value;
}

}  // namespace assent::cli
