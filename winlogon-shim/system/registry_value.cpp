#include "winlogon-shim/system/registry_value.h"

#include <cstring>

#include "winlogon-shim/system/handle.h"
#include "winlogon-shim/system/utf16.h"

namespace assent::windows {
namespace {

using Key = Handle<HKEY, RegCloseKey>;

constexpr std::size_t kMostBytes = 64 * 1024;

Failure failed(const ValuePlace& place, LSTATUS code) {
  const std::string what =
      "the registry value " + to_utf8(place.key) + "\\" + to_utf8(place.name) + " ";
  if (code == ERROR_ACCESS_DENIED)
    return fail(Code::Denied, what + "may be changed by an administrator alone");
  return fail(Code::Unavailable,
              what + "could not be read or written (Windows error " + std::to_string(code) + ")");
}

LSTATUS open(const ValuePlace& place, REGSAM access, Key& out) {
  HKEY key = nullptr;
  const auto code = RegOpenKeyExW(HKEY_LOCAL_MACHINE, place.key, 0, access | KEY_WOW64_64KEY, &key);
  out.reset(key);
  return code;
}

}  // namespace

Result<std::optional<RawValue>> read_value(const ValuePlace& place) {
  Key key;
  LSTATUS code = open(place, KEY_QUERY_VALUE, key);
  RawValue value;
  value.bytes.resize(kMostBytes);
  DWORD size = kMostBytes;
  if (code == ERROR_SUCCESS)
    code = RegQueryValueExW(key.get(), place.name, nullptr, &value.type, value.bytes.data(), &size);
  if (code == ERROR_FILE_NOT_FOUND) return std::optional<RawValue>();
  if (code != ERROR_SUCCESS) return failed(place, code);
  value.bytes.resize(size);
  return std::optional(std::move(value));
}

Status write_value(const ValuePlace& place, const RawValue& value) {
  HKEY made = nullptr;
  LSTATUS code = RegCreateKeyExW(HKEY_LOCAL_MACHINE, place.key, 0, nullptr, 0,
                                 KEY_SET_VALUE | KEY_WOW64_64KEY, nullptr, &made, nullptr);
  const Key key(made);
  // Windows looks behind a text that does not end in a zero, and takes one along that it finds
  // there.
  std::vector<BYTE> bytes = value.bytes;
  bytes.resize(bytes.size() + sizeof(wchar_t), 0xff);
  if (code == ERROR_SUCCESS)
    code = RegSetValueExW(key.get(), place.name, 0, value.type, bytes.data(),
                          DWORD(value.bytes.size()));
  if (code != ERROR_SUCCESS) return failed(place, code);
  return {};
}

Status remove_value(const ValuePlace& place) {
  Key key;
  LSTATUS code = open(place, KEY_SET_VALUE, key);
  if (code == ERROR_SUCCESS) code = RegDeleteValueW(key.get(), place.name);
  if (code != ERROR_SUCCESS && code != ERROR_FILE_NOT_FOUND) return failed(place, code);
  return {};
}

Status remove_key(const wchar_t* key) {
  const LSTATUS code = RegDeleteKeyExW(HKEY_LOCAL_MACHINE, key, KEY_WOW64_64KEY, 0);
  if (code != ERROR_SUCCESS && code != ERROR_FILE_NOT_FOUND) return failed({key, L""}, code);
  return {};
}

Status put_value(const ValuePlace& place, const std::optional<RawValue>& value) {
  return value ? write_value(place, *value) : remove_value(place);
}

Result<RawValue> raw_text(const std::string& text) {
  ASSENT_TRY(const std::wstring wide, to_utf16(text));
  RawValue out{REG_SZ, {}};
  out.bytes.resize((wide.size() + 1) * sizeof(wchar_t));  // with the zero at its end
  std::memcpy(out.bytes.data(), wide.c_str(), out.bytes.size());
  return out;
}

}  // namespace assent::windows
