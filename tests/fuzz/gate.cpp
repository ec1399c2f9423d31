// The gate protocol from both sides: what is read can be written, and is read again.
#include "core/wire/gate.h"

#include "core/wire/banner.h"
#include "core/wire/problem.h"
#include "tests/fuzz/round_trip.h"

namespace wire = assent::wire;
using assent::fuzz::round_trip;

ASSENT_FUZZ(text) {
  round_trip(wire::parse_check_request, text);
  round_trip(wire::parse_check_reply, text);
  round_trip(wire::parse_answer_request, text);
  round_trip(wire::parse_answer_reply, text);
  round_trip(wire::parse_opened_request, text);
  round_trip(wire::parse_banner_reply, text);
  round_trip(wire::parse_problem, text);
  if (const auto statement = wire::parse_statement(text))
    assent::fuzz::expect(to_statement(*statement) == text);
  if (const auto statement = wire::parse_opened_statement(text))
    assent::fuzz::expect(to_statement(*statement) == text);
}
