// Verifier keys that an operator pastes: one spelling each.
#include "core/ledger/note.h"
#include "tests/fuzz/input.h"

ASSENT_FUZZ(text) {
  if (const auto key = assent::parse_verifier_key(text))
    assent::fuzz::expect(to_text(*key) == text);
}
