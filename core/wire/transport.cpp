#include "core/wire/transport.h"

#include "core/base/text.h"

namespace assent {
namespace {

constexpr std::size_t kMaxPath = 4096, kMaxBearer = 4096, kMaxContentType = 256;

}  // namespace

Status check_request(const HttpRequest& request) {
  if (request.method != "GET" && request.method != "POST")
    return fail(Code::Invalid, "a request must be GET or POST");
  if (!request.path.starts_with('/') || request.path.find_first_of(" #\\") != std::string::npos)
    return fail(Code::Invalid, "a request's path must begin with / and hold no space");
  ASSENT_CHECK(check_line(request.path, kMaxPath));
  ASSENT_CHECK(check_line(request.bearer, kMaxBearer));
  ASSENT_CHECK(check_line(request.api_key, kMaxBearer));
  ASSENT_CHECK(check_line(request.content_type, kMaxContentType));
  return {};
}

}  // namespace assent
