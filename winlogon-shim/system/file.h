#pragma once
// What CreateFile and CreateNamedPipe give: their "none" is no null, and is none here.

#include <windows.h>

#include <memory>

namespace assent::windows {

struct FileCloser {
  void operator()(void* file) const {
    if (file != INVALID_HANDLE_VALUE) CloseHandle(file);
  }
};
using File = std::unique_ptr<void, FileCloser>;

}  // namespace assent::windows
