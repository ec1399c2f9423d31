#include "winlogon-shim/system/access_list.h"

#include <sddl.h>

#include "winlogon-shim/system/failure.h"

namespace assent::windows {

AccessList::AccessList(PSECURITY_DESCRIPTOR list)
    : list_(list), attributes_{sizeof attributes_, list, FALSE} {}

Result<AccessList> AccessList::from(const std::wstring& sddl) {
  PSECURITY_DESCRIPTOR list = nullptr;
  if (!ConvertStringSecurityDescriptorToSecurityDescriptorW(sddl.c_str(), SDDL_REVISION_1, &list,
                                                            nullptr))
    return windows_failure("an access list");
  return AccessList(list);
}

}  // namespace assent::windows
