#pragma once
// The guests of the memory store.

#include "service/app/person_search.h"
#include "tests/support/memory_levels.h"

namespace assent::support {

class MemoryGuests final : public GuestBook {
 public:
  explicit MemoryGuests(std::shared_ptr<MemoryDisk> disk) : disk_(std::move(disk)) {}

  Result<GuestRow> one(const GuestId& id) const override {
    return last([&](const GuestRow& row) { return row.guest.id == id; });
  }
  Result<GuestRow> of_account(SchoolKey school, const std::string& account) const override {
    const auto state = disk_->read();
    const GuestRow* found = nullptr;
    const auto place = [](const GuestRow& row) {
      const bool has_it =
          row.guest.state == GuestState::Issued || row.guest.state == GuestState::Suspended;
      return std::pair(has_it, row.guest.valid_from);
    };
    for (const GuestRow& row : state->guests) {
      if (row.school != school || row.guest.account != account || account.empty()) continue;
      if (!found || place(row) >= place(*found)) found = &row;
    }
    if (!found) return fail(Code::NotFound, "no such guest");
    return *found;
  }
  Result<GuestRow> of_voucher(const Digest& voucher) const override {
    return last([&](const GuestRow& row) { return row.voucher == voucher; });
  }
  Result<std::vector<GuestRow>> search(const GuestQuery& query) const override {
    ASSENT_TRY(const auto terms,
               query.text.empty() ? Result<SearchTerms>(SearchTerms{}) : read_search(query.text));
    const auto state = disk_->read();
    std::vector<GuestRow> found;
    for (auto row = state->guests.rbegin(); row != state->guests.rend(); ++row) {
      const Guest& guest = row->guest;
      const bool in_state = query.states.empty() ||
                            std::ranges::find(query.states, guest.state) != query.states.end();
      const bool named =
          query.text.empty() || guest.account == query.text || matches_name(terms, guest.name, "");
      if (row->school == query.school && in_state && named &&
          (query.host == 0 || guest.host == query.host) && found.size() < query.limit)
        found.push_back(*row);
    }
    return found;
  }

 private:
  template <class Matches>
  Result<GuestRow> last(Matches matches) const {
    const auto state = disk_->read();
    const auto found = std::ranges::find_if(state->guests, matches);
    if (found == state->guests.end()) return fail(Code::NotFound, "no such guest");
    return *found;
  }

  std::shared_ptr<MemoryDisk> disk_;
};

class MemoryGuestSessions final : public GuestSessions {
 public:
  explicit MemoryGuestSessions(std::shared_ptr<MemoryDisk> disk) : disk_(std::move(disk)) {}

  Result<GuestSessionRow> one(const GuestSessionId& id) const override {
    const auto found = matching(1, [&](const GuestSessionRow& row) { return row.id == id; });
    if (found.empty()) return fail(Code::NotFound, "no such session");
    return found.front();
  }
  Result<std::vector<GuestSessionRow>> of(const GuestId& guest, std::size_t limit) const override {
    return matching(limit, [&](const GuestSessionRow& row) { return row.guest == guest; });
  }
  Result<std::vector<GuestSessionRow>> open(SchoolKey school) const override {
    return matching(std::size_t(-1),
                    [&](const GuestSessionRow& row) { return row.school == school && !row.ended; });
  }

 private:
  template <class Matches>
  std::vector<GuestSessionRow> matching(std::size_t limit, Matches matches) const {
    const auto state = disk_->read();
    std::vector<GuestSessionRow> found;
    for (auto row = state->guest_sessions.rbegin(); row != state->guest_sessions.rend(); ++row)
      if (found.size() < limit && matches(*row)) found.push_back(*row);
    return found;
  }

  std::shared_ptr<MemoryDisk> disk_;
};

}  // namespace assent::support
