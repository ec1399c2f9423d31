#pragma once
// The Assent service over WinHTTP. This folder alone sees winhttp.h.

#include <memory>
#include <optional>

#include "core/crypto/crypto.h"
#include "core/wire/transport.h"

namespace assent::windows {

struct WinHttpSettings {
  std::string service;  // parse_service_address() says what it may be
  // SHA-256 of the server's public key (SubjectPublicKeyInfo, as in RFC 7469). Beside what Windows
  // asks of every certificate, never in its place: the store's authorities, the name, the dates.
  std::optional<Digest> pin;
  int deadline_ms = 3000;  // 1 to 60,000: for the whole call, name look-up included
  std::size_t max_reply_bytes = 1024 * 1024;  // of the body
};

// Keeps connections open between calls. Follows no redirect, uses no proxy, keeps no cookie,
// answers no challenge. TLS 1.2 and later.
class WinHttp final : public Transport {
 public:
  // Invalid, in words, if a setting is wrong.
  static Result<WinHttp> make(const WinHttpSettings& settings);
  WinHttp(WinHttp&&) noexcept;
  WinHttp& operator=(WinHttp&&) = delete;
  ~WinHttp() override;

  // Takes no longer than the deadline, whatever the server does. A call that is left behind ends by
  // itself, and holds one of sixteen places until then.
  Result<HttpReply> send(const HttpRequest& request) const override;

 private:
  struct Session;
  explicit WinHttp(std::shared_ptr<Session> session);
  std::shared_ptr<Session> session_;
};

}  // namespace assent::windows
