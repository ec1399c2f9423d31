#pragma once
// What a school says of its web filter: its name, how its groups are called, and how long it takes
// to see that a group changed. The filter itself is somebody else's (design decision 10).

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/time.h"
#include "service/domain/level_table.h"

namespace assent {

// How long after a change in the directory the filter acts on it.
struct FilterDelay {
  enum class Kind : std::uint8_t {
    Unknown,      // nobody measured it: nothing is promised
    Within,       // `within` at most
    AtNextLogin,  // when the person logs in again
    Nightly       // not before the next morning: a no has to deny at the gate meanwhile
  };
  Kind kind = Kind::Unknown;
  minutes within{0};
  friend bool operator==(const FilterDelay&, const FilterDelay&) = default;
};
// "15m", "2h", "at next login", "nightly", "unknown".
Result<FilterDelay> parse_filter_delay(std::string_view text);
std::string to_text(const FilterDelay& delay);  // as it is parsed

// The instant by which a change applied at `applied` is in force; nothing when nobody can say.
std::optional<Time> seen_by(const FilterDelay& delay, Time applied);
// For a person whose level has become a looser one: "Your websites should be open by 16:00." `by`
// is seen_by() as it is shown to people; the language a BCP 47 tag, English where there are no
// words. Empty where nobody knows when: nothing is promised.
std::string opening_words(const FilterDelay& delay, std::string_view by, std::string_view language);

// For a person who said no, or called for help, and whom a filter that reads at night would still
// show what that took away.
std::string tomorrow_words(std::string_view language);

struct FilterSettings {
  std::string name;          // "Netsweeper", for people to read; empty: the filter
  std::string group_prefix;  // before a level's name: "nsw-" makes the group nsw-ks3
  FilterDelay sees_groups_within;
  std::map<std::string, std::string> allows;  // by level, what it is for: for people to read
  // Of each level's filter group, for filters that number them (e2guardian): all levels or none.
  std::map<std::string, unsigned> numbers;

  std::string group(const std::string& level) const { return group_prefix + level; }
  // As configured; else in the order of the table, from 1.
  unsigned number(const std::string& level, const LevelTable& table) const;
};
// For ICT: "Netsweeper sees a change at the next login".
std::string delay_words(const FilterSettings& filter);

}  // namespace assent
