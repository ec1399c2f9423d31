#pragma once
// What level people should have, computed live from what the gate would decide now. Reads only:
// what the directory holds, and moving anybody in it, is the reconciler's.

#include "service/app/registry.h"
#include "service/domain/level.h"

namespace assent {

// The facts of a person who is known by their row. The gate asks by login; who has none, such as
// an infant or somebody who left, is looked through for.
Result<Facts> facts_of(const PersonRow& person, const Standings& standings, const People& people);

class LevelDesk {
 public:
  static constexpr std::size_t kPageMax = 2000;

  struct Needs {
    const Registry& registry;
    const People& people;
    const Standings& standings;
    const Clock& clock;
  };
  struct Row {
    std::string login;
    LevelChoice choice;
  };
  struct Page {
    std::vector<Row> rows;  // by login, byte for byte
    bool more = false;      // after the last of them
  };

  explicit LevelDesk(Needs needs) : needs_(needs) {}

  Result<PersonLevel> of(const School& school, const PersonRow& person) const;
  // The first `limit` people of the school, at most kPageMax, whose logins come after `after`; only
  // those who are here and have a login. Conflict where the school has no levels.
  Result<Page> page(const School& school, const std::string& after, std::size_t limit) const;

 private:
  Needs needs_;
};

}  // namespace assent
