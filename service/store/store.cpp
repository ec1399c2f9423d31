// Opening the file with the right permissions, and wiring the ports over it.

#include "service/store/store.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstring>
#include <filesystem>

#include "service/store/journal.h"
#include "service/store/reading.h"
#include "service/store/schema.h"

namespace assent::store {
namespace {

constexpr mode_t kOthersMayWrite = 022;
constexpr mode_t kOthersMayAnything = 077;

Failure refused(const std::string& path, const char* advice) {
  return fail(Code::Denied, path + " is open to others: " + advice + " " + path);
}

Failure system_failure(const std::string& path) {
  return fail(Code::Unavailable, path + ": " + std::strerror(errno));
}

Status ensure_folder(const std::string& path) {
  const auto parent = std::filesystem::path(path).parent_path();
  const std::string folder = parent.empty() ? "." : parent.string();
  if (mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST) return system_failure(folder);
  struct stat found {};
  if (stat(folder.c_str(), &found) != 0) return system_failure(folder);
  if (found.st_mode & kOthersMayWrite) return refused(folder, "chmod 700");
  return {};
}

// Made before SQLite sees it: the -wal and -shm files take their mode from this one.
Status ensure_file(const std::string& path) {
  const int file = open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (file < 0) return system_failure(path);
  struct stat found {};
  const bool known = fstat(file, &found) == 0;
  close(file);
  if (!known) return system_failure(path);
  if (found.st_mode & kOthersMayAnything) return refused(path, "chmod 600");
  return {};
}

struct Parts {  // built before the base class that refers to them
  Parts(const std::string& path, std::unique_ptr<Database> writer, FaultHook faults)
      : sqlite_journal(std::move(writer), std::move(faults)),
        readers(path),
        sqlite_standings(readers),
        sqlite_ledger(readers),
        sqlite_people(readers),
        sqlite_registers(sqlite_journal, readers),
        sqlite_history(readers),
        sqlite_levels(readers),
        sqlite_sweeps(readers),
        sqlite_guests(readers),
        sqlite_guest_sessions(readers) {}
  SqliteJournal sqlite_journal;  // closed last: the last connection folds the WAL into the file
  Readers readers;
  SqliteStandings sqlite_standings;
  SqliteLedger sqlite_ledger;
  SqlitePeople sqlite_people;
  SqliteRegisters sqlite_registers;
  SqliteHistory sqlite_history;
  SqliteLevels sqlite_levels;
  SqliteSweeps sqlite_sweeps;
  SqliteGuests sqlite_guests;
  SqliteGuestSessions sqlite_guest_sessions;
};

class SqliteStore final : private Parts, public Store {
 public:
  SqliteStore(const std::string& path, std::unique_ptr<Database> writer, FaultHook faults)
      : Parts(path, std::move(writer), std::move(faults)),
        Store(sqlite_standings, sqlite_ledger, sqlite_journal, sqlite_people, sqlite_registers,
              sqlite_history, sqlite_levels, sqlite_sweeps, sqlite_guests, sqlite_guest_sessions) {}
};

Result<std::unique_ptr<Store>> open_file(const std::string& path, FaultHook faults) {
  ASSENT_CHECK(ensure_folder(path));
  ASSENT_CHECK(ensure_file(path));
  ASSENT_TRY(auto writer, Database::open(path, Database::Use::Write));
  ASSENT_CHECK(check_schema(*writer));
  ASSENT_CHECK(writer->prepare_to_write());
  ASSENT_CHECK(ensure_schema(*writer));
  return std::unique_ptr<Store>(
      std::make_unique<SqliteStore>(path, std::move(writer), std::move(faults)));
}

}  // namespace

Result<std::unique_ptr<Store>> open_store(const std::string& path, FaultHook faults) {
  auto store = open_file(path, std::move(faults));
  if (!store && store.error().code == Code::Corrupt)
    return fail(Code::Corrupt, path + " is damaged (" + store.error().message +
                                   "): restore the data folder from your backup");
  return store;
}

}  // namespace assent::store
