#pragma once
// Guests who come again and again, in memory: each page of the portal and each login asks for one
// by id or account. It only holds what the store said; how a guest stands is judged by who asks.

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
  Result<GuestRow> of_voucher(const Digest& voucher) const override;             // not held
  Result<std::vector<GuestRow>> search(const GuestQuery& query) const override;  // not held

  // The observer to give to the writer. After it has returned, nobody is given an older row.
  void committed(const std::vector<CommittedChange>& changes);

 private:
  using Account = std::pair<SchoolKey, std::string>;
  template <class Key>
  using Held = std::map<Key, std::shared_ptr<const GuestRow>>;
  template <class Key, class Read>
  Result<GuestRow> through(Held<Key>& held, const Key& key, const Read& read) const;

  const GuestBook& book_;
  const std::size_t guests_max_;
  mutable std::mutex mutex_;  // guards what follows
  mutable Held<GuestId> by_id_;
  mutable Held<Account> by_account_;
  std::uint64_t version_ = 0;  // of what was committed: an older reading is not held
};

}  // namespace assent
