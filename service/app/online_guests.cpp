#include "service/app/online_guests.h"

#include <algorithm>
#include <cstring>

namespace assent {

Result<std::unique_ptr<OnlineGuests>> OnlineGuests::load(const GuestSessions& sessions,
                                                         const std::vector<School>& schools) {
  std::unique_ptr<OnlineGuests> out{new OnlineGuests};
  for (const School& school : schools) {
    ASSENT_TRY(const auto open, sessions.open(school.key));
    for (const GuestSessionRow& row : open) out->add(row);
  }
  return out;
}

void OnlineGuests::committed(const std::vector<CommittedChange>& changes) {
  const std::lock_guard lock{mutex_};
  for (const CommittedChange& change : changes) {
    const auto* row = std::get_if<GuestSessionRow>(&change.change);
    if (!row) continue;
    if (!row->ended) {
      forget({row->guest, row->device});
      add(*row);
    } else {
      remove(row->id);
    }
  }
}

void OnlineGuests::add(const GuestSessionRow& row) {
  remove(row.id);  // its address may be another now
  stays_[row.id] = row;
  of_guest_[row.guest].insert(row.id);
  if (!row.address.empty()) at_address_[{row.school, row.address}] = row.id;
}

void OnlineGuests::remove(const GuestSessionId& id) {
  const auto known = stays_.find(id);
  if (known == stays_.end()) return;
  const GuestSessionRow& row = known->second;
  auto& ids = of_guest_[row.guest];
  ids.erase(id);
  if (ids.empty()) of_guest_.erase(row.guest);
  const auto found = at_address_.find({row.school, row.address});
  if (found != at_address_.end() && found->second == id) at_address_.erase(found);
  stays_.erase(known);
}

std::optional<GuestSessionRow> OnlineGuests::at_address(SchoolKey school,
                                                        const std::string& address) const {
  const std::lock_guard lock{mutex_};
  const auto found = at_address_.find({school, address});
  if (found == at_address_.end()) return std::nullopt;
  return stays_.at(found->second);
}

// Random already.
std::size_t OnlineGuests::HashOfId::operator()(const GuestId& id) const {
  std::size_t out = 0;
  std::memcpy(&out, id.bytes.data(), sizeof out);
  return out;
}

void OnlineGuests::forget(const Login& login) {
  const auto found = expected_.find(login.first);
  if (found == expected_.end()) return;
  found->second.erase(login.second);
  if (found->second.empty()) expected_.erase(found);
}

bool OnlineGuests::take(const GuestId& guest, const std::string& device, unsigned most, Time now) {
  const std::lock_guard lock{mutex_};
  forget_expected(now);
  std::set<std::string> devices;
  if (const auto found = of_guest_.find(guest); found != of_guest_.end())
    for (const GuestSessionId& id : found->second) devices.insert(stays_.at(id).device);
  if (const auto found = expected_.find(guest); found != expected_.end())
    for (const auto& [each, until] : found->second) devices.insert(each);
  devices.insert(device);
  devices.erase("");  // the portal's stays name none: the network counts the device itself
  if (devices.size() > most) return false;
  expected_[guest][device] = now + kExpected;
  by_age_.emplace_back(now + kExpected, Login{guest, device});
  return true;
}

void OnlineGuests::forget_expected(Time now) {
  for (; !by_age_.empty() && by_age_.front().first <= now; by_age_.pop_front()) {
    const Login& login = by_age_.front().second;
    const auto found = expected_.find(login.first);
    if (found == expected_.end()) continue;
    const auto device = found->second.find(login.second);
    if (device != found->second.end() && device->second <= now) forget(login);
  }
}

std::vector<GuestSessionRow> OnlineGuests::all() const {
  const std::lock_guard lock{mutex_};
  std::vector<GuestSessionRow> out;
  for (const auto& [id, row] : stays_) out.push_back(row);
  return out;
}

std::vector<GuestSessionRow> OnlineGuests::at(const std::string& nas) const {
  std::vector<GuestSessionRow> out = all();
  std::erase_if(out, [&](const GuestSessionRow& row) { return row.nas != nas; });
  return out;
}

}  // namespace assent
