#pragma once
// The transaction that the writer gives to its jobs. Used by ledger_writer.cpp alone.

#include <algorithm>
#include <utility>

#include "service/app/ledger_writer.h"

namespace assent {

// Passes everything on, and remembers what was put so that observers can be told. An import has
// hundreds of thousands of people and ids, a sweep hundreds of levels: of those one is kept, and of
// documents and outcomes none.
class RecordingTransaction final : public Transaction {
 public:
  RecordingTransaction(Transaction& inner, const std::vector<StoredRecord>& earlier,
                       std::vector<CommittedChange>& changes)
      : inner_(inner), earlier_(earlier), changes_(changes) {}
  // Records of earlier jobs of this transaction count, though they are appended at its end.
  Result<std::optional<StoredRecord>> by_nonce(const Nonce& nonce) override {
    const auto found = std::ranges::find(earlier_, nonce, &StoredRecord::nonce);
    if (found != earlier_.end()) return std::optional{*found};
    return inner_.by_nonce(nonce);
  }
  Result<Facts> facts(PersonKey person) override { return inner_.facts(person); }
  Result<std::int64_t> put(const Change& change) override {
    ASSENT_TRY(const std::int64_t key, inner_.put(change));
    ++puts_;
    if (is_told(change, key)) changes_.push_back({change, key});
    return key;
  }
  Status append(const Append&) override {
    return fail(Code::Denied, "only the writer appends to the ledger");
  }
  std::size_t puts() const { return puts_; }

 private:
  bool is_told(const Change& change, std::int64_t key) {
    if (std::holds_alternative<ShownRow>(change) || std::holds_alternative<LevelAppliedRow>(change))
      return false;
    if (std::holds_alternative<LevelRow>(change))
      return key != 0 && !std::exchange(told_of_levels_, true);
    const bool of_people =
        std::holds_alternative<PersonRow>(change) || std::holds_alternative<IdentityRow>(change);
    return !of_people || !std::exchange(told_of_people_, true);
  }

  std::size_t puts_ = 0;
  bool told_of_people_ = false, told_of_levels_ = false;
  Transaction& inner_;
  const std::vector<StoredRecord>& earlier_;
  std::vector<CommittedChange>& changes_;
};

}  // namespace assent
