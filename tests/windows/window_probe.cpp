// What stands in a window of ours, read from another process as a screen reader would, and messages
// that nobody sitting there has sent.
#include <windows.h>

#include <iostream>
#include <sstream>

#include "core/formats/json.h"
#include "winlogon-shim/system/utf16.h"

namespace {

using namespace assent;

std::string text_of(HWND window) {
  std::wstring text(std::size_t(SendMessageW(window, WM_GETTEXTLENGTH, 0, 0)) + 1, L'\0');
  text.resize(std::size_t(SendMessageW(window, WM_GETTEXT, text.size(), LPARAM(text.data()))));
  return windows::to_utf8(text);
}

std::string class_of(HWND window) {
  wchar_t name[64];
  return windows::to_utf8({name, std::size_t(GetClassNameW(window, name, 64))});
}

Array box_of(const RECT& at) {
  return {std::int64_t(at.left), std::int64_t(at.top), std::int64_t(at.right),
          std::int64_t(at.bottom)};
}

BOOL CALLBACK add(HWND child, LPARAM list) {
  RECT at{};
  GetWindowRect(child, &at);
  reinterpret_cast<Array*>(list)->push_back(
      Value(Object{{"id", std::int64_t(GetDlgCtrlID(child))},
                   {"class", class_of(child)},
                   {"text", text_of(child)},
                   {"enabled", IsWindowEnabled(child) != FALSE},
                   {"checked", SendMessageW(child, BM_GETCHECK, 0, 0) == BST_CHECKED},
                   {"tab_stop", (GetWindowLongW(child, GWL_STYLE) & WS_TABSTOP) != 0},
                   {"box", box_of(at)}}));
  return TRUE;
}

}  // namespace

// One line of JSON for each line that comes: the numbers in it are controls to post.
int main() {
  for (std::string line; std::getline(std::cin, line);) {
    const HWND window = FindWindowW(L"Assent.Sheet", nullptr);
    std::istringstream controls(line);
    for (unsigned control = 0; controls >> control;) PostMessageW(window, WM_COMMAND, control, 0);
    Array children;
    if (window != nullptr) EnumChildWindows(window, add, reinterpret_cast<LPARAM>(&children));
    GUITHREADINFO thread{};
    thread.cbSize = sizeof thread;
    GetGUIThreadInfo(GetWindowThreadProcessId(window, nullptr), &thread);
    RECT at{};
    GetClientRect(window, &at);
    MapWindowPoints(window, nullptr, reinterpret_cast<POINT*>(&at), 2);
    std::cout << to_json(Value(Object{{"title", text_of(window)},
                                      {"box", box_of(at)},
                                      {"focus", std::int64_t(GetDlgCtrlID(thread.hwndFocus))},
                                      {"children", children}}))
              << std::endl;
  }
}
