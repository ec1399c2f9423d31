#pragma once
// The access register: who is at which level, with names, as the level output holds it at this
// moment. A reading is whole and dated. It is kept for a short time, so that it can be handed out
// in pages that are all of one moment; nobody is given an older one unless they ask for it.

#include <deque>
#include <memory>
#include <mutex>

#include "service/app/level_keeper.h"

namespace assent {

struct AccessRow {
  std::string level;    // empty: at none, and should be at one
  std::string account;  // what the output calls them, such as a DN; empty where it has none
  std::string login, name, form;
  std::string wanted;    // the level that they should be at; empty: none
  bool known = true;     // false: a stranger, nobody of the roster
  bool waiting = false;  // `wanted` is on its way
};

struct AccessReading {
  std::uint64_t number = 0;  // names it while it is kept
  Time at{};
  std::string source;  // of the output's ids; empty: there is none, and this is what is wanted
  std::vector<AccessRow> rows;  // by level as in the school's table, none last; then by login
};

// Any thread.
class AccessRegister {
 public:
  static constexpr std::size_t kKept = 4;
  static constexpr minutes kKeptFor{10};

  struct Needs {
    const People& people;
    const LevelBook& book;
    LevelKeeper* keeper = nullptr;  // none where no school has a table
    const Clock& clock;
  };
  using Reading = std::shared_ptr<const AccessReading>;
  using Then = std::function<void(Result<Reading>)>;

  explicit AccessRegister(Needs needs) : needs_(needs) {}

  // Reads the school's output now; where it has none, what is wanted. Conflict where the school has
  // no levels, Unavailable where the output cannot be read whole. `then` is called once, on the
  // keeper's thread or at once.
  void read(const School& school, Then then);
  // One that was read before; Conflict when it is kept no longer, or is another school's.
  Result<Reading> find(const School& school, std::uint64_t number);

 private:
  struct Kept {
    SchoolKey school = 0;
    Reading reading;
  };
  // Names to what was read, and everybody of the school to their place.
  Result<Reading> join(const School& school, const std::string& source,
                       std::vector<HeldLevel> read);
  Result<Reading> keep(const School& school, AccessReading reading);

  const Needs needs_;
  std::mutex mutex_;       // guards what follows
  std::deque<Kept> kept_;  // the newest last
  std::uint64_t last_ = 0;
};

}  // namespace assent
