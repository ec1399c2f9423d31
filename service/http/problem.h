#pragma once
// How the service says no over HTTP (RFC 9457): the one place where an Error becomes a status.

#include <string_view>

#include "core/base/value.h"
#include "service/http/server.h"

namespace assent::http {

// `word` becomes urn:assent:<word>; `title` is the same for every problem with that word; `detail`
// says what happened this time. `extra` is an Object of more members, or null.
Response problem(int status, std::string_view word, std::string_view title, std::string_view detail,
                 Value extra = {});

// NotFound 404, Conflict 409, Invalid 400, Denied 403, Unavailable 503 with Retry-After. Corrupt is
// 500 with a fixed text: what failed inside is for the log, not for the caller.
Response problem_for(const Error& error);

// The fixed answer to a bug.
Response internal_problem();

// RFC 9110's words for `status`: "Not Found".
std::string_view reason_phrase(int status);

}  // namespace assent::http
