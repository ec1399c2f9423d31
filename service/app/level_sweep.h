#pragma once
// Looking at everybody again after something about many changed: a policy, a date, the roster, the
// configuration. In batches on the writer's thread, from a cursor that survives a restart. What a
// roster would move is counted first, and held where that is a large part of the school: a half
// filled file must not take a school's websites away (A26). One person's own events never come
// through here.

#include "service/app/actors.h"
#include "service/app/level_ports.h"
#include "service/app/wanted_levels.h"

namespace assent {

struct Confirmation {
  std::size_t moves = 0;
  bool passed = false;  // false: another person must confirm too
};

class LevelSweeps {
 public:
  static constexpr std::size_t kBatch = 500;
  static constexpr std::size_t kHoldAtLeast = 10;  // fewer moves are never held

  struct Needs {
    const Registry& registry;
    const People& people;
    const LevelBook& book;
    const SweepBook& sweeps;
    LedgerWriter& writer;
    Random& random;
  };
  explicit LevelSweeps(Needs needs) : needs_(needs) {}

  // The three below are for one thread, which waits for the writer.

  // Once at start: whatever was configured anew, or passed while nothing ran, is caught up with.
  Status begin(Time now);
  // The next yearly renewal becomes a sweep, once.
  Status plan_renewals(Time now);
  // One batch of what is due. False: there is nothing more to do now.
  Result<bool> step(Time now);

  // Any thread. Nothing: no sweep will be due.
  Result<std::optional<Time>> next_due() const;
  // Those of all schools that are due or will be.
  Result<std::vector<SweepRow>> planned() const { return needs_.sweeps.all(); }
  // What waits to be confirmed, if anything does.
  Result<std::optional<SweepRow>> held(SchoolKey school) const;
  // `moves` must be the number that is held. Conflict if it is another or nothing is held; Denied
  // for the same person twice, where two must. Writes a "level.confirm" entry. `then` is called
  // once, on the writer's thread or at once.
  void confirm(const Actor& actor, SchoolKey school, std::size_t moves,
               std::function<void(Result<Confirmation>)> then);

 private:
  struct Count {
    std::size_t people = 0, moves = 0;
  };
  Result<std::optional<SweepRow>> pick(Time now) const;
  Result<Count> count(const School& school, Time now) const;
  Status judge(SweepRow sweep, const School& school, Time now);
  Status walk(const SweepRow& sweep, const School& school, Time now);
  Status put(const SweepRow& sweep);
  Needs needs_;
};

}  // namespace assent
