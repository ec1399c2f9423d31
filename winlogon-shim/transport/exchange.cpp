// Everything that WinHTTP would do for convenience is off here: proxies, redirects, cookies,
// challenges. What is left is one request and one reply.
#include "winlogon-shim/transport/exchange.h"

#include "winlogon-shim/system/utf16.h"
#include "winlogon-shim/transport/certificate.h"

namespace assent::windows {
namespace {

constexpr DWORD kMaxHeaderBytes = 32 * 1024;

Failure failed() {
  return fail(Code::Unavailable, failure_words(GetLastError()));
}

// What is looked at between the handshake and the first byte sent.
struct Guard {
  HttpHandle request;
  std::optional<Digest> pin;
  bool is_refused = false;
};

// In the middle of WinHttpSendRequest, on its thread: a handle that is closed here sends nothing
// more on Windows. Wine sends the headers even so; the body is sent later, and then never.
void CALLBACK look_at_server(HINTERNET handle, DWORD_PTR context, DWORD status, void*, DWORD) {
  auto* guard = reinterpret_cast<Guard*>(context);
  if (!guard || status != WINHTTP_CALLBACK_STATUS_SENDING_REQUEST || guard->is_refused) return;
  if (!guard->pin || has_key(handle, *guard->pin)) return;
  guard->is_refused = true;
  guard->request.reset();
}

Status restrain(Guard& guard, const WinHttpSettings& settings, bool https) {
  HINTERNET request = guard.request.get();
  bool good =
      set(request, WINHTTP_OPTION_DISABLE_FEATURE,
          WINHTTP_DISABLE_COOKIES | WINHTTP_DISABLE_REDIRECTS | WINHTTP_DISABLE_AUTHENTICATION);
  good = good && WinHttpSetTimeouts(request, settings.deadline_ms, settings.deadline_ms,
                                    settings.deadline_ms, settings.deadline_ms);
  // Wine has no such option; Windows' own limit is 64 KB.
  (void)set(request, WINHTTP_OPTION_MAX_RESPONSE_HEADER_SIZE, kMaxHeaderBytes);
  if (https && settings.pin) {
    auto context = reinterpret_cast<DWORD_PTR>(&guard);
    good =
        good && WinHttpSetOption(request, WINHTTP_OPTION_CONTEXT_VALUE, &context, sizeof context) &&
        WinHttpSetStatusCallback(request, look_at_server, WINHTTP_CALLBACK_FLAG_SEND_REQUEST, 0) !=
            WINHTTP_INVALID_STATUS_CALLBACK;
  }
  if (!good) return failed();
  return {};
}

Result<std::wstring> to_headers(const HttpRequest& request) {
  std::string lines = "Accept: application/json, application/problem+json, text/plain\r\n";
  if (!request.bearer.empty()) lines += "Authorization: Bearer " + request.bearer + "\r\n";
  if (!request.api_key.empty()) lines += "X-API-Key: " + request.api_key + "\r\n";
  if (request.method == "POST") lines += "Content-Type: " + request.content_type + "\r\n";
  return to_utf16(lines);
}

// The body goes with the headers, in one packet, where nothing is to be seen of the server first.
Status send_request(Guard& guard, const HttpRequest& request) {
  ASSENT_TRY(const std::wstring headers, to_headers(request));
  const DWORD size = DWORD(request.body.size()), at_once = guard.pin ? 0 : size;
  std::string body = request.body;  // Windows wants it writable, and does not write
  const BOOL sent =
      WinHttpSendRequest(guard.request.get(), headers.c_str(), DWORD(headers.size()), body.data(),
                         at_once, size, reinterpret_cast<DWORD_PTR>(guard.pin ? &guard : nullptr));
  if (guard.is_refused) return fail(Code::Unavailable, "the service's key is not the pinned one");
  if (!sent) return failed();
  DWORD written = 0;
  if (at_once < size && !WinHttpWriteData(guard.request.get(), body.data(), size, &written))
    return failed();
  if (!WinHttpReceiveResponse(guard.request.get(), nullptr)) return failed();
  return {};
}

std::string content_type_of(HINTERNET request) {
  DWORD size = 0;
  WinHttpQueryHeaders(request, WINHTTP_QUERY_CONTENT_TYPE, WINHTTP_HEADER_NAME_BY_INDEX, nullptr,
                      &size, WINHTTP_NO_HEADER_INDEX);
  std::wstring text(size / sizeof(wchar_t), L'\0');
  if (text.empty() ||
      !WinHttpQueryHeaders(request, WINHTTP_QUERY_CONTENT_TYPE, WINHTTP_HEADER_NAME_BY_INDEX,
                           text.data(), &size, WINHTTP_NO_HEADER_INDEX))
    return "";
  text.resize(size / sizeof(wchar_t));
  return to_utf8(text);
}

Result<std::string> read_body(HINTERNET request, std::size_t most) {
  std::string out;
  char piece[16 * 1024];
  for (;;) {
    DWORD got = 0;
    if (!WinHttpReadData(request, piece, sizeof piece, &got)) return failed();
    if (got == 0) return out;
    if (out.size() + got > most)
      return fail(Code::Unavailable,
                  "the service sent more than " + std::to_string(most) + " bytes");
    out.append(piece, got);
  }
}

// An answer that is shorter than it said is none.
Status check_length(HINTERNET request, std::size_t got) {
  DWORD said = 0, size = sizeof said;
  if (!WinHttpQueryHeaders(request, WINHTTP_QUERY_CONTENT_LENGTH | WINHTTP_QUERY_FLAG_NUMBER,
                           WINHTTP_HEADER_NAME_BY_INDEX, &said, &size, WINHTTP_NO_HEADER_INDEX))
    return {};
  if (said != got) return fail(Code::Unavailable, "the service cut its answer short");
  return {};
}

}  // namespace

bool set(HINTERNET handle, DWORD option, DWORD value) {
  return WinHttpSetOption(handle, option, &value, sizeof value) != FALSE;
}

Result<HttpReply> exchange(HINTERNET connection, const ServiceAddress& address,
                           const WinHttpSettings& settings, const HttpRequest& request) {
  ASSENT_TRY(const std::wstring method, to_utf16(request.method));
  ASSENT_TRY(const std::wstring path, to_utf16(request.path));
  const DWORD flags = WINHTTP_FLAG_ESCAPE_DISABLE | (address.https ? WINHTTP_FLAG_SECURE : 0);
  Guard guard{
      HttpHandle(WinHttpOpenRequest(connection, method.c_str(), path.c_str(), nullptr,
                                    WINHTTP_NO_REFERER, WINHTTP_DEFAULT_ACCEPT_TYPES, flags)),
      address.https ? settings.pin : std::nullopt, false};
  if (!guard.request) return failed();
  ASSENT_CHECK(restrain(guard, settings, address.https));
  ASSENT_CHECK(send_request(guard, request));
  HttpReply reply;
  DWORD status = 0, size = sizeof status;
  if (!WinHttpQueryHeaders(guard.request.get(),
                           WINHTTP_QUERY_STATUS_CODE | WINHTTP_QUERY_FLAG_NUMBER,
                           WINHTTP_HEADER_NAME_BY_INDEX, &status, &size, WINHTTP_NO_HEADER_INDEX))
    return failed();
  reply.status = int(status);
  reply.content_type = content_type_of(guard.request.get());
  ASSENT_TRY(reply.body, read_body(guard.request.get(), settings.max_reply_bytes));
  ASSENT_CHECK(check_length(guard.request.get(), reply.body.size()));
  return reply;
}

}  // namespace assent::windows
