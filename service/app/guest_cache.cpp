#include "service/app/guest_cache.h"

namespace assent {

Result<GuestRow> GuestCache::one(const GuestId& id) const {
  std::shared_ptr<const GuestRow> known;
  std::uint64_t version = 0;
  {
    const std::lock_guard lock(mutex_);
    if (const auto found = held_.find(id); found != held_.end()) known = found->second;
    version = version_;
  }
  if (known) return *known;
  ASSENT_TRY(GuestRow row, book_.one(id));
  auto made = std::make_shared<const GuestRow>(row);
  const std::lock_guard lock(mutex_);
  if (version != version_) return row;
  if (held_.size() >= guests_max_) held_.clear();
  held_.insert_or_assign(id, std::move(made));
  return row;
}

Result<GuestRow> GuestCache::of_account(SchoolKey school, const std::string& account) const {
  return book_.of_account(school, account);
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
    held_.erase(row->guest.id);
  }
}

}  // namespace assent
