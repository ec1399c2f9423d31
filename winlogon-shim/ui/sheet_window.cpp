#include "winlogon-shim/ui/sheet_window.h"

#include <windows.h>
// after windows.h
#include <uxtheme.h>

#include <algorithm>
#include <chrono>

#include "winlogon-shim/domain/sheet_layout.h"
#include "winlogon-shim/domain/window_words.h"
#include "winlogon-shim/system/failure.h"
#include "winlogon-shim/system/utf16.h"
#include "winlogon-shim/ui/look.h"
#include "winlogon-shim/ui/reading_area.h"

namespace assent::windows {
namespace {

using gate::Word;

constexpr wchar_t kClass[] = L"Assent.Sheet";
enum Id : int { kHeading = 100, kText, kHintLine, kConfirm, kProblem, kLeaveButton, kChoice = 200 };
constexpr UINT_PTR kTimer = 1;
constexpr UINT kTick = 200;  // milliseconds
constexpr int kTicksASecond = 1000 / kTick;

// Sizes at 100 %.
constexpr int kWidth = 760, kHeight = 840, kAddOnHeight = 400, kNoticeHeight = 300;

std::wstring wide(std::string_view text) {
  auto out = to_utf16(text);
  return out ? *std::move(out) : std::wstring();
}

// Of the program or the library that this is part of: a library may go before its process does, and
// takes the window's class with it.
HINSTANCE instance() {
  static const wchar_t here = 0;
  HMODULE module = nullptr;
  GetModuleHandleExW(
      GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS | GET_MODULE_HANDLE_EX_FLAG_UNCHANGED_REFCOUNT, &here,
      &module);
  return module;
}

class SheetWindow {
 public:
  SheetWindow(const Sheet& sheet, const SheetOptions& options)
      : sheet_(sheet), words_(window_words(sheet.language)), options_(options) {}
  SheetWindow(const SheetWindow&) = delete;
  SheetWindow& operator=(const SheetWindow&) = delete;
  ~SheetWindow() {
    if (window_ != nullptr) DestroyWindow(window_);
    UnregisterClassW(kClass, instance());  // fails while another window of ours is open
  }

  Result<std::optional<Word>> run() {
    const auto owner = static_cast<HWND>(options_.owner);
    if (!open()) return windows_failure("the window cannot be shown");
    if (owner != nullptr) EnableWindow(owner, FALSE);
    MSG message{};
    while (!done_ && GetMessageW(&message, nullptr, 0, 0) > 0) {
      if (IsDialogMessageW(window_, &message)) continue;
      TranslateMessage(&message);
      DispatchMessageW(&message);
    }
    if (owner != nullptr) EnableWindow(owner, TRUE);
    return chosen_;
  }

 private:
  static LRESULT CALLBACK procedure(HWND window, UINT message, WPARAM w, LPARAM l) {
    if (message == WM_NCCREATE) {
      const auto* create = reinterpret_cast<const CREATESTRUCTW*>(l);
      SetWindowLongPtrW(window, GWLP_USERDATA, reinterpret_cast<LONG_PTR>(create->lpCreateParams));
    }
    auto* self = reinterpret_cast<SheetWindow*>(GetWindowLongPtrW(window, GWLP_USERDATA));
    return self ? self->handle(window, message, w, l) : DefWindowProcW(window, message, w, l);
  }

  bool open() {
    WNDCLASSEXW kind{};
    kind.cbSize = sizeof kind;
    kind.lpfnWndProc = procedure;
    kind.hInstance = instance();
    kind.hCursor = LoadCursorW(nullptr, IDC_ARROW);
    kind.lpszClassName = kClass;
    RegisterClassExW(&kind);  // fails when it is there already, which is as good
    const auto owner = static_cast<HWND>(options_.owner);
    window_ = CreateWindowExW(WS_EX_TOPMOST | WS_EX_CONTROLPARENT | WS_EX_APPWINDOW, kClass,
                              wide(sheet_.title).c_str(), WS_POPUP | WS_CAPTION, 0, 0, 0, 0, owner,
                              nullptr, instance(), this);
    if (window_ == nullptr || !fill()) return false;
    place();
    SetTimer(window_, kTimer, kTick, nullptr);
    if (options_.alive) options_.alive();
    ShowWindow(window_, SW_SHOW);
    SetForegroundWindow(window_);
    SetFocus(is_question(sheet_) ? reading_.window() : GetDlgItem(window_, kChoice));
    return true;
  }

  HWND add(const wchar_t* kind, const std::wstring& text, DWORD style, int id) {
    return CreateWindowExW(0, kind, text.c_str(), WS_CHILD | WS_VISIBLE | style, 0, 0, 0, 0,
                           window_, reinterpret_cast<HMENU>(std::intptr_t(id)), instance(),
                           nullptr);
  }

  // In the order of Tab. The heading stands right before the text, and so names it for a screen
  // reader.
  bool fill() {
    look_.emplace(GetDpiForWindow(window_));
    add(L"STATIC", wide(sheet_.heading), SS_NOPREFIX, kHeading);
    if (!reading_.create(window_, kText)) return false;
    if (must_be_read(sheet_)) {
      add(L"STATIC", wide(words_.hint), SS_NOPREFIX, kHintLine);
      add(L"BUTTON", wide(sheet_.confirm), BS_AUTOCHECKBOX | WS_TABSTOP, kConfirm);
    }
    for (std::size_t i = 0; i < sheet_.choices.size(); ++i)
      add(L"BUTTON", wide(sheet_.choices[i].text),
          WS_TABSTOP | BS_MULTILINE | (i == 0 ? BS_DEFPUSHBUTTON : BS_PUSHBUTTON),
          kChoice + int(i));
    if (!sheet_.problem.empty()) add(L"BUTTON", wide(words_.report), WS_TABSTOP, kProblem);
    if (is_question(sheet_)) add(L"BUTTON", wide(words_.leave), WS_TABSTOP, kLeaveButton);
    update();
    return dress();
  }

  // Fonts and colours; the text anew, because its colours are in it.
  bool dress() {
    EnumChildWindows(
        window_,
        [](HWND child, LPARAM font) -> BOOL {
          SendMessageW(child, WM_SETFONT, WPARAM(font), TRUE);
          return TRUE;
        },
        reinterpret_cast<LPARAM>(look_->text()));
    // A themed box takes no colour of ours for its words.
    const wchar_t* style = look_->is_dark() ? L" " : nullptr;  // none; or Windows' own again
    SetWindowTheme(GetDlgItem(window_, kConfirm), style, style);
    return reading_.show(to_rich_text(sheet_.parts, look_->colours()), look_->paper());
  }

  // In the middle of the screen that it is on, never larger than what can be seen of it.
  void place() {
    MONITORINFO monitor{};
    monitor.cbSize = sizeof monitor;
    GetMonitorInfoW(MonitorFromWindow(window_, MONITOR_DEFAULTTOPRIMARY), &monitor);
    const RECT& work = monitor.rcWork;
    const int brief = is_question(sheet_) ? kAddOnHeight : kNoticeHeight;
    const int wanted = must_be_read(sheet_) ? kHeight : brief;
    const int width = std::min<int>(look_->pixels(kWidth), work.right - work.left);
    const int height = std::min<int>(look_->pixels(wanted), work.bottom - work.top);
    SetWindowPos(window_, HWND_TOPMOST, work.left + (work.right - work.left - width) / 2,
                 work.top + (work.bottom - work.top - height) / 2, width, height, 0);
    lay_out_controls();
  }

  // A heading that is too long for one line is small; so the whole of it is seen. Gives its height.
  int fit_heading(int width) {
    const std::wstring text = wide(sheet_.heading);
    const int one_line = height_of(L"X", look_->heading(), width);
    const bool fits = height_of(text, look_->heading(), width) <= one_line;
    const HFONT font = fits ? look_->heading() : look_->small_heading();
    SendDlgItemMessageW(window_, kHeading, WM_SETFONT, WPARAM(font), TRUE);
    return height_of(text, font, width);
  }

  void put(int id, const Box& box) {
    MoveWindow(GetDlgItem(window_, id), box.x, box.y, box.width, box.height, TRUE);
  }

  void lay_out_controls() {
    RECT client{};
    GetClientRect(window_, &client);
    const SheetBoxes boxes = lay_out(sheet_, client.right, client.bottom, int(look_->dpi()),
                                     [this](int width) { return fit_heading(width); });
    put(kHeading, boxes.heading);
    put(kText, boxes.text);
    put(kHintLine, boxes.hint);
    put(kConfirm, boxes.confirm);
    for (std::size_t i = 0; i < boxes.choices.size(); ++i) put(kChoice + int(i), boxes.choices[i]);
    put(kProblem, boxes.problem);
    put(kLeaveButton, boxes.leave);
  }

  LRESULT handle(HWND window, UINT message, WPARAM w, LPARAM l) {
    switch (message) {
      case WM_COMMAND: return command(LOWORD(w)), 0;
      case WM_TIMER: return tick(), 0;
      // What Enter presses: the button that has the keyboard, and the main one elsewhere.
      case DM_GETDEFID: return MAKELRESULT(default_button(), DC_HASDEFID);
      case WM_NCDESTROY: return gone(), 0;  // with its owner, perhaps
      case WM_CLOSE: return is_question(sheet_) ? leave() : choose(0), 0;  // Alt+F4
      case WM_QUERYENDSESSION: return TRUE;
      case WM_ENDSESSION: return (w ? leave() : void()), 0;
      case WM_SETTINGCHANGE:
      case WM_SYSCOLORCHANGE:
      case WM_DISPLAYCHANGE: return (look_ ? rescale(GetDpiForWindow(window)) : void()), 0;
      case WM_DPICHANGED: return rescale(HIWORD(w)), 0;
      case WM_CTLCOLORSTATIC:
      case WM_CTLCOLORBTN: return colour(reinterpret_cast<HDC>(w));
      case WM_ERASEBKGND: return erase(reinterpret_cast<HDC>(w));
      default: return DefWindowProcW(window, message, w, l);
    }
  }

  void command(int id) {
    const int choice = id - kChoice;
    if (id == kLeaveButton) return leave();
    if (id == kProblem) return report_problem();
    if (id == kConfirm) return update();
    if (choice >= 0 && choice < int(sheet_.choices.size())) choose(std::size_t(choice));
  }

  int default_button() const {
    const int focused = GetDlgCtrlID(GetFocus());
    if (focused >= kChoice || focused == kProblem || focused == kLeaveButton) return focused;
    return must_be_read(sheet_) || !is_question(sheet_) ? kChoice : kText;
  }
  void gone() {
    window_ = nullptr;
    done_ = true;
  }

  // Whatever the message claims: what needs reading waits for it.
  bool may(const Choice& choice) const {
    return !choice.after_reading || (was_at_end_ && is_confirmed());
  }
  bool is_confirmed() const { return IsDlgButtonChecked(window_, kConfirm) == BST_CHECKED; }
  void choose(std::size_t index) {
    if (!may(sheet_.choices[index])) return;
    chosen_ = sheet_.choices[index].word;
    done_ = true;
  }
  void leave() { done_ = true; }

  void tick() {
    if (++ticks_ % kTicksASecond == 0 && options_.alive) options_.alive();
    const auto waited = std::chrono::milliseconds(kTick) * ticks_;
    if (!is_question(sheet_) && options_.patience.count() > 0 && waited >= options_.patience)
      return choose(0);
    if (is_question(sheet_) && options_.idle.count() > 0 && idle_time() >= options_.idle)
      return leave();
    if (!must_be_read(sheet_) || was_at_end_ || !reading_.is_at_end()) return;
    was_at_end_ = true;
    SetDlgItemTextW(window_, kHintLine, wide(words_.read_hint).c_str());
    update();
  }

  // Since the last key or movement anywhere in the session.
  static std::chrono::milliseconds idle_time() {
    LASTINPUTINFO last{sizeof last, 0};
    GetLastInputInfo(&last);
    return std::chrono::milliseconds(GetTickCount() - last.dwTime);
  }

  void update() {
    if (!must_be_read(sheet_)) return;
    EnableWindow(GetDlgItem(window_, kConfirm), was_at_end_);
    for (std::size_t i = 0; i < sheet_.choices.size(); ++i)
      EnableWindow(GetDlgItem(window_, kChoice + int(i)), may(sheet_.choices[i]));
  }

  void report_problem() {
    SYSTEMTIME now{};
    GetLocalTime(&now);
    wchar_t computer[MAX_COMPUTERNAME_LENGTH + 1] = L"";
    DWORD size = DWORD(std::size(computer));
    GetComputerNameW(computer, &size);
    wchar_t time[32];
    wsprintfW(time, L"%04d-%02d-%02d %02d:%02d", now.wYear, now.wMonth, now.wDay, now.wHour,
              now.wMinute);
    const std::wstring text = wide(words_.tell) + L"\n\n" + wide(words_.computer) + L": " +
                              computer + L"\n" + wide(words_.time) + L": " + time + L"\n" +
                              wide(sheet_.problem);
    SheetOptions options;
    options.owner = window_;
    options.alive = options_.alive;
    static_cast<void>(
        show_sheet(notice(to_utf8(text), std::string(words_.go_back), sheet_.language), options));
    SetForegroundWindow(window_);
    SetFocus(GetDlgItem(window_, kProblem));
  }

  void rescale(unsigned dpi) {
    look_.emplace(dpi);
    dress();
    place();
  }

  LRESULT colour(HDC context) {
    SetTextColor(context, look_->ink());
    SetBkColor(context, look_->paper());
    return reinterpret_cast<LRESULT>(look_->paper_brush());
  }
  LRESULT erase(HDC context) {
    RECT all{};
    GetClientRect(window_, &all);
    FillRect(context, &all, look_->paper_brush());
    return TRUE;
  }

  const Sheet& sheet_;
  const WindowWords& words_;
  const SheetOptions& options_;
  HWND window_ = nullptr;
  ReadingArea reading_;
  std::optional<Look> look_;
  std::optional<Word> chosen_;
  int ticks_ = 0;
  bool was_at_end_ = false, done_ = false;
};

}  // namespace

Result<std::optional<gate::Word>> show_sheet(const Sheet& sheet, const SheetOptions& options) {
  return SheetWindow(sheet, options).run();
}

}  // namespace assent::windows
