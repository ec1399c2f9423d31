// Reads the service's address with libcurl's own URL parser, so that what is checked here is what
// is connected to.
#include "core/client/base_url.h"

#include <arpa/inet.h>
#include <curl/curl.h>

#include <memory>

#include "core/base/text.h"

namespace assent {
namespace {

constexpr std::size_t kMaxUrl = 512;

using Url = std::unique_ptr<CURLU, decltype(&curl_url_cleanup)>;

// Empty when the URL has no such part.
std::string part(const Url& url, CURLUPart what) {
  char* text = nullptr;
  if (curl_url_get(url.get(), what, &text, 0) != CURLUE_OK) return {};
  std::string out(text);
  curl_free(text);
  return out;
}

bool is_loopback_literal(const std::string& host) {
  constexpr std::uint32_t kLoopback = 127;
  in_addr address{};
  if (inet_pton(AF_INET, host.c_str(), &address) == 1)
    return ntohl(address.s_addr) >> 24 == kLoopback;
  return host == "[::1]";
}

Failure wrong(const std::string& url, const std::string& why) {
  return fail(Code::Invalid, "the service's address " + one_line(url) + " " + why);
}

}  // namespace

Result<BaseUrl> parse_base_url(const std::string& text) {
  ASSENT_CHECK(check_line(text, kMaxUrl));
  const Url url(curl_url(), curl_url_cleanup);
  if (curl_url_set(url.get(), CURLUPART_URL, text.c_str(), 0) != CURLUE_OK)
    return wrong(text, "is no URL");
  const std::string scheme = part(url, CURLUPART_SCHEME), host = part(url, CURLUPART_HOST);
  if (scheme != "http" && scheme != "https") return wrong(text, "must begin with https://");
  for (const CURLUPart extra : {CURLUPART_USER, CURLUPART_PASSWORD, CURLUPART_QUERY,
                                CURLUPART_FRAGMENT, CURLUPART_OPTIONS, CURLUPART_ZONEID})
    if (!part(url, extra).empty()) return wrong(text, "must have no user, query or fragment");
  if (part(url, CURLUPART_PATH) != "/") return wrong(text, "must have no path");
  if (scheme == "http" && !is_loopback_literal(host))
    return wrong(text, "must use https://; plain http:// is for 127.0.0.1 or [::1] alone");
  std::string whole = part(url, CURLUPART_URL);
  whole.pop_back();  // the path's slash
  return BaseUrl{std::move(whole), host, scheme == "https"};
}

}  // namespace assent
