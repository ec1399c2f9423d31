#include "winlogon-shim/system/utf16.h"

#include <windows.h>

#include <limits>

namespace assent::windows {
namespace {

constexpr std::size_t kMost = std::numeric_limits<int>::max();

}  // namespace

Result<std::wstring> to_utf16(std::string_view text) {
  if (text.empty()) return std::wstring();
  if (text.size() > kMost) return fail(Code::Invalid, "the text is too long");
  const int size = int(text.size());
  const int length =
      MultiByteToWideChar(CP_UTF8, MB_ERR_INVALID_CHARS, text.data(), size, nullptr, 0);
  if (length <= 0) return fail(Code::Invalid, "the text is no UTF-8");
  std::wstring out(std::size_t(length), L'\0');
  MultiByteToWideChar(CP_UTF8, MB_ERR_INVALID_CHARS, text.data(), size, out.data(), length);
  return out;
}

std::string to_utf8(std::wstring_view text) {
  text = text.substr(0, kMost);
  if (text.empty()) return "";
  const int size = int(text.size());
  const int length =
      WideCharToMultiByte(CP_UTF8, 0, text.data(), size, nullptr, 0, nullptr, nullptr);
  std::string out(std::size_t(length), '\0');
  WideCharToMultiByte(CP_UTF8, 0, text.data(), size, out.data(), length, nullptr, nullptr);
  return out;
}

}  // namespace assent::windows
