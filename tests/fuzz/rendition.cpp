// A policy's text in Markdown, as a school writes it.
#include "core/policy/policy.h"
#include "tests/fuzz/input.h"

ASSENT_FUZZ(text) {
  const auto rendition =
      assent::parse_rendition(text, "en-GB", assent::Style::Std, "1/en-GB.std.md");
  if (!rendition) assent::fuzz::expect(!rendition.error().message.empty());
}
