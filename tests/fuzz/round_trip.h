#pragma once
// For decoders of the wire: what is read can be written, and is read again as the same.

#include "tests/fuzz/input.h"

namespace assent::fuzz {

template <class Parse>
void round_trip(Parse parse, std::string_view text) {
  const auto read = parse(text);
  if (!read) return;
  const auto again = parse(to_json(*read));
  expect(again && to_json(*again) == to_json(*read));
}

}  // namespace assent::fuzz
