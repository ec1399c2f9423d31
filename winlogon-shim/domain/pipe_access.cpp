#include "winlogon-shim/domain/pipe_access.h"

#include <algorithm>

namespace assent::windows {
namespace {

constexpr char kFor[] = "D:P(D;;GA;;;NU)(A;;GA;;;SY)";
// FILE_CREATE_PIPE_INSTANCE is not in 0x12019b.
constexpr char kInteractive[] = "(A;;0x12019b;;;IU)";

}  // namespace

std::string pipe_access(const std::string& service, const std::vector<std::string>& own_groups) {
  const bool is_service =
      !service.empty() && std::ranges::find(own_groups, service) != own_groups.end();
  // What an owner may do is said, or Windows would let it rewrite this list.
  const std::string serving =
      is_service ? "(A;;GA;;;" + service + ")(A;;RC;;;OW)" : std::string("(A;;GA;;;OW)");
  return kFor + serving + kInteractive;
}

}  // namespace assent::windows
