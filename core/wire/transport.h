#pragma once
// One exchange with the Assent service over HTTP, whatever carries it: libcurl (core/client), or
// WinHTTP on Windows (winlogon-shim/transport).

#include <string>

#include "core/base/result.h"

namespace assent {

struct HttpRequest {
  std::string method = {};  // "GET" or "POST"
  std::string path = {};    // begins with "/"; percent-encoded, may have a query
  std::string body = {};    // POST only
  std::string content_type = "application/json";  // of the body
  std::string bearer = {};                        // empty: no Authorization header
  std::string api_key = {};                       // empty: no X-API-Key header
  int deadline_ms = 0;  // shorter than the settings' own; 0: the settings' own
};

struct HttpReply {
  int status = 0;
  std::string content_type = {};
  std::string body = {};
};

// Invalid unless it can be sent as it is: no text in it can become another header or request.
Status check_request(const HttpRequest& request);

class Transport {
 public:
  virtual ~Transport() = default;
  // Any HTTP status is a reply. Unavailable, in words for the operator, when there is none within
  // the deadline. Any thread.
  virtual Result<HttpReply> send(const HttpRequest& request) const = 0;

 protected:
  Transport() = default;
  Transport(const Transport&) = default;
  Transport& operator=(const Transport&) = default;
};

}  // namespace assent
