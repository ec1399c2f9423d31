#include "core/client/page_look.h"

#include <curl/curl.h>

#include <memory>

#include "core/base/text.h"

namespace assent {
namespace {

constexpr std::size_t kUrlMax = 2048, kTextMax = 256;

using Handle = std::unique_ptr<CURL, decltype(&curl_easy_cleanup)>;
using Headers = std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)>;

// libcurl's callback. The page itself is of no interest: the transfer ends where it begins.
std::size_t stop_at_body(char*, std::size_t, std::size_t, void* began) {
  *static_cast<bool*>(began) = true;
  return 0;
}

Status check(const PageView& view) {
  if (!view.url.starts_with("http://") && !view.url.starts_with("https://"))
    return fail(Code::Invalid, "a page's address begins with http:// or https://");
  ASSENT_CHECK(check_line(view.url, kUrlMax));
  for (const std::string* text : {&view.proxy, &view.login, &view.password})
    ASSENT_CHECK(check_line(*text, kTextMax));
  if (!view.proxy.empty() && view.proxy.find("://") != view.proxy.npos)
    return fail(Code::Invalid, "a proxy is HOST:PORT, such as proxy.school.example:3128");
  return {};
}

void set_way(CURL* handle, const PageView& view) {
  curl_easy_setopt(handle, CURLOPT_PROXY, view.proxy.c_str());  // empty: not the environment's
  if (view.proxy.empty()) return;
  curl_easy_setopt(handle, CURLOPT_NOPROXY, "");
  curl_easy_setopt(handle, CURLOPT_PROXYTYPE, long(CURLPROXY_HTTP));
  if (view.login.empty()) return;
  curl_easy_setopt(handle, CURLOPT_PROXYAUTH, long(CURLAUTH_ANY));
  curl_easy_setopt(handle, CURLOPT_PROXYUSERNAME, view.login.c_str());
  curl_easy_setopt(handle, CURLOPT_PROXYPASSWORD, view.password.c_str());
}

PageLook look_of(CURL* handle) {
  long status = 0, tunnel = 0;
  curl_header* sent_to = nullptr;
  curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &status);
  curl_easy_getinfo(handle, CURLINFO_HTTP_CONNECTCODE, &tunnel);
  const bool sent = curl_easy_header(handle, "Location", 0, CURLH_HEADER | CURLH_CONNECT, -1,
                                     &sent_to) == CURLHE_OK;
  return {int(status != 0 ? status : tunnel), one_line(sent ? sent_to->value : "")};
}

}  // namespace

Result<PageLook> look_at(const PageView& view) {
  ASSENT_CHECK(check(view));
  const Handle handle(curl_easy_init(), curl_easy_cleanup);
  const Headers headers(curl_slist_append(nullptr, "Cache-Control: no-cache"), curl_slist_free_all);
  bool began = false;
  CURL* curl = handle.get();
  if (!curl) return fail(Code::Unavailable, "there is no memory for a request");
  set_way(curl, view);
  curl_easy_setopt(curl, CURLOPT_URL, view.url.c_str());
  curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
  curl_easy_setopt(curl, CURLOPT_FORBID_REUSE, 1L);
  curl_easy_setopt(curl, CURLOPT_NETRC, long(CURL_NETRC_IGNORED));
  curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, long(view.deadline_ms));
  curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, long(view.deadline_ms));
  curl_easy_setopt(curl, CURLOPT_QUICK_EXIT, 1L);
  curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers.get());
  curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, stop_at_body);
  curl_easy_setopt(curl, CURLOPT_WRITEDATA, &began);
  const CURLcode code = curl_easy_perform(curl);
  const PageLook look = look_of(curl);
  const bool refused = code != CURLE_OK && look.status >= 300;  // a tunnel that was not opened
  if (code == CURLE_OK || began || refused) return look;
  return fail(Code::Unavailable, "no answer: " + std::string(curl_easy_strerror(code)));
}

}  // namespace assent
