// What a visitor types into the portal: a voucher code or a passphrase.
#include "service/domain/credential.h"
#include "tests/fuzz/input.h"

ASSENT_FUZZ(text) {
  const auto voucher = assent::parse_voucher(text);
  if (voucher)
    assent::fuzz::expect(voucher->code.size() == assent::Voucher::kLength &&
                         assent::parse_voucher(to_text(*voucher)).value() == *voucher);
  const auto passphrase = assent::parse_passphrase(text);
  if (passphrase)
    assent::fuzz::expect(assent::parse_passphrase(*passphrase).value() == *passphrase);
}
