// winsock2.h comes before windows.h.
#include <winsock2.h>
// clang-format off
#include <windows.h>
#include <winhttp.h>
#include <ws2tcpip.h>
// clang-format on

#include "core/base/text.h"
#include "winlogon-shim/system/utf16.h"
#include "winlogon-shim/transport/service_address.h"

namespace assent::windows {
namespace {

constexpr std::size_t kMaxUrl = 512;
constexpr unsigned kLoopback = 127;

bool is_loopback_literal(const std::wstring& host) {
  in_addr v4{};
  if (InetPtonW(AF_INET, host.c_str(), &v4) == 1) return ntohl(v4.s_addr) >> 24 == kLoopback;
  return host == L"[::1]" || host == L"::1";
}

Failure wrong(const std::string& url, const std::string& why) {
  return fail(Code::Invalid, "the service's address " + one_line(url) + " " + why);
}

}  // namespace

Result<ServiceAddress> parse_service_address(const std::string& url) {
  ASSENT_CHECK(check_line(url, kMaxUrl));
  ASSENT_TRY(const std::wstring wide, to_utf16(url));
  URL_COMPONENTS parts{};
  parts.dwStructSize = sizeof parts;
  parts.dwHostNameLength = parts.dwUserNameLength = parts.dwPasswordLength = DWORD(-1);
  parts.dwUrlPathLength = parts.dwExtraInfoLength = DWORD(-1);
  if (!WinHttpCrackUrl(wide.c_str(), DWORD(wide.size()), 0, &parts)) return wrong(url, "is no URL");
  ServiceAddress out;
  out.host.assign(parts.lpszHostName, parts.dwHostNameLength);
  out.port = parts.nPort;
  out.https = parts.nScheme == INTERNET_SCHEME_HTTPS;
  const std::wstring_view path(parts.lpszUrlPath, parts.dwUrlPathLength);
  if (parts.dwUserNameLength != 0 || parts.dwPasswordLength != 0 || parts.dwExtraInfoLength != 0 ||
      url.find_first_of("@?#\\") != std::string::npos)
    return wrong(url, "must have no user, query or fragment");
  if (!path.empty() && path != L"/") return wrong(url, "must have no path");
  if (out.host.empty() || out.port == 0) return wrong(url, "names no host");
  if (!out.https && !is_loopback_literal(out.host))
    return wrong(url, "must use https://; plain http:// is for 127.0.0.1 or [::1] alone");
  return out;
}

}  // namespace assent::windows
