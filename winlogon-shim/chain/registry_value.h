#pragma once
// One value of HKEY_LOCAL_MACHINE in the 64-bit view, as the bytes that are there. Inside
// winlogon-shim/chain only.

#include <windows.h>

#include <optional>
#include <vector>

#include "core/base/result.h"
#include "winlogon-shim/chain/value/chain_value.h"

namespace assent::windows {

struct ValuePlace {
  const wchar_t* key;
  const wchar_t* name;
};

struct RawValue {
  DWORD type = REG_SZ;
  std::vector<BYTE> bytes;
};

// Nothing where there is no such value or key.
Result<std::optional<RawValue>> read_value(const ValuePlace& place);
// Makes the key if need be.
Status write_value(const ValuePlace& place, const RawValue& value);
Status remove_value(const ValuePlace& place);

// Up to the first zero, as Windows reads it; nothing for what is no text.
MaybeText text_of(const std::optional<RawValue>& value);
Result<RawValue> raw_of(const RegistryText& text);

}  // namespace assent::windows
