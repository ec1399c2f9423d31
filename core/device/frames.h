#pragma once
// From the bytes that stand at a login sends to the bytes that it gets: the edge of a device's
// logic, and the one place that catches.

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "core/device/log.h"
#include "core/wire/agent_message.h"

namespace assent::device {

using Answerer = std::function<std::optional<wire::AgentReply>(const wire::AgentRequest&)>;

// The frame of what `answer` says to the request in `body`. Nothing where it has no reply, where
// the body is no request, and where a bug throws: that caller alone is cut off. A reply that no
// frame can hold becomes "unavailable".
std::optional<std::string> answer_frame(std::string_view body, const Answerer& answer,
                                        const Log& log);

}  // namespace assent::device
