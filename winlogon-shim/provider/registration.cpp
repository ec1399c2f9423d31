#include "winlogon-shim/provider/registration.h"

#include <objbase.h>

#include <string>

namespace assent::provider {
namespace {

constexpr wchar_t kName[] = L"Assent";

std::wstring with_id(const wchar_t* folder) {
  wchar_t text[40];
  StringFromGUID2(kAssentProvider, text, 40);
  return std::wstring(folder) + text;
}
std::wstring class_key() {
  return with_id(L"SOFTWARE\\Classes\\CLSID\\");
}
std::wstring provider_key() {
  return with_id(
      L"SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Authentication\\Credential Providers\\");
}

// Of the DLL that this code is in. Empty when it cannot be told.
std::wstring own_path() {
  HMODULE module = nullptr;
  if (!GetModuleHandleExW(
          GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS | GET_MODULE_HANDLE_EX_FLAG_UNCHANGED_REFCOUNT,
          reinterpret_cast<LPCWSTR>(&own_path), &module))
    return L"";
  std::wstring path(32768, L'\0');  // the longest that Windows has
  const DWORD length = GetModuleFileNameW(module, path.data(), DWORD(path.size()));
  path.resize(length < path.size() ? length : 0);
  return path;
}

LSTATUS put(const std::wstring& key, const wchar_t* value, const std::wstring& text) {
  HKEY opened = nullptr;
  LSTATUS done = RegCreateKeyExW(HKEY_LOCAL_MACHINE, key.c_str(), 0, nullptr, 0,
                                 KEY_SET_VALUE | KEY_WOW64_64KEY, nullptr, &opened, nullptr);
  if (done != ERROR_SUCCESS) return done;
  done = RegSetValueExW(opened, value, 0, REG_SZ, reinterpret_cast<const BYTE*>(text.c_str()),
                        DWORD((text.size() + 1) * sizeof(wchar_t)));
  RegCloseKey(opened);
  return done;
}

LSTATUS put_all(const std::wstring& path) {
  const std::wstring server = class_key() + L"\\InprocServer32";
  LSTATUS done = put(class_key(), nullptr, kName);
  if (done == ERROR_SUCCESS) done = put(server, nullptr, path);
  if (done == ERROR_SUCCESS) done = put(server, L"ThreadingModel", L"Apartment");
  // Last: LogonUI must not find what cannot be loaded.
  if (done == ERROR_SUCCESS) done = put(provider_key(), nullptr, kName);
  return done;
}

LSTATUS remove(const std::wstring& key) {
  const LSTATUS tree = RegDeleteTreeW(HKEY_LOCAL_MACHINE, key.c_str());
  return tree == ERROR_FILE_NOT_FOUND ? ERROR_SUCCESS : tree;
}

}  // namespace

HRESULT register_provider() {
  const std::wstring path = own_path();
  if (path.empty()) return E_UNEXPECTED;
  const LSTATUS done = put_all(path);
  if (done != ERROR_SUCCESS) (void)unregister_provider();
  return HRESULT_FROM_WIN32(DWORD(done));
}

HRESULT unregister_provider() {
  const LSTATUS first = remove(provider_key()), second = remove(class_key());
  return HRESULT_FROM_WIN32(DWORD(first != ERROR_SUCCESS ? first : second));
}

}  // namespace assent::provider
