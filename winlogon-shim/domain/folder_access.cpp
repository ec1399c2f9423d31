#include "winlogon-shim/domain/folder_access.h"

#include <algorithm>

namespace assent::windows {

std::vector<std::string> who_may_open(const std::string& service, const std::string& own) {
  return {"S-1-5-18", "S-1-5-32-544", service.empty() ? own : service};
}

Status check_access(const std::string& folder, const std::string& owner,
                    const std::vector<std::string>& let_in,
                    const std::vector<std::string>& who_may) {
  const auto may = [&](const std::string& sid) {
    return std::ranges::find(who_may, sid) != who_may.end();
  };
  if (!may(owner)) return fail(Code::Denied, folder + " belongs to somebody else");
  for (const std::string& sid : let_in)
    if (!may(sid)) return fail(Code::Denied, folder + " is open to " + sid);
  return {};
}

}  // namespace assent::windows
