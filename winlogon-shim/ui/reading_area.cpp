#include "winlogon-shim/ui/reading_area.h"

#include <richedit.h>

#include <algorithm>
#include <cstring>
#include <string_view>

namespace assent::windows {
namespace {

constexpr LONG kTolerance = 4;  // pixels below the last line that no scrolling reaches

// A dialog's RichEdit takes Tab and Enter for itself: whoever uses the keyboard alone would be
// caught in it.
LRESULT CALLBACK leave_keys(HWND window, UINT message, WPARAM w, LPARAM l) {
  if (message == WM_GETDLGCODE) return DLGC_WANTARROWS;
  const auto own = reinterpret_cast<WNDPROC>(GetWindowLongPtrW(window, GWLP_USERDATA));
  return CallWindowProcW(own, window, message, w, l);
}

DWORD CALLBACK read_more(DWORD_PTR cookie, BYTE* out, LONG size, LONG* done) {
  auto& rest = *reinterpret_cast<std::string_view*>(cookie);
  const std::size_t count = std::min(rest.size(), std::size_t(size));
  std::memcpy(out, rest.data(), count);
  rest.remove_prefix(count);
  *done = LONG(count);
  return 0;
}

}  // namespace

bool ReadingArea::create(HWND parent, int id) {
  static const HMODULE library =
      LoadLibraryExW(L"msftedit.dll", nullptr, LOAD_LIBRARY_SEARCH_SYSTEM32);
  if (library == nullptr) return false;
  window_ = CreateWindowExW(0, L"RICHEDIT50W", L"",
                            WS_CHILD | WS_VISIBLE | WS_TABSTOP | WS_VSCROLL | WS_BORDER |
                                ES_MULTILINE | ES_READONLY | ES_NOHIDESEL,
                            0, 0, 0, 0, parent, reinterpret_cast<HMENU>(std::intptr_t(id)),
                            GetModuleHandleW(nullptr), nullptr);
  if (window_ == nullptr) return false;
  SetWindowLongPtrW(window_, GWLP_USERDATA, GetWindowLongPtrW(window_, GWLP_WNDPROC));
  SetWindowLongPtrW(window_, GWLP_WNDPROC, reinterpret_cast<LONG_PTR>(leave_keys));
  return true;
}

bool ReadingArea::show(const std::string& rich_text, COLORREF paper) {
  std::string_view rest = rich_text;
  EDITSTREAM stream{reinterpret_cast<DWORD_PTR>(&rest), 0, read_more};
  SendMessageW(window_, EM_SETBKGNDCOLOR, 0, LPARAM(paper));
  SendMessageW(window_, EM_EXLIMITTEXT, 0, LPARAM(1024 * 1024));
  SendMessageW(window_, EM_STREAMIN, SF_RTF, reinterpret_cast<LPARAM>(&stream));
  SendMessageW(window_, EM_SETSEL, 0, 0);
  return stream.dwError == 0 && rest.empty() && GetWindowTextLengthW(window_) > 0;
}

bool ReadingArea::is_at_end() const {
  const LRESULT length = GetWindowTextLengthW(window_);
  CHARRANGE caret{};
  SendMessageW(window_, EM_EXGETSEL, 0, reinterpret_cast<LPARAM>(&caret));
  GETTEXTLENGTHEX how{GTL_NUMCHARS | GTL_PRECISE, 1200};
  const LRESULT characters = SendMessageW(window_, EM_GETTEXTLENGTHEX, WPARAM(&how), 0);
  if (length == 0) return false;
  if (caret.cpMax >= characters - 1) return true;
  POINTL last{};
  SendMessageW(window_, EM_POSFROMCHAR, WPARAM(&last), LPARAM(characters - 1));
  RECT inside{};
  GetClientRect(window_, &inside);
  TEXTMETRICW metrics{};
  const HDC context = GetDC(window_);
  GetTextMetricsW(context, &metrics);
  ReleaseDC(window_, context);
  return last.y >= 0 && last.y + metrics.tmHeight <= inside.bottom + kTolerance;
}

}  // namespace assent::windows
