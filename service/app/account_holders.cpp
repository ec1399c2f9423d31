#include "service/app/account_holders.h"

#include <algorithm>

namespace assent {
namespace {

bool has_account(const Guest& guest) {
  return guest.state == GuestState::Issued || guest.state == GuestState::Suspended;
}

}  // namespace

Result<std::unique_ptr<AccountHolders>> AccountHolders::load(const GuestBook& guests,
                                                             const std::vector<School>& schools) {
  std::unique_ptr<AccountHolders> out{new AccountHolders};
  for (const School& school : schools) {
    ASSENT_TRY(
        const auto found,
        guests.search(
            {school.key, {GuestState::Issued, GuestState::Suspended}, 0, "", GuestQuery::kAll}));
    for (auto row = found.rbegin(); row != found.rend(); ++row) out->put(*row);  // the oldest first
  }
  return out;
}

void AccountHolders::committed(const std::vector<CommittedChange>& changes) {
  const std::lock_guard lock{mutex_};
  for (const CommittedChange& each : changes)
    if (const auto* row = std::get_if<GuestRow>(&each.change)) put(*row);
}

AccountHolders::Holder AccountHolders::of(SchoolKey school, const std::string& account) const {
  const std::lock_guard lock{mutex_};
  const auto accounts = held_.find(school);
  if (accounts == held_.end()) return nullptr;
  const auto found = accounts->second.find(account);
  return found == accounts->second.end() ? nullptr : found->second.back();
}

// An account of a pool may be lent again before it was noted that a guest's time was over.
void AccountHolders::put(const GuestRow& row) {
  if (row.guest.account.empty()) return;
  Accounts& accounts = held_[row.school];
  auto& holders = accounts[row.guest.account];
  std::erase_if(holders, [&](const Holder& each) { return each->guest.id == row.guest.id; });
  const auto when = [](const Holder& each) { return each->guest.valid_from; };
  if (has_account(row.guest))
    holders.insert(std::ranges::upper_bound(holders, row.guest.valid_from, {}, when),
                   std::make_shared<const GuestRow>(row));
  if (holders.empty()) accounts.erase(row.guest.account);
}

}  // namespace assent
