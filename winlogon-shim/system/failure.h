#pragma once
// Windows' error numbers as errors of ours.

#include "core/base/result.h"

namespace assent::windows {

// "WHAT: Windows' words (5)", Unavailable; `code` is GetLastError() unless it is given.
Failure windows_failure(const std::string& what);
Failure windows_failure(const std::string& what, unsigned long code);

// Of what was done with the file or folder `path`: NotFound, Conflict (it is there) and Denied are
// told apart from the rest.
Failure file_failure(const std::wstring& path);

}  // namespace assent::windows
