#pragma once
// The reply that a request wants, out of whatever came.

#include <variant>

#include "core/wire/agent_message.h"

namespace assent::wire {

// Unavailable, with words for the person, where the device's half could not reach the service;
// Invalid for another kind of reply.
template <class T>
Result<T> expect_reply(Result<AgentReply> reply) {
  if (!reply) return fail(std::move(reply).error());
  if (auto* wanted = std::get_if<T>(&*reply)) return std::move(*wanted);
  if (const auto* none = std::get_if<AgentUnavailable>(&*reply))
    return fail(Code::Unavailable, none->message);
  return fail(Code::Invalid, "the reply is of another kind");
}

}  // namespace assent::wire
