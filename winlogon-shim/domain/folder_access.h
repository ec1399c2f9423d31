#pragma once
// Who may open the folder with the device's key. All are SIDs.

#include <string>
#include <vector>

#include "core/base/result.h"

namespace assent::windows {

// Windows itself, its administrators and the service: whoever enrols the machine gets in as an
// administrator, and by no name of their own. `service` is empty where it is not installed; then
// `own`, who runs this, is let in.
std::vector<std::string> who_may_open(const std::string& service, const std::string& own);

// Denied, in words that begin with `folder`, where somebody else owns it or is let in.
Status check_access(const std::string& folder, const std::string& owner,
                    const std::vector<std::string>& let_in,
                    const std::vector<std::string>& who_may);

}  // namespace assent::windows
