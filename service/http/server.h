#pragma once
// An HTTP server as the routes see it: no Pistache here, so that routes are tested without a
// socket and the server could be another one.

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/base/result.h"

namespace assent::http {

// Whom the edge has signed in (docs/sign-in.md). Empty texts: nobody.
struct Vouched {
  std::string issuer, subject, login;
};

struct Request {
  std::string method;  // "GET", "POST"
  std::string path;    // percent-decoded UTF-8, no query; at most 2,048 bytes
  std::vector<std::pair<std::string, std::string>> query;  // decoded; a key given twice is refused
  std::string authorization;                               // the header, as it came
  std::string edge_secret;  // X-Assent-Edge, replaced by the edge (design decision 13)
  std::string peer;         // X-Assent-Client if the edge vouches for it, else the socket's
  std::string content_type;
  std::string accept, accept_language, cookie, host;  // the headers, as they came
  Vouched vouched;  // X-Assent-Issuer, -Subject, -Login if the edge vouches for them, else empty
  std::string body;
};

struct Response {
  int status = 500;
  std::string content_type = "application/json";
  std::string body;
  int retry_after_seconds = 0;  // sent when not 0
  // More headers, such as Location: made by the program, never of a request's bytes.
  std::vector<std::pair<std::string, std::string>> headers{};
};

// Called once, from any thread; a second call is ignored, and so is one after the client or the
// server has gone. If every copy is dropped uncalled, the client hears 500. A request that has no
// answer within 15 s loses its connection.
using Respond = std::function<void(Response)>;
// Must not block: waiting for the writer is done by keeping `respond`.
using Handler = std::function<void(const Request&, Respond)>;

// A larger answer becomes a 500: it would not fit into a socket at once. Page it.
constexpr std::size_t kMaxResponseBytes = 1024 * 1024;

struct ServerSettings {
  std::string address = "127.0.0.1";  // a loopback literal: anything else is refused
  std::uint16_t port = 8310;          // 0: any free port
  int threads = 2;
  std::size_t max_request_bytes = 1024 * 1024;  // of a body
  std::string edge_secret;                      // empty: no edge, the socket's address counts
};

class Server {
 public:
  virtual ~Server() = default;
  virtual std::uint16_t port() const = 0;
  // New requests are told 503; waits until every request in flight is answered or `deadline_ms` is
  // over; then closes the port and every connection. Not from a handler.
  virtual void stop(int deadline_ms) = 0;
};

// Starts serving at once. Unavailable if the port is taken or the descriptor limit is too low
// (8,192 at least: see guard.cpp).
Result<std::unique_ptr<Server>> serve(const ServerSettings& settings, Handler handler);

}  // namespace assent::http
