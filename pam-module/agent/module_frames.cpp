#include "pam-module/agent/module_frames.h"

#include "core/device/frames.h"

namespace assent::agent {

Respond answer_frames(device::Responder& responder, device::Log log) {
  return [&responder, log = std::move(log)](std::string_view body, device::Deadline deadline) {
    const auto answer = [&](const auto& request) { return responder.respond(request, deadline); };
    return device::answer_frame(body, answer, log);
  };
}

}  // namespace assent::agent
