// The table from Code to status, and the JSON around it.
#include "service/http/problem.h"

#include "core/base/text.h"
#include "core/wire/problem.h"

namespace assent::http {
namespace {

constexpr int kRetryAfterSeconds = 5;

struct Phrase {
  int status;
  std::string_view text;
};
constexpr Phrase kPhrases[] = {
    {200, "OK"},
    {201, "Created"},
    {202, "Accepted"},
    {204, "No Content"},
    {303, "See Other"},
    {304, "Not Modified"},
    {400, "Bad Request"},
    {401, "Unauthorized"},
    {403, "Forbidden"},
    {404, "Not Found"},
    {405, "Method Not Allowed"},
    {408, "Request Timeout"},
    {409, "Conflict"},
    {411, "Length Required"},
    {413, "Content Too Large"},
    {414, "URI Too Long"},
    {415, "Unsupported Media Type"},
    {417, "Expectation Failed"},
    {422, "Unprocessable Content"},
    {429, "Too Many Requests"},
    {431, "Request Header Fields Too Large"},
    {500, "Internal Server Error"},
    {501, "Not Implemented"},
    {503, "Service Unavailable"},
    {505, "HTTP Version Not Supported"},
};

}  // namespace

std::string_view reason_phrase(int status) {
  for (const auto& phrase : kPhrases)
    if (phrase.status == status) return phrase.text;
  return "Unknown";
}

Response problem(int status, std::string_view word, std::string_view title, std::string_view detail,
                 Value extra) {
  wire::Problem said;
  said.type = "urn:assent:" + std::string(word);
  said.title = title;
  said.status = status;
  said.detail = terminal_safe(detail);  // It may repeat what a caller sent
  said.extra = std::move(extra);
  return {status, "application/problem+json", wire::to_json(said), 0};
}

Response problem_for(const Error& error) {
  switch (error.code) {
    case Code::NotFound: return problem(404, "not-found", "Not found", error.message);
    case Code::Conflict: return problem(409, "conflict", "Already changed", error.message);
    case Code::Invalid: return problem(400, "invalid", "Not valid", error.message);
    case Code::Denied: return problem(403, "denied", "Not allowed", error.message);
    case Code::Unavailable: {
      auto response = problem(503, "unavailable", "Try again later", error.message);
      response.retry_after_seconds = kRetryAfterSeconds;
      return response;
    }
    case Code::Corrupt: break;
  }
  return internal_problem();
}

Response internal_problem() {
  return problem(500, "internal", "Something went wrong here",
                 "The service could not answer. Its log says why.");
}

}  // namespace assent::http
