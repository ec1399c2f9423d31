#include "service/domain/gate.h"

#include <algorithm>
#include <array>
#include <utility>

namespace assent {
namespace {

template <class Enum, std::size_t N>
using Spelling = std::array<std::pair<Enum, std::string_view>, N>;

constexpr Spelling<Act, 9> kActs{{{Act::None, "none"},
                                  {Act::Agree, "agree"},
                                  {Act::Acknowledge, "acknowledge"},
                                  {Act::Decline, "decline"},
                                  {Act::Defer, "defer"},
                                  {Act::Help, "help"},
                                  {Act::Endorse, "endorse"},
                                  {Act::Withdraw, "withdraw"},
                                  {Act::Notified, "notified"}}};
constexpr Spelling<Verdict, 4> kVerdicts{{{Verdict::Clear, "clear"},
                                          {Verdict::Ask, "ask"},
                                          {Verdict::Acknowledge, "acknowledge"},
                                          {Verdict::Refuse, "refuse"}}};

// True if somebody who read the one band reads another text in the other: a policy may have no text
// of its own for either.
bool reads_differently(const PublishedVersion& version, Style before, Style now,
                       const std::string& language) {
  return before != now && &choose_rendition(*version.text, language, before, language) !=
                              &choose_rendition(*version.text, language, now, language);
}

// What the person owes of one policy, before enforcement is looked at.
std::optional<Owed> owed_of(const PublishedPolicy& policy, const Standing& standing, Style style,
                            const School& school, Time now) {
  const PolicySettings& settings = school.settings(policy.name);
  const PublishedVersion* current = policy.current(now);
  if (!current) return std::nullopt;
  // The strongest mode of what was missed decides; a whole text is never asked for more weakly
  // than the school wants of a first acceptance, and asks at least to be read.
  const Mode missed = policy.strongest(standing.version, current->number());
  const auto whole = [&](Why why) {
    return Owed{&policy, current, 0, std::max({settings.first, missed, Mode::Acknowledge}), why};
  };
  if (standing.version == 0)
    return whole(standing.act == Act::Withdraw ? Why::Withdrawn : Why::FirstTime);
  const auto renewal = policy.last_renewal(now);
  if (renewal && standing.at < *renewal) return whole(Why::Renewal);
  if (reads_differently(*current, standing.style, style, school.language)) {
    Owed owed = whole(Why::NewBand);
    owed.mode = std::max(missed, Mode::Acknowledge);  // not a first acceptance
    return owed;
  }
  // Versions are ordered by number: one that was accepted ahead of its day stays accepted.
  if (standing.version >= current->number()) return std::nullopt;
  if (missed == Mode::Editorial) return std::nullopt;
  return Owed{&policy, current, standing.version, missed, Why::Amended};
}

void allow_later(Owed& owed, const Standing& standing, const PolicySettings& settings, Time now) {
  const unsigned used =
      standing.deferred_version == owed.to->number() ? standing.deferred_count : 0u;
  if (settings.enforcement == Enforcement::Ask) {
    owed.may_defer = true;
    owed.deferrals_left = std::uint8_t(std::max(1u, settings.later_times));
  } else if (now < owed.to->enforced && used < settings.later_times) {
    owed.may_defer = true;
    owed.deferrals_left = std::uint8_t(settings.later_times - used);
  }
  owed.may_defer_unasked = owed.may_defer && used < kUnaskedMax;
}

// An add-on that was declined is not asked again until its text changes: an editorial version
// asks nothing of those who said no either.
bool declined_before(const Owed& owed, const Standing& standing) {
  return owed.add_on && standing.act == Act::Decline && standing.deferred_version > 0 &&
         owed.policy->strongest(standing.deferred_version, owed.to->number()) == Mode::Editorial;
}

Verdict strongest_verdict(const std::vector<Owed>& asked) {
  const bool agree =
      std::ranges::any_of(asked, [](const Owed& o) { return o.mode == Mode::Agree; });
  return agree ? Verdict::Ask : Verdict::Acknowledge;
}

}  // namespace

std::string_view to_text(Act act) {
  return kActs[std::size_t(act)].second;
}
std::string_view to_text(Verdict verdict) {
  return kVerdicts[std::size_t(verdict)].second;
}

Result<Act> parse_act(std::string_view text) {
  const auto found = std::ranges::find(kActs, text, &std::pair<Act, std::string_view>::second);
  if (found == kActs.end() || found->first == Act::None)
    return fail(Code::Invalid, "no such answer: \"" + std::string(text.substr(0, 32)) + "\"");
  return found->first;
}

bool accepts(Act act) {
  return act == Act::Agree || act == Act::Acknowledge;
}

const Standing& standing_with(const Facts& facts, PolicyKey policy) {
  static const Standing kNever;
  const auto found = std::ranges::find(facts.standings, policy, &Standing::policy);
  return found == facts.standings.end() ? kNever : *found;
}

Decision decide(const Facts& facts, const Audience& audience, const School& school,
                const Catalogue& catalogue, Time now) {
  if (facts.state == PersonState::Left) return {Verdict::Refuse, Reason::Left, {}, {}};
  if (audience.name.empty())
    return {school.unknown_let_in ? Verdict::Clear : Verdict::Refuse, Reason::Unknown, {}, {}};
  if (audience.exempt) return {Verdict::Clear, Reason::Exempt, {}, {}};
  if (audience.shared) return {Verdict::Clear, Reason::Shared, {}, {}};

  Decision decision{Verdict::Clear, Reason::NothingOwed, {}, {}};
  for (std::size_t i = 0; i < audience.owes.size(); ++i) {
    const PublishedPolicy* policy = catalogue.find(school.key, audience.owes[i]);
    if (!policy || !policy->current(now)) continue;
    if (decision.reason == Reason::NothingOwed) decision.reason = Reason::UpToDate;
    const Standing& standing = standing_with(facts, policy->key);
    const PolicySettings& settings = school.settings(policy->name);
    auto owed = owed_of(*policy, standing, audience.style, school, now);
    if (!owed) continue;
    owed->add_on = i >= audience.main_count;
    if (declined_before(*owed, standing)) continue;
    // A guest agrees before anything else: nobody is on the network as a stranger (R7).
    const bool is_guest = !audience.guest.empty();
    owed->observed = settings.enforcement == Enforcement::Observe && !is_guest;
    if (!is_guest) allow_later(*owed, standing, settings, now);
    (owed->observed ? decision.observed : decision.asked).push_back(*owed);
  }
  if (!decision.asked.empty()) {
    decision.verdict = strongest_verdict(decision.asked);
    decision.reason = Reason::Owes;
  } else if (!decision.observed.empty()) {
    decision.reason = Reason::Observed;
  }
  return decision;
}

Standing after(Standing standing, Act act, std::uint32_t to, Style style, Time now,
               std::uint64_t entry) {
  // What others do beside an answer moves nobody: an endorsement points at the answer.
  if (act == Act::Endorse || act == Act::Notified) return standing;
  standing.act = act;
  standing.entry = entry;
  switch (act) {
    case Act::Agree:
    case Act::Acknowledge:
      standing.version = to;
      standing.style = style;
      standing.at = now;
      standing.deferred_version = 0;
      standing.deferred_count = 0;
      break;
    case Act::Defer:
      if (standing.deferred_version != to) standing.deferred_count = 0;
      standing.deferred_version = to;
      if (standing.deferred_count < 255) ++standing.deferred_count;
      break;
    case Act::Withdraw:
      standing.version = 0;
      standing.at = now;
      break;
    case Act::Decline:
    case Act::Help:
      // Remembers which text it was: an add-on that was declined is not asked again at once, and a
      // no to an older text is none to the next.
      if (standing.deferred_version != to) standing.deferred_count = 0;
      standing.deferred_version = to;
      if (standing.version == 0) standing.at = now;
      break;
    default:
      if (standing.version == 0) standing.at = now;
  }
  return standing;
}

}  // namespace assent
