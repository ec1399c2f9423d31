#pragma once
// Asks the Assent service something over HTTP, for the programs that are its clients. It knows
// URLs, deadlines and certificates, and nothing of what is asked. This folder alone sees libcurl
// (docs/decisions/0002-libcurl-for-clients.md).

#include <memory>
#include <string>

#include "core/wire/transport.h"

namespace assent {

struct HttpSettings {
  // "https://assent.example.sch.uk", no path, user or query. Plain http:// is for a loopback
  // literal alone: 127.0.0.0/8 or [::1].
  std::string base_url = {};
  std::string ca_file = {};  // PEM; needed for https:// and the only trust there is
  int deadline_ms = 3000;    // 1 to 600,000: for the whole call, name look-up included
  std::size_t max_reply_bytes = 1024 * 1024;  // of the body
};

// Keeps connections open between calls. Safe from any thread; calls run side by side, each on a
// connection of its own. Follows no redirect, uses no proxy, keeps no cookie, raises no signal.
class HttpClient final : public Transport {
 public:
  // Invalid, in words, if a setting is wrong or the CA file cannot be read.
  static Result<HttpClient> make(HttpSettings settings);
  HttpClient(HttpClient&&) noexcept;
  HttpClient& operator=(HttpClient&&) = delete;
  ~HttpClient() override;

  // Invalid if the request itself is malformed.
  Result<HttpReply> send(const HttpRequest& request) const override;

 private:
  struct Pool;
  explicit HttpClient(std::unique_ptr<Pool> pool);
  std::unique_ptr<Pool> pool_;
};

}  // namespace assent
