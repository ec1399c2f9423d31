#include "service/app/guest_cache.h"

namespace assent {

template <class Key, class Read>
Result<GuestRow> GuestCache::through(Held<Key>& held, const Key& key, const Read& read) const {
  std::shared_ptr<const GuestRow> known;
  std::uint64_t version = 0;
  {
    const std::lock_guard lock(mutex_);
    if (const auto found = held.find(key); found != held.end()) known = found->second;
    version = version_;
  }
  if (known) return *known;
  ASSENT_TRY(GuestRow row, read());
  auto made = std::make_shared<const GuestRow>(row);
  const std::lock_guard lock(mutex_);
  if (version != version_) return row;
  if (held.size() >= guests_max_) held.clear();
  held.insert_or_assign(key, std::move(made));
  return row;
}

Result<GuestRow> GuestCache::one(const GuestId& id) const {
  return through(by_id_, id, [&] { return book_.one(id); });
}

Result<GuestRow> GuestCache::of_account(SchoolKey school, const std::string& account) const {
  return through(by_account_, Account{school, account},
                 [&] { return book_.of_account(school, account); });
}

Result<GuestRow> GuestCache::of_voucher(const Digest& voucher) const {
  return book_.of_voucher(voucher);
}

Result<std::vector<GuestRow>> GuestCache::search(const GuestQuery& query) const {
  return book_.search(query);
}

void GuestCache::committed(const std::vector<CommittedChange>& changes) {
  const std::lock_guard lock(mutex_);
  for (const auto& [change, key] : changes) {
    const auto* row = std::get_if<GuestRow>(&change);
    if (!row) continue;
    ++version_;
    by_id_.erase(row->guest.id);
    by_account_.erase({row->school, row->guest.account});
  }
}

}  // namespace assent
