#pragma once
// Windows' registry, as far as settings need it. Always the 64-bit view.

#include <windows.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace assent::windows {

// Values of one key of HKEY_LOCAL_MACHINE, such as "SOFTWARE\\Assent". Nothing: not there, not to
// be read, or of another type. A text or list has at most 64 KiB. Any thread.
class RegistryKey {
 public:
  explicit RegistryKey(std::string_view path);
  std::optional<std::string> text(std::string_view name) const;                // REG_SZ
  std::optional<std::vector<std::string>> texts(std::string_view name) const;  // REG_MULTI_SZ
  std::optional<std::uint32_t> number(std::string_view name) const;            // REG_DWORD

 private:
  std::optional<std::wstring> read(std::string_view name, DWORD type) const;
  std::wstring path_;
};

}  // namespace assent::windows
