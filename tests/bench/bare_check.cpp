// The yardstick of a logon: the same question, asked by a program that does nothing else.
//   bare_check PORT TOKEN BODY
// Ends with 0 when the service says that nothing is owed.
#include <windows.h>
#include <winhttp.h>

#include <cstdlib>
#include <cstring>
#include <string>

int wmain(int argc, wchar_t** argv) {
  if (argc != 4) return 2;
  char body[1024];
  const int size =
      WideCharToMultiByte(CP_UTF8, 0, argv[3], -1, body, sizeof body, nullptr, nullptr);
  const std::wstring headers =
      std::wstring(L"Content-Type: application/json\r\nAuthorization: Bearer ") + argv[2];
  const HINTERNET session = WinHttpOpen(L"bare", WINHTTP_ACCESS_TYPE_NO_PROXY, nullptr, nullptr, 0);
  const HINTERNET connection =
      WinHttpConnect(session, L"127.0.0.1", INTERNET_PORT(_wtoi(argv[1])), 0);
  const HINTERNET request =
      WinHttpOpenRequest(connection, L"POST", L"/v1/gate/check", nullptr, nullptr, nullptr, 0);
  if (!WinHttpSendRequest(request, headers.c_str(), DWORD(-1), body, DWORD(size - 1),
                          DWORD(size - 1), 0) ||
      !WinHttpReceiveResponse(request, nullptr))
    return 1;
  std::string reply(4096, '\0');
  DWORD got = 0;
  if (!WinHttpReadData(request, reply.data(), DWORD(reply.size()), &got)) return 1;
  reply.resize(got);
  return reply.find("\"clear\"") == reply.npos ? 1 : 0;
}
