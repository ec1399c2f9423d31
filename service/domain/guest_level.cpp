#include "service/domain/guest_level.h"

#include <algorithm>
#include <set>

namespace assent {
namespace {

constexpr std::string_view kPupils = "role:student";
constexpr AcceptanceState kStates[] = {AcceptanceState::Current, AcceptanceState::Grace,
                                       AcceptanceState::Unsigned};

std::string quoted(const std::string& text) {
  return "\"" + text + "\"";
}

// Also the stage of somebody whose roster says none, or one that no rule knows.
std::set<std::string> stages_of(const School& school) {
  std::set<std::string> out{""};
  for (const LevelRule& rule : school.levels.rules)
    out.insert(rule.stage.begin(), rule.stage.end());
  for (const auto& [stage, style] : school.style_of_stage) out.insert(stage);
  return out;
}

std::size_t place(const LevelTable& table, const std::string& level) {
  return std::size_t(std::ranges::find(table.levels, level) - table.levels.begin());
}

// Where the level of such a pupil stands, who owes nothing.
std::size_t pupil_place(const LevelTable& table, const std::string& audience,
                        const std::string& stage) {
  const LevelFacts pupil{audience, stage, AcceptanceState::Current, "", Restriction::None, false};
  return place(table, choose_level(table, pupil).level);
}

// The levels that a guest may get in `state`: by the table, also after each answer of their own.
std::vector<LevelChoice> choices(const GuestKind& kind, const Audience& audience,
                                 const School& school, AcceptanceState state) {
  LevelFacts facts = guest_level_facts(kind, state);
  std::vector<LevelChoice> out{choose_level(school.levels, facts)};
  for (const PolicyName& policy : audience.owes) {
    const PolicySettings& settings = school.settings(policy);
    for (const Outcome* outcome : {&settings.on_decline, &settings.on_help}) {
      facts.outcome = outcome->level;
      out.push_back(choose_level(school.levels, facts));
    }
  }
  return out;
}

Status check_kind(const School& school, const GuestKind& kind, const std::string& strictest) {
  ASSENT_TRY(const Audience audience, audience_of(kind, school));
  for (const AcceptanceState state : kStates)
    for (const LevelChoice& choice : choices(kind, audience, school, state))
      if (place(school.levels, choice.level) > place(school.levels, strictest))
        return fail(Code::Invalid,
                    "guest." + kind.name + " would be at level " + quoted(choice.level) + " (" +
                        choice.why + "), looser than " + quoted(strictest) +
                        ", the strictest pupils' level: give guests a rule of " +
                        "their own, such as { guest = true, level = " + quoted(strictest) + " }");
  return {};
}

}  // namespace

Result<Audience> audience_of(const GuestKind& kind, const School& school) {
  const auto rule = std::ranges::find_if(school.audience, [&](const AudienceRule& each) {
    return audience_name(each) == kind.audience;
  });
  if (rule == school.audience.end())
    return fail(Code::Invalid, quoted(kind.audience) + " is no audience of this school");
  if (rule->exempt || rule->shared)
    return fail(Code::Invalid, quoted(kind.audience) +
                                   " is exempt or shared: a guest signs for themselves, so name " +
                                   "an audience that owes a policy");
  Audience out{kind.audience, false, false, rule->owes, rule->owes.size(), kind.stage, Style::Std};
  if (const auto style = school.style_of_stage.find(kind.stage);
      style != school.style_of_stage.end())
    out.style = style->second;
  out.guest = kind.name;
  return out;
}

LevelFacts guest_level_facts(const GuestKind& kind, AcceptanceState state) {
  return {kind.audience, kind.stage, state, "", Restriction::None, true};
}

Result<std::string> strictest_pupil_level(const School& school) {
  if (school.levels.empty()) return std::string();
  LevelTable table = school.levels;
  table.levels.insert(table.levels.begin(), "");  // what a stage gets that no rule is for
  std::size_t strictest = table.levels.size();
  bool any = false;
  for (const AudienceRule& rule : school.audience) {
    if (std::ranges::find(rule.who, kPupils) == rule.who.end()) continue;
    any = true;
    for (const std::string& stage : stages_of(school))
      if (const std::size_t at = pupil_place(table, audience_name(rule), stage); at > 0)
        strictest = std::min(strictest, at);
  }
  if (!any)
    return fail(Code::Invalid,
                "audience names no \"role:student\": without it nobody can tell which level the "
                "strictest pupils have, and no guest's may be looser");
  return strictest < table.levels.size() ? table.levels[strictest] : school.levels.levels.front();
}

Status check_guest_levels(const School& school, const std::vector<GuestKind>& kinds) {
  if (school.levels.empty() || kinds.empty()) return {};
  ASSENT_TRY(const std::string strictest, strictest_pupil_level(school));
  for (const GuestKind& kind : kinds) ASSENT_CHECK(check_kind(school, kind, strictest));
  return {};
}

}  // namespace assent
