#pragma once
// Receipts, checkpoints and consistency proofs, read back from the ledger. A receipt has the same
// bytes at every reading: it is rendered against the first checkpoint that covers its record.

#include "service/app/ports.h"

namespace assent {

class Receipts {
 public:
  Receipts(const LedgerReader& reader, VerifierKey key) : reader_(reader), key_(std::move(key)) {}

  // NotFound when there is no such record, or it was erased. Any thread, as all here.
  Result<Receipt> receipt(std::uint64_t index) const;
  Result<std::string> newest_checkpoint() const;  // a signed note; NotFound while the log is empty
  Result<Proof> consistency(std::uint64_t from, std::uint64_t to) const;
  const VerifierKey& key() const { return key_; }

 private:
  std::string note(const SignedHead& head) const;
  ReadHashes reading() const;

  const LedgerReader& reader_;
  const VerifierKey key_;
};

}  // namespace assent
