#include "winlogon-shim/transport/win_http.h"

#include <algorithm>

#include "winlogon-shim/system/abandonable.h"
#include "winlogon-shim/transport/exchange.h"

namespace assent::windows {
namespace {

constexpr int kMaxDeadlineMs = 60'000;
constexpr unsigned kMostAtOnce = 16;

}  // namespace

// Outlives the client while a call that was left behind uses it.
struct WinHttp::Session {
  WinHttpSettings settings;
  ServiceAddress address;
  HttpHandle session, connection;
  std::shared_ptr<Places> places = std::make_shared<Places>(kMostAtOnce);
};

WinHttp::WinHttp(std::shared_ptr<Session> session) : session_(std::move(session)) {}
WinHttp::WinHttp(WinHttp&&) noexcept = default;
WinHttp::~WinHttp() = default;

Result<WinHttp> WinHttp::make(const WinHttpSettings& settings) {
  if (settings.deadline_ms < 1 || settings.deadline_ms > kMaxDeadlineMs)
    return fail(Code::Invalid, "the deadline must be from 1 to 60000 ms");
  const auto made = std::make_shared<Session>();
  made->settings = settings;
  ASSENT_TRY(made->address, parse_service_address(settings.service));
  made->session.reset(WinHttpOpen(L"Assent", WINHTTP_ACCESS_TYPE_NO_PROXY, WINHTTP_NO_PROXY_NAME,
                                  WINHTTP_NO_PROXY_BYPASS, 0));
  // Windows 10 before 20H2 knows no TLS 1.3.
  constexpr DWORD kTls12 = WINHTTP_FLAG_SECURE_PROTOCOL_TLS1_2;
  constexpr DWORD kTls13 = WINHTTP_FLAG_SECURE_PROTOCOL_TLS1_3;
  if (!made->session ||
      !(set(made->session.get(), WINHTTP_OPTION_SECURE_PROTOCOLS, kTls12 | kTls13) ||
        set(made->session.get(), WINHTTP_OPTION_SECURE_PROTOCOLS, kTls12)))
    return fail(Code::Unavailable, failure_words(GetLastError()));
  made->connection.reset(
      WinHttpConnect(made->session.get(), made->address.host.c_str(), made->address.port, 0));
  if (!made->connection) return fail(Code::Unavailable, failure_words(GetLastError()));
  return WinHttp(made);
}

Result<HttpReply> WinHttp::send(const HttpRequest& request) const {
  ASSENT_CHECK(check_request(request));
  const int most = session_->settings.deadline_ms;
  const int deadline = request.deadline_ms > 0 ? std::min(request.deadline_ms, most) : most;
  return within<HttpReply>(
      std::chrono::milliseconds(deadline), session_->places,
      [session = session_, request]() {
        return exchange(session->connection.get(), session->address, session->settings, request);
      },
      "the service did not answer within " + std::to_string(deadline) + " ms");
}

}  // namespace assent::windows
