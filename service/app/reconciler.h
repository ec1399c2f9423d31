#pragma once
// Puts the levels that are wanted into one school's output, and finds what went astray there.
// It believes what it recorded only while it saw every outcome itself: after a start, an outcome
// that nobody knows or a record that was not written, it reads the output whole first. So whatever
// happens between a move and its record, the next pass ends in the same state.

#include "service/app/ledger_writer.h"
#include "service/app/level_drift.h"

namespace assent {

struct Pass {
  std::size_t people = 0, done = 0, failed = 0;
  // Nothing was done for anybody, and why: no further pass at once.
  std::optional<Error> away;
};

// Putting right what a look at the output found, batch by batch.
struct Repair {
  Drift found;
  std::size_t next = 0;  // of found.astray: those before it are done with
  std::size_t repaired = 0, failed = 0;
  std::string error;  // of the first that failed
  bool away = false;  // nothing answered: no further batch
  std::size_t left() const { return found.astray.size() - next; }
};

// One thread, which waits for the output and the writer.
class Reconciler {
 public:
  static constexpr std::size_t kOwnMax = 500;     // people's own changes in one pass
  static constexpr std::size_t kRecordMax = 500;  // outcomes in one transaction
  static constexpr std::size_t kNamedMax = 200;   // people in one "level.drift" entry

  struct Needs {
    const School& school;  // with a table
    const LevelBook& book;
    const People& people;
    LedgerWriter& writer;
    LevelOutput& output;
    const Calendar& calendar;
    Random& random;
  };
  explicit Reconciler(Needs needs) : needs_(needs), source_(needs.output.id_source()) {}

  // One batch of what waits; people's own changes go before those of a sweep. Nothing to do: no
  // operation and no transaction. What failed is recorded with its error and is tried again later.
  Result<Pass> run(Time now);
  // Reads and compares; changes nothing.
  Result<Drift> compare();
  // Compares, and writes what it found to the ledger ("level.drift", once for the same finding):
  // nothing is put right without a trace. After a partial reading nothing is done.
  Result<Repair> begin_repair();
  // One batch of it. Who was given another level since, or waits for one, is left to run().
  void go_on(Repair& repair);

 private:
  struct Tried {
    const OutputLevel* person;
    std::size_t first = 0, count = 0;  // its moves
  };
  struct Batch {
    std::vector<OutputLevel> people;
    std::vector<LevelMove> moves;
    std::vector<Tried> tried;
  };
  Result<std::vector<OutputLevel>> waiting(Time now) const;
  void look(const std::vector<OutputLevel>& people);
  Batch plan(std::vector<OutputLevel> people) const;
  // What the output holds of this id; nothing where nobody is sure.
  std::optional<std::vector<std::string>> known(const OutputLevel& person,
                                                const std::string& external) const;
  std::vector<MoveResult> apply(const std::vector<LevelMove>& moves);
  Status record(const std::vector<LevelAppliedRow>& rows);
  Status log(const Drift& drift);
  Result<std::vector<LevelMove>> still_to_move(std::span<const Astray> astray) const;

  Needs needs_;
  const std::string source_;
  bool sure_ = false;               // what is recorded is what the output holds, as far as we know
  std::optional<HeldLevels> held_;  // as read, while a backlog is worked off
  std::optional<Digest> logged_;    // the finding that the ledger has
};

}  // namespace assent
