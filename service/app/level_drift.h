#pragma once
// What the output holds against what it should hold. Pure but for the reading; repairs nothing.

#include <unordered_map>

#include "service/app/level_ports.h"

namespace assent {

// One person in the output: every level that it holds of them, and what it calls them.
struct Holding {
  std::vector<std::string> levels;
  std::string name;
};
using HeldLevels = std::unordered_map<std::string, Holding>;  // by the output's own id

// Somebody whose level is done, and whom the output holds at another, or at several.
struct Astray {
  PersonKey person = 0;
  std::string external;
  std::vector<std::string> held;
  std::string wanted;
  std::string name;  // what the output calls them, where it holds them
};

struct Drift {
  std::size_t people = 0;     // compared; who waits is not
  std::size_t waiting = 0;    // not in the output yet
  std::size_t unknown = 0;    // cannot be put there: the output knows nobody of theirs
  std::size_t strangers = 0;  // held at a level, but nobody of ours: left alone
  std::vector<Astray> astray;
};

// All of it, or the error: a partial reading is nobody's truth.
Result<HeldLevels> read_held(LevelOutput& output, std::span<const std::string> levels);

Result<Drift> find_drift(const LevelBook& book, SchoolKey school, const std::string& source,
                         const HeldLevels& held);

// From whatever is held to what is wanted.
LevelMove to_move(const Astray& astray);

}  // namespace assent
