// What the module and the agent say to each other: what is read is written, and read as the same.
#include "core/wire/agent_message.h"

#include "tests/fuzz/input.h"

namespace wire = assent::wire;

namespace {

template <class Parse>
void same_bytes(Parse parse, std::string_view body) {
  const auto read = parse(body);
  if (!read) return;
  const auto frame = wire::to_frame(*read);
  assent::fuzz::expect(bool(frame));
  const auto again = parse(std::string_view{*frame}.substr(wire::kFrameHeader));
  assent::fuzz::expect(again && *wire::to_frame(*again) == *frame);
}

}  // namespace

ASSENT_FUZZ(text) {
  same_bytes(wire::parse_agent_request, text);
  same_bytes(wire::parse_agent_reply, text);
  if (const auto length = wire::frame_length(text))
    assent::fuzz::expect(*length > 0 && *length <= wire::AgentLimits::kFrame);
}
