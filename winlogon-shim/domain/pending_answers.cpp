#include "winlogon-shim/domain/pending_answers.h"

#include <algorithm>

#include "winlogon-shim/domain/account.h"

namespace assent::windows {

void PendingAnswers::forget_old(Time now) {
  std::erase_if(entries_, [now](const Entry& entry) { return now - entry.at > kAge; });
}

void PendingAnswers::shown(const std::string& ticket, const AtScreen& where, Time now) {
  const std::lock_guard lock(mutex_);
  forget_old(now);
  if (entries_.size() == kMost) entries_.erase(entries_.begin());
  entries_.push_back({ticket, where, now, std::nullopt});
}

Status PendingAnswers::keep(const wire::AgentAnswer& answer, Time now) {
  const std::lock_guard lock(mutex_);
  forget_old(now);
  const auto found = std::ranges::find(entries_, answer.ticket, &Entry::ticket);
  if (found == entries_.end())
    return fail(Code::Conflict, "what was answered was not shown over the logon screen");
  found->answer = answer;
  return {};
}

std::optional<wire::AgentAnswer> PendingAnswers::take(const AtScreen& where, Time now) {
  const std::lock_guard lock(mutex_);
  forget_old(now);
  std::optional<wire::AgentAnswer> newest;
  const auto is_theirs = [&](const Entry& entry) {
    return entry.where.session == where.session && same_name(entry.where.login, where.login);
  };
  for (Entry& entry : entries_)
    if (is_theirs(entry) && entry.answer) newest = std::move(entry.answer);
  std::erase_if(entries_, is_theirs);
  return newest;
}

bool PendingAnswers::drop(const std::string& ticket) {
  const std::lock_guard lock(mutex_);
  const auto found = std::ranges::find(entries_, ticket, &Entry::ticket);
  if (found == entries_.end()) return false;
  const bool had_answer = found->answer.has_value();
  entries_.erase(found);
  return had_answer;
}

}  // namespace assent::windows
