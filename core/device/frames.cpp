#include "core/device/frames.h"

#include <exception>

#include "core/base/text.h"

namespace assent::device {
namespace {

std::optional<std::string> frame_of(std::string_view body, const Answerer& answer, const Log& log) {
  const auto request = wire::parse_agent_request(body);
  if (!request) {
    log(Severity::Warning, "a request that is none: " + one_line(request.error().message));
    return std::nullopt;
  }
  const auto reply = answer(*request);
  if (!reply) return std::nullopt;
  auto frame = wire::to_frame(*reply);
  if (frame) return *std::move(frame);
  log(Severity::Error, "a reply does not fit: " + one_line(frame.error().message));
  auto unavailable = wire::to_frame(wire::AgentReply(wire::AgentUnavailable{}));
  return unavailable ? std::optional(*std::move(unavailable)) : std::nullopt;
}

}  // namespace

std::optional<std::string> answer_frame(std::string_view body, const Answerer& answer,
                                        const Log& log) {
  try {
    return frame_of(body, answer, log);
  } catch (const std::exception& error) {
    log(Severity::Error, "this is a bug: " + one_line(error.what()));
    return std::nullopt;
  }
}

}  // namespace assent::device
