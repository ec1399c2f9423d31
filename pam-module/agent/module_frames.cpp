// The edge of the agent's logic: the one place that catches.
#include "pam-module/agent/module_frames.h"

#include "core/base/text.h"

namespace assent::agent {
namespace {

std::optional<std::string> answer(device::Responder& responder, const device::Log& log,
                                  std::string_view body, device::Deadline deadline) {
  const auto request = wire::parse_agent_request(body);
  if (!request) {
    log(device::Severity::Warning, "a request that is none: " + one_line(request.error().message));
    return std::nullopt;
  }
  const auto reply = responder.respond(*request, deadline);
  if (!reply) return std::nullopt;
  auto frame = wire::to_frame(*reply);
  if (frame) return *std::move(frame);
  log(device::Severity::Error, "a reply does not fit: " + one_line(frame.error().message));
  auto unavailable = wire::to_frame(wire::AgentReply(wire::AgentUnavailable{}));
  return unavailable ? std::optional(*std::move(unavailable)) : std::nullopt;
}

}  // namespace

Respond answer_frames(device::Responder& responder, device::Log log) {
  return [&responder, log = std::move(log)](
             std::string_view body, device::Deadline deadline) -> std::optional<std::string> {
    try {
      return answer(responder, log, body, deadline);
    } catch (const std::exception& error) {
      log(device::Severity::Error, "this is a bug: " + one_line(error.what()));
      return std::nullopt;
    }
  };
}

}  // namespace assent::agent
