#pragma once
// One value of HKEY_LOCAL_MACHINE in the 64-bit view, as the bytes that are there.

#include <windows.h>

#include <optional>
#include <string>
#include <vector>

#include "core/base/result.h"

namespace assent::windows {

struct ValuePlace {
  const wchar_t* key;
  const wchar_t* name;
};

struct RawValue {
  DWORD type = REG_SZ;
  std::vector<BYTE> bytes;
  friend bool operator==(const RawValue&, const RawValue&) = default;
};

// Nothing where there is no such value or key.
Result<std::optional<RawValue>> read_value(const ValuePlace& place);
// Makes the key if need be.
Status write_value(const ValuePlace& place, const RawValue& value);
Status remove_value(const ValuePlace& place);
// With its values; it may not be there. Unavailable where it has keys of its own.
Status remove_key(const wchar_t* key);
// Writes it, or removes it where there is nothing.
Status put_value(const ValuePlace& place, const std::optional<RawValue>& value);
// REG_SZ. Invalid for what is no UTF-8.
Result<RawValue> raw_text(const std::string& text);

}  // namespace assent::windows
