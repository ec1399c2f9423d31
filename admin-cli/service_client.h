#pragma once
// Asks assentd, and turns every way of not answering into words and a Code. It knows the protocol's
// envelope (tokens, schools, dry runs, problems); the verbs know what is in it.

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "admin-cli/settings.h"
#include "core/base/value.h"
#include "core/client/http_client.h"

namespace assent::cli {

// One exchange with the service; HttpClient behind it in the program, a script in tests.
class Transport {
 public:
  virtual ~Transport() = default;
  // As HttpClient::send.
  virtual Result<HttpReply> send(const HttpRequest& request) = 0;
};
using Connect = std::function<Result<std::unique_ptr<Transport>>(const Settings&)>;
// Over HTTPS with the settings' certificates, or plain to a loopback literal.
Result<std::unique_ptr<Transport>> connect_http(const Settings& settings);

using Query = std::vector<std::pair<std::string, std::string>>;

// "%41"-encodes everything but letters, digits and "-._~".
std::string percent_encoded(std::string_view text);

class ServiceClient {
 public:
  // The references must outlive it. Nothing is opened or read before the first call.
  ServiceClient(const Settings& settings, Connect connect)
      : settings_(settings), connect_(std::move(connect)) {}

  // Each answers the JSON that came with a 2xx. What the service refuses comes back as its own
  // words: NotFound for 404, Denied for a rule and for a token, Conflict for 409, Invalid for what
  // it did not understand, Unavailable for the rest.
  Result<Value> get(const std::string& path, const Query& query = {});
  // Says dry_run=1 by itself when the settings do.
  Result<Value> post(const std::string& path, const Object& body);
  Result<Value> post_csv(const std::string& path, std::string piece);
  // What anybody may fetch: sent without a token; the body as it came.
  Result<std::string> get_public(const std::string& path, const Query& query = {});

 private:
  Result<HttpReply> send(HttpRequest request, Query query, bool with_token);
  Result<Value> ask(HttpRequest request, Query query);

  const Settings& settings_;
  Connect connect_;
  std::unique_ptr<Transport> transport_;
  std::string token_;
};

}  // namespace assent::cli
