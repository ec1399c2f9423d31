#pragma once
// Who may use what is about to be made.

#include <windows.h>

#include <string>

#include "core/base/result.h"
#include "winlogon-shim/system/handle.h"

namespace assent::windows {

class AccessList {
 public:
  // `sddl` is a security descriptor in the Security Descriptor Definition Language ([MS-DTYP]
  // 2.5.1), such as L"D:P(A;;GA;;;SY)". Unavailable where Windows cannot read it.
  static Result<AccessList> from(const std::wstring& sddl);
  // For a Create… call, as long as this lives.
  SECURITY_ATTRIBUTES* get() { return &attributes_; }

 private:
  explicit AccessList(PSECURITY_DESCRIPTOR list);
  Handle<PSECURITY_DESCRIPTOR, LocalFree> list_;
  SECURITY_ATTRIBUTES attributes_;
};

}  // namespace assent::windows
