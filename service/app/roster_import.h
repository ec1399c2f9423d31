#pragma once
// Importing a roster: start, send the file in pieces or let the directory be read, look at the
// plan, apply it whole or not at all. What was read stays in memory, because it is small (some
// 10 MB for 100,000 people), gone within the hour, and nothing about children is then left in a
// file on the disk.

#include <map>
#include <memory>
#include <mutex>

#include "service/app/access.h"
#include "service/app/csv_roster.h"
#include "service/app/held_roster.h"
#include "service/domain/roster.h"

namespace assent {

struct ImportReport {
  std::size_t rows = 0, joins = 0, changes = 0, leavers = 0, unchanged = 0;
  // "joins", "changes", "leavers": the first few, "Amira Khan (akhan)".
  std::map<std::string, std::vector<std::string>> examples;
  std::vector<RosterFault> errors;  // any of them stops the import
  std::string stops;                // why the leavers stop it; empty: they do not
  std::size_t known = 0;            // active people of this source before
};

// Any thread.
class RosterImports {
 public:
  static constexpr std::size_t kBytesMax = 32 * 1024 * 1024;  // of all open imports together
  static constexpr std::size_t kOpenMax = 4;  // of one school: no school keeps another out
  static constexpr std::size_t kExamplesMax = 5;
  static constexpr hours kLife{1};

  struct Needs {
    const Registry& registry;
    const People& people;
    LedgerWriter& writer;
    const Clock& clock;
    Random& random;
    std::map<SchoolName, CsvSettings> settings;  // as configured
    // Sources that are read where they are, of the schools that have one: a directory.
    std::map<SchoolName, std::function<std::unique_ptr<LiveSource>()>> live = {};
  };
  explicit RosterImports(Needs needs) : needs_(std::move(needs)) {}

  // Gives the import's id. `columns` go before the school's own map. A live source begins to be
  // read. Invalid for a source that the school does not have, or a column that we do not have;
  // Conflict while the school's live source is being read. The school's oldest open one goes when
  // it has kOpenMax of them.
  Result<std::string> start(SchoolKey school, const std::string& source,
                            const std::map<std::string, std::string>& columns);
  // The same from the live source, for the service itself: beside an import that somebody has open.
  // Each is kept until it is applied or dropped.
  Result<std::string> start_unattended(SchoolKey school);
  // Of a live source: whether it was read, and how many people it gave so far.
  struct Progress {
    bool ready = true;
    std::size_t people = 0;
    bool away = false;  // the reading failed, and trying again may help
  };
  Result<Progress> progress(SchoolKey school, const std::string& id);
  // Gives the bytes so far. NotFound for an id that is not open in this school; Invalid beyond
  // kBytesMax, and the import is then gone.
  Result<std::size_t> add(SchoolKey school, const std::string& id, std::string piece);
  // A dry run. What is wrong with the people is in the report, not an error. Unavailable while a
  // live source is being read.
  Result<ImportReport> plan(SchoolKey school, const std::string& id);
  // One transaction and one "roster.import" entry with the counts. Invalid with the first fault;
  // Conflict when leavers stop it, it was applied already, or a reading of the school's live source
  // that began later was: this one would bring back what has changed since. `then` is called once.
  // Without an actor the service did it by itself, and the entry names nobody.
  void apply(const std::optional<Actor>& actor, SchoolKey school, const std::string& id,
             std::optional<std::size_t> accepted_leavers,
             std::function<void(Result<ImportReport>)> then);
  // Forgets an import and what was read; ends a reading that is under way.
  void drop(SchoolKey school, const std::string& id);

 private:
  struct Import {
    SchoolKey school = 0;
    std::string source;
    bool unattended = false;
    CsvSettings settings;
    std::unique_ptr<HeldRoster> held;  // of a live source
    std::uint64_t reading = 0;         // of a live source: a later one has a greater number
    Time ends{};
    std::mutex mutex;  // guards the rest
    std::vector<std::string> pieces;
    std::size_t bytes = 0;
    bool applied = false;
  };

  Result<std::shared_ptr<Import>> find(SchoolKey school, const std::string& id);
  std::vector<std::shared_ptr<Import>> forget_old();
  void make_room(SchoolKey school);
  bool is_being_read(const Import& like) const;
  Status check_newest(const Import& import);
  Result<std::string> open(const School& school, std::shared_ptr<Import> import);
  Status take_settings(const School& school, const std::string& source,
                       const std::map<std::string, std::string>& columns, Import& import) const;
  static RosterPlan read_import(Import& import, RosterPlanner& planner);
  Needs needs_;
  std::mutex mutex_;  // guards what follows; taken before an import's own
  std::map<std::string, std::shared_ptr<Import>> open_;
  std::size_t bytes_ = 0;
  std::uint64_t readings_ = 0;                    // begun so far
  std::map<SchoolKey, std::uint64_t> applied_{};  // the newest that had begun when one was
};

}  // namespace assent
