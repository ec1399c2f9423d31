#include "service/app/opening.h"

#include <algorithm>

namespace assent {
namespace {

// "16:00", or "10 Nov 2026 00:05".
std::string told_time(Time time, const School& school, const Calendar& calendar, Time now) {
  const Time rounded = Time{(time.time_since_epoch() + kToldInSteps - milliseconds{1}) /
                            kToldInSteps * kToldInSteps};
  const std::string text = calendar.local(rounded, school.zone);
  const std::string today = calendar.local(now, school.zone);
  const std::size_t day = text.rfind(' ');
  if (day == text.npos || text.substr(0, day) != today.substr(0, today.rfind(' '))) return text;
  return text.substr(day + 1);
}

}  // namespace

std::string opening_message(const School& school, const std::string& before,
                            const std::string& after, const std::string& language,
                            const Calendar& calendar, Time now) {
  if (!school.levels.is_looser(after, before)) return "";
  const FilterDelay& delay = school.filter.sees_groups_within;
  const auto seen = seen_by(delay, now);
  return opening_words(delay, seen ? told_time(*seen, school, calendar, now) : "", language);
}

void ToldOpenings::add(const Nonce& answer, const std::string& message) {
  std::erase_if(told_, [&](const auto& told) { return told.first == answer; });  // a try before
  if (message.empty()) return;
  told_.emplace_back(answer, message);
  if (told_.size() > kKept) told_.pop_front();
}

std::string ToldOpenings::find(const Nonce& answer) const {
  const auto found = std::ranges::find(told_, answer, &std::pair<Nonce, std::string>::first);
  return found == told_.end() ? "" : found->second;
}

}  // namespace assent
