#pragma once
// What a new reading of the roster would change: who joins, changes or leaves, and what is wrong
// with it. Pure: reads nothing, writes nothing. People are matched by any external id and never by
// login, so a login that is used again brings nothing of its last owner (A27).

#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "service/domain/gate.h"

namespace assent {

using ExternalId = std::pair<std::string, std::string>;  // ("mis_id", "4711")

// What a roster says of one person. Strings and one number: 100,000 of them must stay small.
struct RosterEntry {
  std::string login;  // canonical; empty where a person has none
  std::string name, form;
  std::uint32_t profile = 0;  // index into RosterPlanner::profiles()
  friend bool operator==(const RosterEntry&, const RosterEntry&) = default;
};

struct KnownPerson {
  PersonKey key = 0;
  RosterEntry entry;
  PersonState state = PersonState::Active;
  bool owned = false;  // this source reads them; only such people can leave by it
};

struct RosterJoin {
  std::size_t line = 0;
  std::vector<ExternalId> ids;
  RosterEntry entry;
};

struct RosterChange {
  std::size_t line = 0;
  PersonKey person = 0;
  RosterEntry entry;
  std::vector<ExternalId> new_ids;  // ids of this row that nobody had
  bool returned = false;            // had left, and is back with all that they had
};

struct RosterFault {
  std::size_t line = 0;
  std::string what;  // and what to do
};

struct RosterPlan {
  std::size_t rows = 0, unchanged = 0;
  std::size_t owned = 0;  // active people of this source before
  std::vector<RosterJoin> joins;
  std::vector<RosterChange> changes;
  std::vector<PersonKey> leavers;
  std::vector<PersonKey> lose_login;  // their login is somebody else's now; disjoint from changes
  std::vector<RosterFault> faults;    // in the order of lines; at most kMaxFaults, then a summary
  std::string brake;                  // why so many leavers stop it; empty: they do not
};

// True if nothing is wrong and the brake is off, or the number of leavers was accepted exactly.
bool may_apply(const RosterPlan& plan, std::optional<std::size_t> accepted_leavers);

// One plan: all know(), then all know_id(), then a row at a time, then finish(), once.
class RosterPlanner {
 public:
  static constexpr std::size_t kMaxFaults = 100;

  explicit RosterPlanner(unsigned stop_if_leavers_over_percent);
  // The index of a profile, the same for equal profiles.
  std::uint32_t profile(const Profile& profile);
  const std::vector<Profile>& profiles() const { return profiles_; }

  void know(KnownPerson person);                         // keys are unique
  void know_id(const ExternalId& id, PersonKey person);  // a person that know() had
  const KnownPerson* known(PersonKey person) const;

  // One row. Faults are collected: the row then changes nothing.
  void add(std::size_t line, const std::vector<ExternalId>& ids, RosterEntry entry);
  RosterPlan finish();

 private:
  struct Slot {
    KnownPerson person;
    std::size_t line = 0;  // the row that named them; 0: none yet
  };

  void fault(std::size_t line, std::string what);
  bool claim_ids(std::size_t line, const std::vector<ExternalId>& ids, Slot*& slot,
                 std::vector<ExternalId>& unknown);
  bool claim_login(std::size_t line, const std::string& login);
  void change(std::size_t line, Slot& slot, RosterEntry entry, std::vector<ExternalId> new_ids);
  void find_leavers();
  void free_logins();
  void brake();

  unsigned percent_;
  RosterPlan plan_;
  std::vector<Profile> profiles_;
  std::map<std::string, std::uint32_t> profile_index_;
  std::vector<Slot> slots_;
  std::unordered_map<PersonKey, std::size_t> slot_of_;
  struct Claim {
    std::uint32_t slot = 0;  // index + 1; 0: nobody has this id yet
    std::uint32_t line = 0;  // the row that gave it; 0: none
  };
  std::unordered_map<std::string, Claim> ids_;             // by source + NUL + external id
  std::unordered_map<std::string, std::uint32_t> logins_;  // of this reading, and their lines
};

}  // namespace assent
