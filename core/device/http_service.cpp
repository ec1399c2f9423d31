// Requests, sessions, and what each HTTP status means to a login.
#include "core/device/http_service.h"

#include <algorithm>
#include <array>

#include "core/base/text.h"
#include "core/base/value.h"
#include "core/wire/device.h"
#include "core/wire/problem.h"

namespace assent::device {
namespace {

constexpr int kUnauthorized = 401, kTimeout = 408, kTooMany = 429;
constexpr int kNotFound = 404;

// Problems after which the person must be shown what is owed now (docs/protocol.md, "Gate"). An
// answer given differently before is none of them: it stays as it was given (A12).
constexpr std::array<std::string_view, 4> kCheckAgain{
    "urn:assent:overtaken", "urn:assent:expired", "urn:assent:bad-ticket", "urn:assent:conflict"};

// A reply that is no 200.
Error to_error(const HttpReply& reply) {
  const auto problem = wire::parse_problem(reply.body);
  const std::string type = problem ? one_line(problem->type) : "no problem document";
  const std::string words = "the service said " + std::to_string(reply.status) + " (" + type + ")";
  const int status = reply.status;
  if (!problem || status == kUnauthorized || status == kNotFound || status == kTimeout ||
      status == kTooMany || status >= 500 || status < 400)
    return {Code::Unavailable, words};
  if (std::ranges::find(kCheckAgain, type) != kCheckAgain.end()) return {Code::Conflict, words};
  return {Code::Denied, words};
}

Error not_understood(const Error& error) {
  return {Code::Unavailable, "the service's reply was not understood: " + one_line(error.message)};
}

template <class T>
Result<T> understood(Result<T> reply) {
  if (!reply) return fail(not_understood(reply.error()));
  return reply;
}

}  // namespace

Result<wire::CheckReply> HttpService::check(const wire::CheckRequest& request, Deadline deadline) {
  ASSENT_TRY(const std::string body, call("/v1/gate/check", wire::to_json(request), deadline));
  return understood(wire::parse_check_reply(body));
}

Result<wire::AnswerReply> HttpService::answer(const wire::AnswerRequest& request,
                                              Deadline deadline) {
  ASSENT_TRY(const std::string body, call("/v1/gate/answer", wire::to_json(request), deadline));
  return understood(wire::parse_answer_reply(body));
}

Status HttpService::opened(const wire::OpenedRequest& request, Deadline deadline) {
  ASSENT_CHECK(call("/v1/gate/opened", wire::to_json(request), deadline));
  return {};
}

Result<wire::BannerReply> HttpService::banner(Deadline deadline) {
  ASSENT_TRY(const std::string body, call("/v1/gate/banner", "{}", deadline));
  return understood(wire::parse_banner_reply(body));
}

Result<std::string> HttpService::call(const std::string& path, const std::string& body,
                                      Deadline deadline) {
  ASSENT_TRY(std::string token, token_after("", deadline));
  ASSENT_TRY(HttpReply reply, post(path, body, token, deadline));
  if (reply.status == kUnauthorized) {
    ASSENT_TRY(token, token_after(token, deadline));
    ASSENT_TRY(reply, post(path, body, token, deadline));
  }
  if (reply.status != 200) return fail(to_error(reply));
  return std::move(reply.body);
}

Result<HttpReply> HttpService::post(const std::string& path, const std::string& body,
                                    const std::string& bearer, Deadline deadline) const {
  const int left = deadline.left_ms();
  if (left == 0) return fail(Code::Unavailable, "there is no time left to ask the service");
  return transport_.send(
      {.method = "POST", .path = path, .body = body, .bearer = bearer, .deadline_ms = left});
}

Result<std::string> HttpService::post_without_session(const std::string& path,
                                                      const std::string& body,
                                                      Deadline deadline) const {
  ASSENT_TRY(HttpReply reply, post(path, body, "", deadline));
  if (reply.status == 200) return std::move(reply.body);
  // A device that the service refuses is an outage to the person who logs in.
  return fail(Code::Unavailable, "no device session: " + to_error(reply).message);
}

Result<std::string> HttpService::token_after(const std::string& stale, Deadline deadline) {
  std::unique_lock lock(mutex_);
  if (!opened_.wait_until(lock, deadline.end(), [this] { return !opening_; }))
    return fail(Code::Unavailable, "no device session was opened in time");
  if (!token_.empty() && token_ != stale) return token_;
  opening_ = true;
  lock.unlock();
  Result<std::string> token = open_session(deadline);
  lock.lock();
  opening_ = false;
  token_ = token ? *token : "";
  opened_.notify_all();
  return token;
}

Result<std::string> HttpService::open_session(Deadline deadline) const {
  const std::string& device = identity_.enrolled.device;
  const std::string question = to_json(Value(Object{{"device", device}}));
  ASSENT_TRY(const std::string asked,
             post_without_session("/v1/devices/challenge", question, deadline));
  ASSENT_TRY(const auto challenge, understood(wire::parse_challenge_reply(asked)));
  wire::SessionRequest request{device, challenge.challenge, {}};
  request.signature =
      identity_.key.sign(bytes_of(wire::session_statement(device, challenge.challenge)));
  ASSENT_TRY(const std::string given,
             post_without_session("/v1/devices/session", wire::to_json(request), deadline));
  ASSENT_TRY(const auto session, understood(wire::parse_session_reply(given)));
  return session.token;
}

}  // namespace assent::device
