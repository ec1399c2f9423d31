#include "winlogon-shim/chain/registry_text.h"

#include <cstring>

#include "winlogon-shim/system/utf16.h"

namespace assent::windows {

MaybeText text_of(const std::optional<RawValue>& value) {
  if (!value || (value->type != REG_SZ && value->type != REG_EXPAND_SZ)) return std::nullopt;
  std::wstring wide(value->bytes.size() / sizeof(wchar_t), L'\0');
  std::memcpy(wide.data(), value->bytes.data(), wide.size() * sizeof(wchar_t));
  return RegistryText{to_utf8(wide.substr(0, wide.find(L'\0'))), value->type == REG_EXPAND_SZ};
}

Result<RawValue> raw_of(const RegistryText& text) {
  ASSENT_TRY(RawValue out, raw_text(text.text));
  out.type = text.expands ? REG_EXPAND_SZ : REG_SZ;
  return out;
}

}  // namespace assent::windows
