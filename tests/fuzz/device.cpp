// Enrolment and device sessions, from both sides.
#include "core/wire/device.h"
#include "tests/fuzz/round_trip.h"

namespace wire = assent::wire;
using assent::fuzz::round_trip;

ASSENT_FUZZ(text) {
  round_trip(wire::parse_enrol_request, text);
  round_trip(wire::parse_enrol_reply, text);
  round_trip(wire::parse_challenge_reply, text);
  round_trip(wire::parse_session_request, text);
  round_trip(wire::parse_session_reply, text);
}
