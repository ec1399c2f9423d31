// Receipts from anybody: one spelling each.
#include "core/ledger/receipt.h"
#include "tests/fuzz/input.h"

ASSENT_FUZZ(text) {
  const auto receipt = assent::parse_tlog_proof(text, "{}");
  if (!receipt) return;
  assent::fuzz::expect(to_tlog_proof(*receipt) == text);
  assent::fuzz::expect(!assent::verify_receipt(*receipt, {}));
}
