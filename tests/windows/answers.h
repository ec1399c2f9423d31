#pragma once
// How programs that tests drive ask a DLL, and print what it answered.

#include <objbase.h>
#include <windows.h>

#include <cstdio>
#include <fstream>
#include <string>
#include <vector>

#include "core/formats/json.h"
#include "winlogon-shim/system/utf16.h"

namespace assent::test {

// A function that a loaded DLL exports; null where there is none.
template <class Function>
Function* exported(const wchar_t* dll, const char* name) {
  const HMODULE module = GetModuleHandleW(dll);
  return module ? reinterpret_cast<Function*>(reinterpret_cast<void*>(GetProcAddress(module, name)))
                : nullptr;
}

inline std::int64_t can_unload(const wchar_t* dll) {
  const auto ask = exported<HRESULT STDMETHODCALLTYPE()>(dll, "DllCanUnloadNow");
  return ask ? ask() : -1;
}

inline std::string hex(HRESULT result) {
  char text[16];
  std::snprintf(text, sizeof text, "%08lX", static_cast<unsigned long>(result));
  return text;
}

inline std::string taken(LPWSTR text) {
  const std::string copy = text ? windows::to_utf8(text) : "";
  CoTaskMemFree(text);
  return copy;
}

inline std::vector<std::string> lines_of(const std::string& path) {
  std::ifstream stream(path);
  std::vector<std::string> lines;
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

inline Value list(const std::vector<std::string>& texts) {
  Array values;
  for (const auto& text : texts) values.emplace_back(text);
  return Value(std::move(values));
}

}  // namespace assent::test
