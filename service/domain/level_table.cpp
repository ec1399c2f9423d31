#include "service/domain/level_table.h"

#include <algorithm>
#include <array>

namespace assent {
namespace {

constexpr std::array<std::string_view, 3> kStates = {"current", "grace", "unsigned"};
constexpr std::array<std::string_view, 3> kRestrictions = {"none", "sanction", "protective"};

template <class Enum>
Result<Enum> parse(const std::array<std::string_view, 3>& words, std::string_view text) {
  const auto found = std::ranges::find(words, text);
  if (found == words.end())
    return fail(Code::Invalid, "must be \"" + std::string(words[0]) + "\", \"" +
                                   std::string(words[1]) + "\" or \"" + std::string(words[2]) +
                                   "\"");
  return Enum(found - words.begin());
}

// "stage ks3 or ks4"
void add_any(std::string& out, std::string_view what, const std::vector<std::string>& of) {
  for (std::size_t i = 0; i < of.size(); ++i) {
    if (i > 0)
      out += " or ";
    else
      out += (out.empty() ? "" : ", ") + std::string(what) + " ";
    out += of[i];
  }
}

}  // namespace

std::string_view to_text(AcceptanceState state) {
  return kStates[std::size_t(state)];
}
std::string_view to_text(Restriction restriction) {
  return kRestrictions[std::size_t(restriction)];
}

Result<AcceptanceState> parse_acceptance_state(std::string_view text) {
  return parse<AcceptanceState>(kStates, text);
}
Result<Restriction> parse_restriction(std::string_view text) {
  return parse<Restriction>(kRestrictions, text);
}

std::string conditions(const LevelRule& rule) {
  std::string out;
  add_any(out, "audience", rule.audience);
  add_any(out, "stage", rule.stage);
  if (rule.state) add_any(out, "state", {std::string(to_text(*rule.state))});
  if (rule.restriction) add_any(out, "restriction", {std::string(to_text(*rule.restriction))});
  if (rule.guest) add_any(out, *rule.guest ? "a" : "no", {"guest"});
  return out.empty() ? "everybody" : out;
}

bool is_on_restriction(const LevelRule& rule) {
  return rule.restriction && *rule.restriction != Restriction::None;
}

bool is_on_guest(const LevelRule& rule) {
  return rule.guest && *rule.guest;
}

bool LevelTable::has(std::string_view level) const {
  return std::ranges::find(levels, level) != levels.end();
}

bool LevelTable::is_looser(std::string_view level, std::string_view than) const {
  return has(level) && has(than) &&
         std::ranges::find(levels, than) < std::ranges::find(levels, level);
}

}  // namespace assent
