#include "admin-cli/service_client.h"

#include "admin-cli/files.h"
#include "core/base/text.h"
#include "core/formats/json.h"
#include "core/wire/problem.h"

namespace assent::cli {
namespace {

constexpr int kDeadlineMs = 60'000;  // an import of 100,000 people is compared and applied in this
constexpr std::size_t kMaxReply = 16 * 1024 * 1024;
constexpr std::size_t kMaxDepth = 16;

class HttpTransport final : public Transport {
 public:
  explicit HttpTransport(HttpClient client) : client_(std::move(client)) {}
  Result<HttpReply> send(const HttpRequest& request) override { return client_.send(request); }

 private:
  HttpClient client_;
};

Code code_for(int status) {
  switch (status) {
    case 404: return Code::NotFound;
    case 409: return Code::Conflict;
    case 401:
    case 403: return Code::Denied;
    default: break;
  }
  return status >= 400 && status < 429 ? Code::Invalid : Code::Unavailable;
}

// The service's own words. A reply that is no problem+json is not from assentd, or not through a
// proxy that is set up as it should be.
Error refusal(const HttpReply& reply, const Settings& settings) {
  const auto problem = wire::parse_problem(reply.body);
  if (!problem || problem->status != reply.status)
    return {Code::Unavailable, settings.url + " answered " + std::to_string(reply.status) +
                                   ", but not as assentd does. Is this its address?"};
  if (reply.status == 401)
    return {Code::Denied, problem->detail + " (token: " + settings.token_file + ")"};
  return {code_for(reply.status), problem->detail.empty() ? problem->title : problem->detail};
}

std::string target(const std::string& path, const Query& query) {
  std::string out = path;
  for (const auto& [key, value] : query)
    out += (out.find('?') == out.npos ? "?" : "&") + key + "=" + percent_encoded(value);
  return out;
}

}  // namespace

Result<std::unique_ptr<Transport>> connect_http(const Settings& settings) {
  ASSENT_TRY(HttpClient client, HttpClient::make({.base_url = settings.url,
                                                  .ca_file = settings.ca_file,
                                                  .deadline_ms = kDeadlineMs,
                                                  .max_reply_bytes = kMaxReply}));
  return std::unique_ptr<Transport>(std::make_unique<HttpTransport>(std::move(client)));
}

std::string percent_encoded(std::string_view text) {
  constexpr std::string_view kPlain =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
  constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (kPlain.find(c) != kPlain.npos)
      out += c;
    else
      out += {'%', kHex[byte >> 4], kHex[byte & 15]};
  }
  return out;
}

Result<HttpReply> ServiceClient::send(HttpRequest request, Query query, bool with_token) {
  if (settings_.url.empty())
    return fail(Code::Invalid,
                "Where is the service? Say --url URL, set ASSENT_URL, or write url = \"…\" into "
                "~/.config/assent/ctl.toml");
  if (with_token && settings_.token_file.empty())
    return fail(Code::Invalid,
                "Who are you? Say --token-file FILE, set ASSENT_TOKEN_FILE, or write "
                "token_file = \"…\" into ~/.config/assent/ctl.toml");
  if (with_token && token_.empty()) {
    ASSENT_TRY(token_, read_secret(settings_.token_file));
  }
  if (!transport_) {
    ASSENT_TRY(transport_, connect_(settings_));
  }
  if (with_token) request.bearer = token_;
  if (with_token && !settings_.school.empty()) query.emplace_back("school", settings_.school);
  request.path = target(request.path, query);
  ASSENT_TRY(HttpReply reply, transport_->send(request));
  if (reply.status < 200 || reply.status > 299) return fail(refusal(reply, settings_));
  return reply;
}

Result<Value> ServiceClient::ask(HttpRequest request, Query query) {
  ASSENT_TRY(const HttpReply reply, send(std::move(request), std::move(query), true));
  auto value = parse_json(reply.body, {.bytes = kMaxReply, .depth = kMaxDepth});
  if (!value)
    return fail(Code::Unavailable, settings_.url + " answered, but not in JSON as assentd does (" +
                                       value.error().message + ")");
  return value;
}

Result<Value> ServiceClient::get(const std::string& path, const Query& query) {
  return ask({.method = "GET", .path = path}, query);
}

Result<Value> ServiceClient::post(const std::string& path, const Object& body) {
  const Query query = settings_.dry_run ? Query{{"dry_run", "1"}} : Query{};
  return ask({.method = "POST", .path = path, .body = to_json(Value{body})}, query);
}

Result<Value> ServiceClient::post_csv(const std::string& path, std::string piece) {
  return ask({.method = "POST", .path = path, .body = std::move(piece), .content_type = "text/csv"},
             {});
}

Result<std::string> ServiceClient::get_public(const std::string& path, const Query& query) {
  ASSENT_TRY(HttpReply reply, send({.method = "GET", .path = path}, query, false));
  return std::move(reply.body);
}

}  // namespace assent::cli
