// Canonical documents: only canonical bytes are read, so writing gives them back.
#include "core/presentation/document.h"
#include "tests/fuzz/input.h"

ASSENT_FUZZ(text) {
  const auto document = assent::parse_document(text);
  if (!document) return;
  const auto again = to_canonical(*document);
  assent::fuzz::expect(again && *again == text);
}
