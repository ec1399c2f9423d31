#include "winlogon-shim/service/event_log.h"

#include <windows.h>

#include <cstdio>
#include <memory>
#include <mutex>

#include "winlogon-shim/system/handle.h"
#include "winlogon-shim/system/utf16.h"

namespace assent::windows {
namespace {

constexpr wchar_t kSource[] = L"Assent";
constexpr DWORD kLine = 1;  // the message of events.mc that is one line of text

WORD to_type(device::Severity severity) {
  switch (severity) {
    case device::Severity::Error: return EVENTLOG_ERROR_TYPE;
    case device::Severity::Warning: return EVENTLOG_WARNING_TYPE;
    case device::Severity::Info:
    case device::Severity::Debug: break;
  }
  return EVENTLOG_INFORMATION_TYPE;
}

std::string_view to_word(device::Severity severity) {
  switch (severity) {
    case device::Severity::Error: return "error";
    case device::Severity::Warning: return "warning";
    case device::Severity::Info: return "info";
    case device::Severity::Debug: break;
  }
  return "debug";
}

}  // namespace

device::Log event_log() {
  using Source = Handle<HANDLE, DeregisterEventSource>;
  const std::shared_ptr<Source> source =
      std::make_shared<Source>(RegisterEventSourceW(nullptr, kSource));
  return [source](device::Severity severity, const std::string& line) {
    const auto wide = to_utf16(line);
    const bool is_routine =
        severity == device::Severity::Debug || severity == device::Severity::Info;
    if (is_routine || !*source || !wide) return;
    const wchar_t* texts[] = {wide->c_str()};
    ReportEventW(source->get(), to_type(severity), 0, kLine, nullptr, 1, 0, texts, nullptr);
  };
}

device::Log console_log() {
  const auto mutex = std::make_shared<std::mutex>();
  return [mutex](device::Severity severity, const std::string& line) {
    const std::lock_guard lock(*mutex);
    std::fprintf(stderr, "%s: %s\n", to_word(severity).data(), line.c_str());
    std::fflush(stderr);
  };
}

}  // namespace assent::windows
