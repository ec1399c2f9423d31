#include "service/app/receipts.h"

namespace assent {

std::string Receipts::note(const SignedHead& head) const {
  return signed_note({key_.name, head.size, head.root}, key_, head.signature);
}

ReadHashes Receipts::reading() const {
  return [this](std::span<const std::uint64_t> positions) { return reader_.hashes(positions); };
}

Result<Receipt> Receipts::receipt(std::uint64_t index) const {
  ASSENT_TRY(StoredRecord record, reader_.record(index));
  ASSENT_TRY(const SignedHead head, reader_.checkpoint(index + 1));
  ASSENT_TRY(Proof proof, prove_inclusion(index, head.size, reading()));
  return Receipt{std::move(record.body), record.salt, index, std::move(proof), note(head)};
}

Result<std::string> Receipts::newest_checkpoint() const {
  ASSENT_TRY(const LedgerHead head, reader_.head());
  if (head.size == 0) return fail(Code::NotFound, "the log is empty");
  ASSENT_TRY(const SignedHead stored, reader_.checkpoint(head.size));
  return note(stored);
}

Result<Proof> Receipts::consistency(std::uint64_t from, std::uint64_t to) const {
  ASSENT_TRY(const LedgerHead head, reader_.head());
  if (to > head.size) return fail(Code::Invalid, "the log is not that long yet");
  return prove_consistency(from, to, reading());
}

}  // namespace assent
