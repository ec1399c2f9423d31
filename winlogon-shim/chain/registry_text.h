#pragma once
// A registry value as the text that chain/value plans with. Inside winlogon-shim/chain only.

#include "winlogon-shim/chain/value/chain_value.h"
#include "winlogon-shim/system/registry_value.h"

namespace assent::windows {

// Up to the first zero, as Windows reads it; nothing for what is no text.
MaybeText text_of(const std::optional<RawValue>& value);
Result<RawValue> raw_of(const RegistryText& text);

}  // namespace assent::windows
