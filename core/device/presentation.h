#pragma once
// What the service sent, as a screen at a login shows it: checked, then laid out as pages, or whole
// for a window.

#include "core/wire/agent_message.h"

namespace assent::device {

// Corrupt unless the presentation's document has the hash that it claims and is a document.
Result<wire::AgentCheckReply> to_agent_reply(const wire::CheckReply& reply,
                                             wire::ScreenKind screen);

}  // namespace assent::device
