#include "service/directory/usn_feed.h"

#include "core/base/number.h"
#include "service/directory/reading.h"

namespace assent::directory {
namespace {

// Not computers: they write all day. Where somebody was moved to does not matter, so the whole
// domain is asked.
constexpr const char* kChangedSince =
    "(&(|(objectCategory=person)(objectCategory=group)(objectCategory=organizationalUnit))"
    "(uSNChanged>=";

}  // namespace

Result<UsnFeed::Position> UsnFeed::read_position(Directory& directory) {
  ASSENT_TRY(
      const Entry root,
      read_entry(directory, "", {"highestCommittedUSN", "dsServiceName", "defaultNamingContext"}));
  const std::string& domain = root.first("defaultNamingContext");
  const auto highest = whole_number<decltype(Position::highest)>(root.first("highestCommittedUSN"));
  if (!highest || domain.empty())
    return fail(Code::Invalid,
                "the server does not number its changes: is it an Active Directory?");
  return Position{root.first("dsServiceName"), *highest, domain};
}

// One page is enough: one entry says it.
Result<bool> UsnFeed::holds_changes(Directory& directory, const Position& since) {
  ASSENT_TRY(const Page page,
             directory.page({.base = since.domain,
                             .filter = kChangedSince + std::to_string(since.highest + 1) + "))",
                             .attributes = {"1.1"}},
                            ""));
  return !page.entries.empty() || !page.cookie.empty();
}

Result<bool> UsnFeed::look() {
  if (!directory_) {
    ASSENT_TRY(directory_, open_());
  }
  ASSENT_TRY(Position now, read_position(*directory_));
  const bool known = seen_ && seen_->controller == now.controller && seen_->highest <= now.highest;
  if (known && seen_->highest == now.highest) return false;
  bool changed = true;
  if (known) {
    ASSENT_TRY(changed, holds_changes(*directory_, *seen_));
  }
  seen_ = std::move(now);
  return changed;
}

Result<bool> UsnFeed::changed() {
  auto out = look();
  if (!out) {
    directory_.reset();
    seen_.reset();
  }
  return out;
}

}  // namespace assent::directory
