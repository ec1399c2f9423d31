#include "winlogon-shim/system/registry.h"

#include "winlogon-shim/system/utf16.h"

namespace assent::windows {
namespace {

constexpr DWORD kMostBytes = 64 * 1024;
constexpr DWORD kView = RRF_SUBKEY_WOW6464KEY;

std::wstring wide(std::string_view name) {
  auto text = to_utf16(name);
  return text ? *std::move(text) : std::wstring();
}

}  // namespace

RegistryKey::RegistryKey(std::string_view path) : path_(wide(path)) {}

// What stands in the value, with the zeros that end it.
std::optional<std::wstring> RegistryKey::read(std::string_view name, DWORD type) const {
  const std::wstring value = wide(name);
  DWORD bytes = 0;
  if (RegGetValueW(HKEY_LOCAL_MACHINE, path_.c_str(), value.c_str(), type | kView, nullptr, nullptr,
                   &bytes) != ERROR_SUCCESS ||
      bytes > kMostBytes)
    return std::nullopt;
  std::wstring out(bytes / sizeof(wchar_t) + 1, L'\0');
  bytes = DWORD(out.size() * sizeof(wchar_t));
  if (RegGetValueW(HKEY_LOCAL_MACHINE, path_.c_str(), value.c_str(), type | kView, nullptr,
                   out.data(), &bytes) != ERROR_SUCCESS)
    return std::nullopt;
  out.resize(bytes / sizeof(wchar_t));
  return out;
}

std::optional<std::string> RegistryKey::text(std::string_view name) const {
  auto found = read(name, RRF_RT_REG_SZ);
  if (!found) return std::nullopt;
  return to_utf8(std::wstring_view(*found).substr(0, found->find(L'\0')));
}

std::optional<std::vector<std::string>> RegistryKey::texts(std::string_view name) const {
  const auto found = read(name, RRF_RT_REG_MULTI_SZ);
  if (!found) return std::nullopt;
  std::vector<std::string> out;
  for (std::wstring_view rest = *found; !rest.empty() && rest.front() != L'\0';) {
    const std::wstring_view one = rest.substr(0, rest.find(L'\0'));
    out.push_back(to_utf8(one));
    rest.remove_prefix(std::min(one.size() + 1, rest.size()));
  }
  return out;
}

std::optional<std::uint32_t> RegistryKey::number(std::string_view name) const {
  const std::wstring value = wide(name);
  DWORD out = 0, bytes = sizeof out;
  if (RegGetValueW(HKEY_LOCAL_MACHINE, path_.c_str(), value.c_str(), RRF_RT_REG_DWORD | kView,
                   nullptr, &out, &bytes) != ERROR_SUCCESS)
    return std::nullopt;
  return out;
}

}  // namespace assent::windows
