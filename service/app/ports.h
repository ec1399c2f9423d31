#pragma once
// What the use cases need from outside, in the words of the use cases. Implemented in store/,
// calendar/ and tests/support, chosen in main(). Every implementation passes tests/contract.

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "core/ledger/receipt.h"
#include "service/app/guest_rows.h"
#include "service/app/rows.h"

namespace assent {

// --- the gate's hot path ---

// A person's facts by canonical login within a school. NotFound when nobody has it. Any thread.
class Standings {
 public:
  virtual ~Standings() = default;
  virtual Result<Facts> find(SchoolKey school, const std::string& login) const = 0;
};

// --- the ledger ---

struct LedgerHead {
  std::uint64_t size = 0;
  std::vector<Digest> peaks;
  friend bool operator==(const LedgerHead&, const LedgerHead&) = default;
};

struct SignedHead {  // one row of `checkpoint`
  std::uint64_t size = 0;
  Signature signature{};
  Digest root{};
};

struct StoredRecord {
  std::uint64_t index = 0;
  Salt salt{};
  Nonce nonce{};
  std::string type;                 // "accept", "publish", …
  std::optional<PersonKey> person;  // whom it is about
  std::string body;                 // canonical JSON; the bytes that the entry commits to
  friend bool operator==(const StoredRecord&, const StoredRecord&) = default;
};

struct Append {                       // the ledger rows of one commit
  std::vector<StoredRecord> records;  // indexes follow on from the head's size
  std::vector<Entry> entries;         // the same number
  std::vector<StoredHash> hashes;
  LedgerHead next;
  SignedHead checkpoint;
};

// Reading the ledger. Any thread.
class LedgerReader {
 public:
  virtual ~LedgerReader() = default;
  virtual Result<LedgerHead> head() const = 0;
  virtual Result<std::vector<Digest>> hashes(std::span<const std::uint64_t> positions) const = 0;
  // NotFound when there is none, or it was erased.
  virtual Result<StoredRecord> record(std::uint64_t index) const = 0;
  // The first checkpoint whose size is at least `size`: a record's receipt is rendered against
  // checkpoint(index + 1), so that every rendering has the same bytes.
  virtual Result<SignedHead> checkpoint(std::uint64_t size) const = 0;
};

// --- writing ---

// What a transaction changes beside the ledger. Each replaces the row of the same key.
using Change = std::variant<PersonRow, IdentityRow, ProfileRow, StandingRow, VersionRow, RetireRow,
                            DeviceRow, TokenRow, RoleGrantRow, ShownRow, LevelRow, LevelAppliedRow,
                            SweepRow, GuestRow, GuestSessionRow>;

// One open transaction; valid only inside Journal::commit, on its thread.
class Transaction {
 public:
  virtual ~Transaction() = default;
  // The record with this nonce, if there is one: an answer happens once.
  virtual Result<std::optional<StoredRecord>> by_nonce(const Nonce& nonce) = 0;
  virtual Result<Facts> facts(PersonKey person) = 0;  // NotFound
  // Stores a change. Gives the key of a PersonRow, ProfileRow, DeviceRow or SweepRow (a new one for
  // key 0), the PolicyKey for a VersionRow, and the number of the change for a LevelRow that was
  // another than before; else 0.
  virtual Result<std::int64_t> put(const Change& change) = 0;
  // Conflict unless the stored head's size is append.next.size minus the records appended.
  virtual Status append(const Append& append) = 0;
};

enum class Commit : std::uint8_t {
  Committed,  // durable: it survives power loss
  Refused,    // nothing was changed
  Unknown,    // COMMIT itself failed: it may or may not be there. The process must end.
};

// One writer: calls come from one thread only.
class Journal {
 public:
  virtual ~Journal() = default;
  // Runs `work` in one IMMEDIATE transaction. If `work` fails, or a statement does, nothing is
  // changed and `error` (optional) says why.
  virtual Commit commit(const std::function<Status(Transaction&)>& work, Error* error) = 0;
};

// --- people and devices, for ICT ---

struct PersonQuery {
  SchoolKey school = 0;
  // Login, external id or person id; if nobody has it, part of a name with an optional form.
  std::string text;
  std::size_t limit = 20;
};

// Any thread; the snapshot is consistent within one call.
class People {
 public:
  virtual ~People() = default;
  virtual Result<std::vector<PersonRow>> search(const PersonQuery& query) const = 0;
  // Every person of a school, in key order, with their standings; stops when `each` says false.
  virtual Status each(
      SchoolKey school,
      const std::function<bool(const PersonRow&, const std::vector<Standing>&)>& each) const = 0;
  virtual Result<PersonRow> person(PersonKey key) const = 0;
  virtual Result<std::vector<IdentityRow>> identities(SchoolKey school,
                                                      std::optional<PersonKey> person) const = 0;
};

struct SmallTables {                // what is read whole at start and kept in memory
  std::vector<SchoolName> schools;  // index + 1 is the SchoolKey
  std::vector<ProfileRow> profiles;
  std::vector<VersionRow> versions;  // by school, policy, number
  std::vector<std::pair<PolicyKey, std::pair<SchoolKey, PolicyName>>> policies;
  std::vector<RetireRow> retired;
  std::vector<DeviceRow> devices;
  std::vector<TokenRow> tokens;
  std::vector<RoleGrantRow> grants;
};

class Registers {
 public:
  virtual ~Registers() = default;
  // Makes rows for schools that are new; never removes one.
  virtual Status ensure_schools(std::span<const SchoolName> names) = 0;
  virtual Result<SmallTables> load() const = 0;
};

// The records about a person, newest first.
class History {
 public:
  virtual ~History() = default;
  virtual Result<std::vector<StoredRecord>> of(PersonKey person, std::size_t limit) const = 0;
};

// --- the rest of the world ---

class Calendar {
 public:
  virtual ~Calendar() = default;
  // The instant at which it is `minute` (0 to 24 h) on `date` in `zone` (an IANA name): the first,
  // where the clocks go back over it; the instant of the change, where they jump over it. Invalid
  // for an unknown zone or a day that there is not.
  virtual Result<Time> instant(Date date, minutes minute, const std::string& zone) const = 0;
  // The day that `time` is in. Invalid for an unknown zone.
  virtual Result<Date> date_of(Time time, const std::string& zone) const = 0;
  // "09 Nov 2026 08:31" in `zone`, for showing.
  virtual std::string local(Time time, const std::string& zone) const = 0;

  // The instant at which `date` begins.
  Result<Time> start_of_day(Date date, const std::string& zone) const {
    return instant(date, minutes{0}, zone);
  }
  // The instant at which the day that `time` is in began.
  Result<Time> day_of(Time time, const std::string& zone) const {
    ASSENT_TRY(const Date date, date_of(time, zone));
    return start_of_day(date, zone);
  }
};

// Where people come from. Assumes nothing of CSV or LDAP: one pass, row by row, whole or not at
// all. Implemented by app/csv_roster.h; the directory follows.
struct RosterPerson {
  std::size_t line = 0;  // where it stands in the source, for messages
  std::vector<std::pair<std::string, std::string>> ids;  // ("mis_id", "4711"), at least one
  std::string login, name, form;
  Profile profile;
};
class RosterSource {
 public:
  virtual ~RosterSource() = default;
  virtual std::string name() const = 0;
  // Calls `each` for every person. Nothing that it gave counts unless it returns well; an error
  // names the line. `each` may stop it by an error of its own.
  virtual Status read(const std::function<Status(RosterPerson)>& each) = 0;
};

}  // namespace assent
