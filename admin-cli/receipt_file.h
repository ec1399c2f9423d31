#pragma once
// Reading the receipt file that people keep (docs/ledger.md), and what its record says. It judges
// no signature: core/ledger does.

#include <string>
#include <vector>

#include "core/base/value.h"
#include "core/ledger/receipt.h"

namespace assent::cli {

// {"record": …, "proof": …}, as to_file() writes it; Invalid for anything else.
Result<Receipt> parse_receipt_file(std::string_view json);

// A device's statement inside a record.
struct Attestation {
  std::string key;     // the device's id
  std::string device;  // its name, as the record says it
  std::string text;
  Signature signature{};
};

// A record that was verified, read.
struct Record {
  Value value;
  bool attested = false;
  Attestation attestation;
};

// Corrupt when the record contradicts itself: an item's version published after the record, or a
// device's statement that says something else than the record.
Result<Record> read_record(const Receipt& receipt);

// "amira.hussain: student version 2, acknowledge" for an answer; else the record's type.
std::string summary(const Value& record);

}  // namespace assent::cli
