#pragma once
// Guests by id, in memory: each page of the portal asks for one, and each report of their session.
// It only holds what the store said; how a guest stands is judged by who asks. Vouchers are read
// each time: what is held would be found sooner than what nobody has. Accounts: AccountHolders.

#include <map>
#include <memory>
#include <mutex>

#include "service/app/guest_ports.h"
#include "service/app/ledger_writer.h"

namespace assent {

// Any thread.
class GuestCache final : public GuestBook {
 public:
  static constexpr std::size_t kGuestsMax = 10'000;  // some 8 MB; when full it begins anew
  explicit GuestCache(const GuestBook& book, std::size_t guests_max = kGuestsMax)
      : book_(book), guests_max_(guests_max) {}

  Result<GuestRow> one(const GuestId& id) const override;
  Result<GuestRow> of_account(SchoolKey school, const std::string& account) const override;
  Result<GuestRow> of_voucher(const Digest& voucher) const override;
  Result<std::vector<GuestRow>> search(const GuestQuery& query) const override;

  // The observer to give to the writer. After it has returned, nobody is given an older row.
  void committed(const std::vector<CommittedChange>& changes);

 private:
  const GuestBook& book_;
  const std::size_t guests_max_;
  mutable std::mutex mutex_;  // guards what follows
  mutable std::map<GuestId, std::shared_ptr<const GuestRow>> held_;
  std::uint64_t version_ = 0;  // of what was committed: an older reading is not held
};

}  // namespace assent
