// TOML that a school edits. What is read is plain data that JSON can carry.
#include "core/formats/toml.h"
#include "core/base/text.h"
#include "core/formats/json.h"
#include "tests/fuzz/input.h"

ASSENT_FUZZ(text) {
  const auto value = assent::parse_toml(text, "fuzz.toml");
  if (!value) {
    const std::string& why = value.error().message;
    return assent::fuzz::expect(why.starts_with("fuzz.toml") && assent::is_utf8(why));
  }
  const std::string json = assent::to_json(*value);
  const auto again = assent::parse_json(json, {.bytes = json.size(), .depth = 33});
  assent::fuzz::expect(again && *again == *value);
}
