#include "winlogon-shim/domain/pending_answers.h"

#include <algorithm>

#include "core/base/letters.h"
#include "winlogon-shim/domain/account.h"

namespace assent::windows {

void PendingAnswers::forget(std::uint32_t session) {
  std::erase_if(entries_, [=](const Entry& entry) { return entry.where.session == session; });
}

void PendingAnswers::shown(const std::string& ticket, const AtScreen& where, Time now) {
  const std::lock_guard lock(mutex_);
  forget(where.session);
  if (entries_.size() == kMost) entries_.erase(entries_.begin());
  entries_.push_back({ticket, where, now, std::nullopt});
}

Status PendingAnswers::keep(const wire::AgentAnswer& answer, std::uint32_t session, Time now) {
  const std::lock_guard lock(mutex_);
  for (Entry& entry : entries_) {
    if (entry.where.session != session || entry.ticket != answer.ticket) continue;
    entry.answer = answer;
    entry.at = now;
    return {};
  }
  return fail(Code::Conflict, "what was answered was not shown over this logon screen");
}

std::optional<wire::AgentAnswer> PendingAnswers::take(const AtScreen& where, Time now) {
  const std::lock_guard lock(mutex_);
  std::optional<wire::AgentAnswer> found;
  for (Entry& entry : entries_) {
    const bool is_theirs =
        entry.where.session == where.session && same_letters(entry.where.login, where.login);
    const auto age = now - entry.at;  // below 0 where the clock was set back
    if (is_theirs && age.count() >= 0 && age <= kAge) found = std::move(entry.answer);
  }
  forget(where.session);
  return found;
}

bool PendingAnswers::drop(std::uint32_t session) {
  const std::lock_guard lock(mutex_);
  const bool had_answer = std::ranges::any_of(
      entries_, [=](const Entry& entry) { return entry.where.session == session && entry.answer; });
  forget(session);
  return had_answer;
}

}  // namespace assent::windows
