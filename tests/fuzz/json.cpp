// JSON from the network: what is read can be written, and reads the same again.
#include "core/formats/json.h"
#include "tests/fuzz/input.h"

ASSENT_FUZZ(text) {
  const auto value = assent::parse_json(text);
  if (!value) return;
  const assent::JsonLimits wide{.bytes = 1 << 20};  // escapes may be longer than what was read
  const auto again = assent::parse_json(to_json(*value), wide);
  assent::fuzz::expect(again && *again == *value);
  assent::fuzz::expect(bool(assent::parse_json(to_canonical_json(*value), wide)));
}
