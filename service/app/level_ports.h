#pragma once
// What levels need from outside: where they are put (a directory's groups, an organisational
// unit, a file), and where the service keeps what it wants and what is done. Nothing here assumes
// LDAP. Implemented in directory/, store/ and tests/support; tests/contract holds them all.

#include <span>

#include "service/app/ports.h"

namespace assent {

// --- where levels are put ---

// One person to one level, in the output's own words for the person: entryUUID, objectGUID, …
struct LevelMove {
  std::string id;
  std::vector<std::string> from;  // levels that they have and should not; may be empty
  std::string to;                 // empty: none at all
  std::string name = {};  // what the output called them when it was read just now, if it was
};

enum class Moved : std::uint8_t {
  Held,     // the output holds it now, durably
  Nobody,   // the output knows nobody of this id
  Refused,  // it said no: `error` says why
  Unknown   // it may have happened: to be done again, which does no harm
};
struct MoveResult {
  Moved moved = Moved::Unknown;
  Error error;
};

struct HeldLevel {
  std::string id;
  std::string level;
  std::string name = {};  // what the output calls them, such as a DN; any bytes
};

// One thread at a time. Every call has a deadline of its own.
class LevelOutput {
 public:
  virtual ~LevelOutput() = default;
  // The source of the external ids that it knows people by, as in identity(source, external).
  virtual std::string id_source() const = 0;
  // How many moves at once it is fastest with.
  virtual std::size_t batch() const { return 500; }
  // Everybody who holds one of `levels`, once for each that they hold. Whole, or an error:
  // Unavailable when some could not be read.
  virtual Status read(std::span<const std::string> levels,
                      const std::function<void(HeldLevel)>& each) = 0;
  // One result a move, in order. The new level is given before an old one is taken. A level that
  // they have already, or do not have, is no fault.
  virtual std::vector<MoveResult> apply(std::span<const LevelMove> moves) = 0;
};

// --- what is wanted, and what is done ---

struct LevelState {
  PersonKey person = 0;
  std::string level, why;
  Time decided{};
  bool swept = false;
  std::uint64_t change = 0;
  std::string applied_level;
  std::uint64_t applied_change = 0;  // 0: nothing was ever applied
  std::optional<Time> applied;
  // What the output held when the day of `applied` began, at the school; empty: nothing.
  std::string night_level;
  unsigned attempts = 0;  // since it last worked
  std::string error;
  Time not_before{};
  bool pending() const { return applied_change < change; }
  friend bool operator==(const LevelState&, const LevelState&) = default;
};

// A person's level, and who they are to the output.
struct OutputLevel {
  LevelState state;
  std::vector<std::string> externals;  // of the asked source: one as a rule, maybe none
};

struct WaitingLevels {
  std::size_t count = 0;         // that can be put there
  std::size_t unknown = 0;       // that cannot: the asked source has no id of these people
  std::optional<Time> oldest;    // when the first of them was decided
  std::optional<Time> next_try;  // before it none of either may be tried
  friend bool operator==(const WaitingLevels&, const WaitingLevels&) = default;
};

// Any thread.
class LevelBook {
 public:
  virtual ~LevelBook() = default;
  // What each of them should have, in their order; nothing for who never had a level. One state.
  virtual Result<std::vector<std::optional<LevelState>>> of(
      std::span<const PersonKey> people) const = 0;
  Result<std::optional<LevelState>> of(PersonKey person) const {
    ASSENT_TRY(auto found, of(std::span(&person, 1)));
    return std::move(found.front());
  }
  // Not yet in the output, of those that may be tried at `now`: what people did themselves first,
  // then the oldest.
  virtual Result<std::vector<OutputLevel>> pending(SchoolKey school, const std::string& source,
                                                   Time now, std::size_t limit) const = 0;
  // Where `source` is empty, nobody is unknown.
  virtual Result<WaitingLevels> waiting(SchoolKey school, const std::string& source) const = 0;
  // Everybody who has or had a level, in key order; stops when `each` says false.
  virtual Status each(SchoolKey school, const std::string& source,
                      const std::function<bool(const OutputLevel&)>& each) const = 0;
};

// Any thread.
class SweepBook {
 public:
  virtual ~SweepBook() = default;
  // Not yet done, by due time and then by key.
  virtual Result<std::vector<SweepRow>> all() const = 0;
  // The school's people behind this one, with a level or without, in key order.
  virtual Result<std::vector<PersonKey>> people_after(SchoolKey school, PersonKey person,
                                                      std::size_t limit) const = 0;
};

}  // namespace assent
