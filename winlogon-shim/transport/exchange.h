#pragma once
// One request and its reply on WinHTTP handles. Inside winlogon-shim/transport only.

#include <windows.h>
#include <winhttp.h>

#include "winlogon-shim/system/handle.h"
#include "winlogon-shim/transport/service_address.h"
#include "winlogon-shim/transport/win_http.h"

namespace assent::windows {

using HttpHandle = Handle<HINTERNET, WinHttpCloseHandle>;

// An option that is a number; false: GetLastError() says why.
bool set(HINTERNET handle, DWORD option, DWORD value);

// Blocks for as long as the server makes it; each step takes at most the deadline.
Result<HttpReply> exchange(HINTERNET connection, const ServiceAddress& address,
                           const WinHttpSettings& settings, const HttpRequest& request);

// "the service refused the connection": GetLastError() of WinHTTP as a sentence.
std::string failure_words(DWORD code);

}  // namespace assent::windows
