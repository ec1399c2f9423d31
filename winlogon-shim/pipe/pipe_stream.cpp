#include "winlogon-shim/pipe/pipe_stream.h"

#include "core/wire/agent_message.h"
#include "winlogon-shim/system/failure.h"

namespace assent::windows {
namespace {

// Waits for what was begun on `pipe`, and takes it back when it is too late: Windows writes into
// the caller's memory until then.
Result<DWORD> finish(HANDLE pipe, OVERLAPPED& operation, BOOL began, device::Deadline deadline) {
  DWORD done = 0;
  if (!began && GetLastError() != ERROR_IO_PENDING) return windows_failure("the pipe is gone");
  const DWORD waited =
      began ? WAIT_OBJECT_0 : WaitForSingleObject(operation.hEvent, DWORD(deadline.left_ms()));
  if (waited != WAIT_OBJECT_0) CancelIoEx(pipe, &operation);
  if (!GetOverlappedResult(pipe, &operation, &done, TRUE))
    return fail(Code::Unavailable, waited == WAIT_OBJECT_0 ? "the pipe's other end is gone"
                                                           : "the pipe's other end is too slow");
  return done;
}

Result<std::string> read_exactly(HANDLE pipe, std::size_t size, device::Deadline deadline) {
  const Event event(CreateEventW(nullptr, TRUE, FALSE, nullptr));
  if (!event) return windows_failure("no event");
  std::string bytes(size, '\0');
  for (std::size_t have = 0; have < size;) {
    OVERLAPPED operation{};
    operation.hEvent = event.get();
    const BOOL began = ReadFile(pipe, bytes.data() + have, DWORD(size - have), nullptr, &operation);
    ASSENT_TRY(const DWORD got, finish(pipe, operation, began, deadline));
    if (got == 0) return fail(Code::Unavailable, "the pipe's other end is gone");
    have += got;
  }
  return bytes;
}

}  // namespace

Result<std::string> read_body(HANDLE pipe, device::Deadline deadline) {
  ASSENT_TRY(const std::string header, read_exactly(pipe, wire::kFrameHeader, deadline));
  ASSENT_TRY(const std::size_t size, wire::frame_length(header));
  return read_exactly(pipe, size, deadline);
}

Status write_frame(HANDLE pipe, std::string_view frame, device::Deadline deadline) {
  const Event event(CreateEventW(nullptr, TRUE, FALSE, nullptr));
  if (!event) return windows_failure("no event");
  while (!frame.empty()) {
    OVERLAPPED operation{};
    operation.hEvent = event.get();
    const BOOL began = WriteFile(pipe, frame.data(), DWORD(frame.size()), nullptr, &operation);
    ASSENT_TRY(const DWORD sent, finish(pipe, operation, began, deadline));
    frame.remove_prefix(sent);
  }
  return {};
}

}  // namespace assent::windows
