// Everything that libcurl would do for convenience is off here: environment proxies, redirects,
// default trust stores, signals. What is left is one request, one reply, one deadline.
#include "core/client/transfer.h"

#include <algorithm>
#include <memory>

#include "core/base/text.h"
#include "core/client/failure.h"

namespace assent {
namespace {

constexpr std::size_t kMaxHeaderBytes = 32 * 1024;

struct Sink {
  std::string body;
  std::size_t left, headers_left = kMaxHeaderBytes;
};

// libcurl's callbacks: any return value but the size given ends the transfer.
std::size_t take_body(char* data, std::size_t, std::size_t size, void* sink) {
  Sink& into = *static_cast<Sink*>(sink);
  if (size > into.left) return 0;
  into.left -= size;
  into.body.append(data, size);
  return size;
}
std::size_t take_header(char*, std::size_t, std::size_t size, void* sink) {
  Sink& into = *static_cast<Sink*>(sink);
  if (size > into.headers_left) return 0;
  into.headers_left -= size;
  return size;
}

using Headers = std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)>;

void add(Headers& headers, const std::string& line) {
  headers.reset(curl_slist_append(headers.release(), line.c_str()));
}

Headers to_headers(const HttpRequest& request) {
  Headers headers(nullptr, curl_slist_free_all);
  add(headers, "Expect:");
  add(headers, "Accept: application/json, application/problem+json, text/plain");
  if (!request.bearer.empty()) add(headers, "Authorization: Bearer " + request.bearer);
  if (!request.api_key.empty()) add(headers, "X-API-KEY: " + request.api_key);
  if (request.method == "POST") add(headers, "Content-Type: " + request.content_type);
  return headers;
}

void trust(CURL* handle, const HttpSettings& settings) {
  curl_easy_setopt(handle, CURLOPT_CAINFO,
                   settings.ca_file.empty() ? nullptr : settings.ca_file.c_str());
  curl_easy_setopt(handle, CURLOPT_CAPATH, nullptr);  // the build's default would add /etc/ssl
  curl_easy_setopt(handle, CURLOPT_SSLVERSION, long(CURL_SSLVERSION_TLSv1_2));
  curl_easy_setopt(handle, CURLOPT_SSL_VERIFYPEER, 1L);
  curl_easy_setopt(handle, CURLOPT_SSL_VERIFYHOST, 2L);
}

void restrain(CURL* handle, bool https, long deadline_ms) {
  curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, https ? "https" : "http");
  curl_easy_setopt(handle, CURLOPT_FOLLOWLOCATION, 0L);
  curl_easy_setopt(handle, CURLOPT_PROXY, "");  // not even from the environment
  curl_easy_setopt(handle, CURLOPT_NETRC, long(CURL_NETRC_IGNORED));
  curl_easy_setopt(handle, CURLOPT_HTTP_VERSION, long(CURL_HTTP_VERSION_1_1));
  curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(handle, CURLOPT_TIMEOUT_MS, deadline_ms);
  curl_easy_setopt(handle, CURLOPT_CONNECTTIMEOUT_MS, deadline_ms);
  // Without this a name look-up that hangs is waited for after the deadline (facts: 10 s).
  curl_easy_setopt(handle, CURLOPT_QUICK_EXIT, 1L);
}

void ask(CURL* handle, const std::string& url, const HttpRequest& request, const Headers& headers,
         Sink& sink) {
  curl_easy_setopt(handle, CURLOPT_URL, url.c_str());
  curl_easy_setopt(handle, CURLOPT_PATH_AS_IS, 1L);
  curl_easy_setopt(handle, CURLOPT_USERAGENT, "assent");
  curl_easy_setopt(handle, CURLOPT_HTTPHEADER, headers.get());
  if (request.method == "POST") {
    curl_easy_setopt(handle, CURLOPT_POST, 1L);
    curl_easy_setopt(handle, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(request.body.size()));
    curl_easy_setopt(handle, CURLOPT_POSTFIELDS, request.body.data());
  }
  curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, take_body);
  curl_easy_setopt(handle, CURLOPT_WRITEDATA, &sink);
  curl_easy_setopt(handle, CURLOPT_HEADERFUNCTION, take_header);
  curl_easy_setopt(handle, CURLOPT_HEADERDATA, &sink);
}

HttpReply to_reply(CURL* handle, std::string body) {
  long status = 0;
  const char* type = nullptr;
  curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &status);
  curl_easy_getinfo(handle, CURLINFO_CONTENT_TYPE, &type);
  return {int(status), type ? type : "", std::move(body)};
}

}  // namespace

Result<HttpReply> transfer(CURL* handle, const BaseUrl& base, const HttpSettings& settings,
                           const HttpRequest& request) {
  ASSENT_CHECK(check_request(request));
  const long deadline_ms = request.deadline_ms > 0
                               ? std::min(request.deadline_ms, settings.deadline_ms)
                               : settings.deadline_ms;
  const Headers headers = to_headers(request);
  Sink sink{{}, settings.max_reply_bytes};
  curl_easy_reset(handle);  // options only: the connection stays
  trust(handle, settings);
  restrain(handle, base.https, deadline_ms);
  ask(handle, base.text + request.path, request, headers, sink);
  if (const CURLcode code = curl_easy_perform(handle); code != CURLE_OK)
    return fail(transport_failure(handle, code, base, deadline_ms, settings.max_reply_bytes));
  return to_reply(handle, std::move(sink.body));
}

}  // namespace assent
