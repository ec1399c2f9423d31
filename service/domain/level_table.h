#pragma once
// A school's table of filtering levels, as it is configured: all levels there are, and the rules
// that give one to a person. Values; level.h applies them, docs/levels.md explains them.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"

namespace assent {

// current: owes nothing that is asked. grace: owes something and was not asked yet, or may still
// answer "later". unsigned: was asked and did not accept, or never signed anything although it is
// enforced. Publishing alone takes nobody from current to unsigned.
enum class AcceptanceState : std::uint8_t { Current, Grace, Unsigned };
std::string_view to_text(AcceptanceState state);
Result<AcceptanceState> parse_acceptance_state(std::string_view text);

enum class Restriction : std::uint8_t { None, Sanction, Protective };
std::string_view to_text(Restriction restriction);
Result<Restriction> parse_restriction(std::string_view text);

// It fits a person if its every condition holds; a condition left out always holds.
struct LevelRule {
  std::vector<std::string> audience;  // any of these names
  std::vector<std::string> stage;     // any of these
  std::optional<AcceptanceState> state;
  std::optional<Restriction> restriction;
  std::optional<bool> guest;
  std::string level;
};
// "audience student, stage ks3"; "everybody" without a condition.
std::string conditions(const LevelRule& rule);
// Rules on somebody restricted are looked at first, then those on guests, then all: so these two
// count wherever they stand.
bool is_on_restriction(const LevelRule& rule);
bool is_on_guest(const LevelRule& rule);

struct LevelTable {
  std::vector<std::string> levels;  // all there are, most restrictive first
  std::vector<LevelRule> rules;
  bool empty() const { return levels.empty(); }  // the school leaves its filter alone
  bool has(std::string_view level) const;
  // Whether `level` lets people see more than `than` does; false unless both are of the table.
  bool is_looser(std::string_view level, std::string_view than) const;
};

}  // namespace assent
