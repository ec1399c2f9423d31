#pragma once
// Why no reply came, in words that tell an operator what to look at. Inside core/client only.

#include <curl/curl.h>

#include "core/base/result.h"
#include "core/client/base_url.h"

namespace assent {

Error transport_failure(CURL* handle, CURLcode code, const BaseUrl& base, long deadline_ms,
                        std::size_t max_reply_bytes);

}  // namespace assent
