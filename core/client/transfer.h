#pragma once
// One request on one libcurl handle: options, limits, and failures in words. Inside core/client
// only.

#include <curl/curl.h>

#include "core/client/base_url.h"
#include "core/client/http_client.h"

namespace assent {

// `handle` keeps its connection for the next call. Blocks until the deadline at most.
Result<HttpReply> transfer(CURL* handle, const BaseUrl& base, const HttpSettings& settings,
                           const HttpRequest& request);

}  // namespace assent
