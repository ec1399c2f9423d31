#include "service/app/why.h"

#include <algorithm>
#include <functional>

#include "service/domain/level.h"
#include "service/domain/since.h"

namespace assent {
namespace {

std::string count(std::size_t n, std::string_view thing) {
  return std::to_string(n) + " " + std::string(thing) + (n == 1 ? "" : "s");
}

std::string because(const Owed& owed) {
  switch (owed.why) {
    case Why::FirstTime: return "never signed";
    case Why::Amended: return "changed since version " + std::to_string(owed.from);
    case Why::Renewal: return "signed again every year";
    case Why::NewBand: return "now in another reading band, so shown in full once";
    case Why::Withdrawn: return "withdrawn";
  }
  return "";
}

// Shows instants as the school's clocks and calendars have them.
using Show = std::function<std::string(Time)>;

// How often they may still put it off, and until when.
std::string later(const Owed& owed, const School& school, const Show& show) {
  if (owed.observed) return "";
  if (school.settings(owed.policy->name).enforcement == Enforcement::Ask)
    return ", later as often as they like";
  if (!owed.may_defer) return ", no later left";
  return ", later " + count(owed.deferrals_left, "time") + " more until " + show(owed.to->enforced);
}

std::string describe(const Owed& owed, const Facts& facts, const School& school, Time now,
                     const Show& show) {
  const Time since = owed_since(owed, standing_with(facts, owed.policy->key), now);
  return owed.policy->name.value + " version " + std::to_string(owed.to->number()) + " (" +
         because(owed) + "), since " + show(since) + later(owed, school, show);
}

std::string gate_line(const Decision& decision, const Facts& facts, const School& school, Time now,
                      const Show& show) {
  std::string out{to_text(decision.verdict)};
  std::ranges::transform(out, out.begin(), [](char c) { return char(std::toupper(c)); });
  switch (decision.reason) {
    case Reason::UpToDate: return out + ": everything that is owed is signed";
    case Reason::NothingOwed: return out + ": this audience owes no policy that is in force";
    case Reason::Exempt: return out + ": exempt by an audience rule";
    case Reason::Shared: return out + ": a shared account is never asked; sign its class instead";
    case Reason::Observed:
      return out + ": enforcement only observes; would be asked " +
             describe(decision.observed.front(), facts, school, now, show);
    case Reason::Unknown: return out + ": no audience rule matches this person";
    case Reason::Left: return out + ": no longer in the roster";
    case Reason::Owes: break;
  }
  for (std::size_t i = 0; i < decision.asked.size(); ++i)
    out += (i == 0 ? ": " : "; ") + describe(decision.asked[i], facts, school, now, show);
  return out;
}

std::string answered(const Standing& standing, const Catalogue& catalogue, const School& school,
                     const Calendar& calendar) {
  const PublishedPolicy* policy = catalogue.find(standing.policy);
  std::string out = policy ? policy->name.value : "a policy";
  if (standing.version > 0)
    out += ": signed version " + std::to_string(standing.version) + " on " +
           calendar.local(standing.at, school.zone);
  out += (standing.version > 0 ? "; last answer " : ": last answer ") +
         std::string(to_text(standing.act)) + " (entry " + std::to_string(standing.entry) + ")";
  if (standing.deferred_count > 0)
    out += "; later " + count(standing.deferred_count, "time") + " for version " +
           std::to_string(standing.deferred_version);
  return out;
}

std::string next_of(const Decision& decision, const PersonRow& person) {
  switch (decision.reason) {
    case Reason::Owes:
      return (person.login.empty() ? "Has no login, so is never asked."
                                   : "Will be asked at the next login.") +
             std::string(" To sign with them now: assentctl people sign-for ") +
             (person.login.empty() ? to_text(person.id) : person.login) + " --policy " +
             decision.asked.front().policy->name.value + " --how \"with me\"";
    case Reason::Observed: return "Nothing happens until enforcement is ask or enforce.";
    case Reason::Unknown: return "Add an audience rule that matches, or correct the roster.";
    case Reason::Left: return "Import a roster that holds them, if they are still here.";
    default: return "Nothing for you to do.";
  }
}

}  // namespace

std::string_view to_text(Reason reason) {
  constexpr std::string_view kWords[] = {"up-to-date", "nothing-owed", "exempt",  "shared",
                                         "observed",   "owes",         "unknown", "left"};
  return kWords[std::size_t(reason)];
}

std::string_view to_text(Why why) {
  constexpr std::string_view kWords[] = {"first-time", "amended", "renewal", "new-band",
                                         "withdrawn"};
  return kWords[std::size_t(why)];
}

Explanation explain(const PersonRow& person, const Facts& facts, const School& school,
                    std::shared_ptr<const Audience> audience, const Catalogue& catalogue,
                    const Calendar& calendar, Time now) {
  Explanation out;
  out.decision = decide(facts, *audience, school, catalogue, now);
  const Show show = [&](Time time) { return calendar.local(time, school.zone); };
  out.next = next_of(out.decision, person);
  out.text = person.name + (person.form.empty() ? "" : ", " + person.form) + ", " + school.title +
             " (" + to_text(person.id) + ", login " +
             (person.login.empty() ? "none" : person.login) + ")\n";
  out.text += "  At the gate   " + gate_line(out.decision, facts, school, now, show) + "\n";
  out.text += "  Audience      " + (audience->name.empty() ? "none" : audience->name) +
              (audience->stage.empty() ? "" : ", stage " + audience->stage) + "\n";
  if (!school.levels.empty())
    out.text += "  Level         " +
                to_text(level_of(out.decision, facts, *audience, school, now), school) +
                "\n  Filter        " + delay_words(school.filter) + "\n";
  if (facts.standings.empty()) out.text += "  Answers       none yet\n";
  for (const Standing& standing : facts.standings)
    out.text += "  Answers       " + answered(standing, catalogue, school, calendar) + "\n";
  out.text += "Next: " + out.next;
  out.audience = std::move(audience);
  return out;
}

}  // namespace assent
