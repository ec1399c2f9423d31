#pragma once
// Importing a roster: start, send the file in pieces, look at the plan, apply it whole or not at
// all. The file stays in memory, because its text is small (some 10 MB for 100,000 people), it is
// gone within the hour, and nothing about children is then left in a file on the disk.

#include <map>
#include <memory>
#include <mutex>

#include "service/app/access.h"
#include "service/app/csv_roster.h"
#include "service/domain/roster.h"

namespace assent {

struct ImportReport {
  std::size_t rows = 0, joins = 0, changes = 0, leavers = 0, unchanged = 0;
  // "joins", "changes", "leavers": the first few, "Amira Khan (akhan)".
  std::map<std::string, std::vector<std::string>> examples;
  std::vector<RosterFault> errors;  // any of them stops the import
  std::string stops;                // why the leavers stop it; empty: they do not
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
  };
  explicit RosterImports(Needs needs) : needs_(std::move(needs)) {}

  // Gives the import's id. `columns` go before the school's own map. Invalid for another source
  // than "csv" or a column that we do not have. The school's oldest open one goes when it has
  // kOpenMax of them.
  Result<std::string> start(SchoolKey school, const std::string& source,
                            const std::map<std::string, std::string>& columns);
  // Gives the bytes so far. NotFound for an id that is not open in this school; Invalid beyond
  // kBytesMax, and the import is then gone.
  Result<std::size_t> add(SchoolKey school, const std::string& id, std::string piece);
  // A dry run. What is wrong with the file is in the report, not an error.
  Result<ImportReport> plan(SchoolKey school, const std::string& id);
  // One transaction and one "roster.import" entry with the counts. Invalid with the first fault;
  // Conflict when leavers stop it, or it was applied already. `then` is called once.
  void apply(const Actor& actor, SchoolKey school, const std::string& id,
             std::optional<std::size_t> accepted_leavers,
             std::function<void(Result<ImportReport>)> then);

 private:
  struct Import {
    SchoolKey school = 0;
    CsvSettings settings;
    Time ends{};
    std::mutex mutex;  // guards the rest
    std::vector<std::string> pieces;
    std::size_t bytes = 0;
    bool applied = false;
  };

  Result<std::shared_ptr<Import>> find(SchoolKey school, const std::string& id);
  void forget_old();
  void make_room(SchoolKey school);
  Needs needs_;
  std::mutex mutex_;  // guards what follows; taken before an import's own
  std::map<std::string, std::shared_ptr<Import>> open_;
  std::size_t bytes_ = 0;
};

}  // namespace assent
