// TOML that a school edits.
#include "core/formats/toml.h"
#include "tests/fuzz/input.h"

ASSENT_FUZZ(text) {
  const auto value = assent::parse_toml(text, "fuzz.toml");
  if (!value) assent::fuzz::expect(!value.error().message.empty());
}
