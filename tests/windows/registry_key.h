#pragma once
// A key below HKEY_LOCAL_MACHINE, for tests that set what an administrator or Windows would.

#include <windows.h>

#include <string>

#include "winlogon-shim/system/utf16.h"

namespace assent::test {

class RegistryKey {
 public:
  explicit RegistryKey(const std::string& path) : path_(windows::to_utf16(path).value()) {}

  LSTATUS put(const wchar_t* name, DWORD value) const {
    return RegSetKeyValueW(HKEY_LOCAL_MACHINE, path_.c_str(), name, REG_DWORD, &value,
                           sizeof value);
  }
  LSTATUS put(const wchar_t* name, const std::string& text) const {
    const std::wstring value = windows::to_utf16(text).value();
    return RegSetKeyValueW(HKEY_LOCAL_MACHINE, path_.c_str(), name, REG_SZ, value.c_str(),
                           DWORD((value.size() + 1) * sizeof(wchar_t)));
  }
  // With all that is below it.
  LSTATUS remove() const { return RegDeleteTreeW(HKEY_LOCAL_MACHINE, path_.c_str()); }

 private:
  std::wstring path_;
};

}  // namespace assent::test
