#include "service/domain/level.h"

#include <algorithm>

namespace assent {
namespace {

// Between a version's day and the first moment at which somebody who never signed may be called
// unsigned: publishing takes nobody's websites away in the lesson that it happens in.
constexpr days kFirstDay{1};

// When whoever never signed anything is called unsigned.
Time unsigned_from(const PublishedVersion& version) {
  return std::max(version.enforced, version.effective + kFirstDay);
}

template <class List, class T>
bool holds(const List& any_of, const T& value) {
  return any_of.empty() || std::ranges::find(any_of, value) != any_of.end();
}

bool fits(const LevelRule& rule, const LevelFacts& facts) {
  return holds(rule.audience, facts.audience) && holds(rule.stage, facts.stage) &&
         rule.state.value_or(facts.state) == facts.state &&
         rule.restriction.value_or(facts.restriction) == facts.restriction &&
         rule.guest.value_or(facts.guest) == facts.guest;
}

template <class Wanted>
std::optional<LevelChoice> first_rule(const LevelTable& table, const LevelFacts& facts,
                                      Wanted wanted) {
  for (std::size_t i = 0; i < table.rules.size(); ++i) {
    const LevelRule& rule = table.rules[i];
    if (wanted(rule) && fits(rule, facts))
      return LevelChoice{rule.level, "rule " + std::to_string(i + 1) + ": " + conditions(rule)};
  }
  return std::nullopt;
}

// A no, a "later" or a call for help counts for this debt if it was said of this very text, or of
// an amendment that is not accepted since. Said of anything else, such as a text in a new reading
// band that is asked for no more, it must not come back when the next version is published.
bool answers(const Standing& standing, const Owed& owed) {
  const std::uint32_t answered = standing.deferred_version;
  if (answered == 0) return false;
  return standing.version == 0 || owed.why == Why::Renewal || answered == owed.to->number() ||
         owed.policy->strongest(standing.version, answered) != Mode::Editorial;
}

bool refused(const Standing& standing, const Owed& owed) {
  if (owed.why == Why::Withdrawn) return true;
  return (standing.act == Act::Decline || standing.act == Act::Help) && answers(standing, owed);
}

// True if they said "later" to a version that may not be put off any more. Of an older one too:
// the next version gives nobody back what they had used up.
bool put_off_for_good(const Standing& standing, const Owed& owed, const PolicySettings& settings,
                      Time now) {
  if (standing.deferred_count == 0 || !answers(standing, owed)) return false;
  if (settings.enforcement != Enforcement::Enforce) return false;
  const PublishedVersion* asked = owed.policy->version(standing.deferred_version);
  return standing.deferred_count >= settings.later_times || (asked && now >= asked->enforced);
}

bool never_signed(const Standing& standing, const Owed& owed, const PolicySettings& settings,
                  Time now) {
  if (standing.version > 0 || settings.enforcement != Enforcement::Enforce) return false;
  return std::ranges::any_of(owed.policy->versions, [&](const PublishedVersion& each) {
    return now >= unsigned_from(each);
  });
}

bool is_unsigned(const Owed& owed, const Facts& facts, const School& school, Time now) {
  if (owed.add_on) return false;  // an extra that is not signed keeps the extra away, no more
  const Standing& standing = standing_with(facts, owed.policy->key);
  const PolicySettings& settings = school.settings(owed.policy->name);
  return refused(standing, owed) || put_off_for_good(standing, owed, settings, now) ||
         never_signed(standing, owed, settings, now);
}

}  // namespace

LevelChoice choose_level(const LevelTable& table, const LevelFacts& facts) {
  if (table.empty()) return {"", "the school has no levels"};
  const LevelChoice strictest{table.levels.front(), "no rule fits, so the most restrictive"};
  if (facts.audience.empty())
    return {strictest.level, "not in the roster or in no audience, so the most restrictive"};
  if (auto rule = first_rule(table, facts, is_on_restriction)) return *std::move(rule);
  if (auto rule = first_rule(table, facts, is_on_guest)) return *std::move(rule);
  if (facts.state == AcceptanceState::Unsigned && table.has(facts.outcome))
    return {facts.outcome, "the outcome of their own answer"};
  return first_rule(table, facts, [](const LevelRule&) { return true; }).value_or(strictest);
}

AcceptanceState acceptance_state(const Decision& decision, const Facts& facts, const School& school,
                                 Time now) {
  if (decision.reason == Reason::Unknown || decision.reason == Reason::Left)
    return AcceptanceState::Unsigned;
  if (decision.asked.empty()) return AcceptanceState::Current;
  const bool any = std::ranges::any_of(
      decision.asked, [&](const Owed& owed) { return is_unsigned(owed, facts, school, now); });
  return any ? AcceptanceState::Unsigned : AcceptanceState::Grace;
}

std::string outcome_level(const Decision& decision, const Facts& facts, const School& school) {
  const std::vector<std::string>& order = school.levels.levels;
  const auto place = [&](const std::string& level) { return std::ranges::find(order, level); };
  std::string out;
  for (const Owed& owed : decision.asked) {
    const Standing& standing = standing_with(facts, owed.policy->key);
    if (owed.add_on || owed.why == Why::Withdrawn || !refused(standing, owed)) continue;
    const PolicySettings& settings = school.settings(owed.policy->name);
    const Outcome& after = standing.act == Act::Help ? settings.on_help : settings.on_decline;
    if (out.empty() || place(after.level) < place(out)) out = after.level;
  }
  return out;
}

LevelFacts level_facts(const Decision& decision, const Facts& facts, const Audience& audience,
                       const School& school, Time now) {
  LevelFacts out;
  if (facts.state != PersonState::Left) out.audience = audience.name;
  out.stage = audience.stage;
  out.state = acceptance_state(decision, facts, school, now);
  out.outcome = outcome_level(decision, facts, school);
  out.guest = !audience.guest.empty();
  return out;
}

std::vector<Time> turning_points(const PublishedVersion& version) {
  std::vector<Time> out{version.effective, version.enforced, unsigned_from(version)};
  std::ranges::sort(out);
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

PersonLevel level_of(const Decision& decision, const Facts& facts, const Audience& audience,
                     const School& school, Time now) {
  PersonLevel out{level_facts(decision, facts, audience, school, now), {"", "left the roster"}};
  if (facts.state != PersonState::Left) out.choice = choose_level(school.levels, out.facts);
  return out;
}

std::string to_text(const PersonLevel& level, const School& school) {
  const std::string& own = level.choice.level;
  return (own.empty() ? "none" : school.filter.group(own)) + " (" +
         std::string(to_text(level.facts.state)) + "; " + level.choice.why + ")";
}

}  // namespace assent
