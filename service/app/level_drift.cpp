#include "service/app/level_drift.h"

#include <algorithm>

namespace assent {
namespace {

bool is_right(const std::vector<std::string>& held, const std::string& wanted) {
  if (wanted.empty()) return held.empty();
  return held.size() == 1 && held.front() == wanted;
}

}  // namespace

Result<HeldLevels> read_held(LevelOutput& output, std::span<const std::string> levels) {
  HeldLevels held;
  ASSENT_CHECK(output.read(levels, [&](HeldLevel one) {
    Holding& holding = held[std::move(one.id)];
    holding.levels.push_back(std::move(one.level));
    holding.name = std::move(one.name);
  }));
  return held;
}

Result<Drift> find_drift(const LevelBook& book, SchoolKey school, const std::string& source,
                         const HeldLevels& held) {
  Drift drift;
  std::size_t ours = 0;
  const Holding none;
  const auto look = [&](const OutputLevel& one) {
    const bool unknown = one.externals.empty() && !one.state.level.empty();
    ++(!one.state.pending() ? drift.people : unknown ? drift.unknown : drift.waiting);
    for (const std::string& external : one.externals) {
      const auto found = held.find(external);
      if (found != held.end()) ++ours;
      const auto& has = found == held.end() ? none : found->second;
      if (!one.state.pending() && !is_right(has.levels, one.state.level))
        drift.astray.push_back({one.state.person, external, has.levels, one.state.level, has.name});
    }
    return true;
  };
  ASSENT_CHECK(book.each(school, source, look));
  drift.strangers = held.size() - ours;
  return drift;
}

LevelMove to_move(const Astray& astray) {
  LevelMove move{astray.external, astray.held, astray.wanted, astray.name};
  std::erase(move.from, astray.wanted);
  return move;
}

}  // namespace assent
