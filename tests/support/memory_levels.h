#pragma once
// The levels of the memory store, and the "disk" that all its parts read.

#include <memory>
#include <mutex>

#include "tests/support/memory_state.h"

namespace assent::support {

struct MemoryDisk {  // survives the store that wrote it
  std::mutex mutex;
  std::shared_ptr<const MemoryState> state = std::make_shared<MemoryState>();

  std::shared_ptr<const MemoryState> read() {
    const std::lock_guard lock(mutex);
    return state;
  }
  void write(std::shared_ptr<const MemoryState> next) {
    const std::lock_guard lock(mutex);
    state = std::move(next);
  }
};

class MemoryLevels final : public LevelBook {
 public:
  explicit MemoryLevels(std::shared_ptr<MemoryDisk> disk) : disk_(std::move(disk)) {}

  using LevelBook::of;
  Result<std::vector<std::optional<LevelState>>> of(
      std::span<const PersonKey> people) const override {
    const auto state = disk_->read();
    std::vector<std::optional<LevelState>> levels;
    for (const PersonKey person : people) {
      const auto found = state->levels.find(person);
      levels.push_back(found == state->levels.end() ? std::nullopt
                                                    : std::optional(found->second.second));
    }
    return levels;
  }

  Result<std::vector<OutputLevel>> pending(SchoolKey school, const std::string& source, Time now,
                                           std::size_t limit) const override {
    const auto state = disk_->read();
    std::vector<OutputLevel> found;
    for (const auto& [person, level] : state->levels)
      if (level.first == school && level.second.pending() && level.second.not_before <= now)
        found.push_back({level.second, externals(*state, school, person, source)});
    std::ranges::stable_sort(found, {}, [](const OutputLevel& level) {
      return std::pair(level.state.swept, level.state.decided);
    });
    if (found.size() > limit) found.resize(limit);
    return found;
  }

  Result<WaitingLevels> waiting(SchoolKey school, const std::string& source) const override {
    const auto state = disk_->read();
    WaitingLevels out;
    for (const auto& [person, level] : state->levels) {
      if (level.first != school || !level.second.pending()) continue;
      const bool unknown = !source.empty() && !level.second.level.empty() &&
                           externals(*state, school, person, source).empty();
      ++(unknown ? out.unknown : out.count);
      if (!unknown) out.oldest = std::min(out.oldest.value_or(Time::max()), level.second.decided);
      out.next_try = std::min(out.next_try.value_or(Time::max()), level.second.not_before);
    }
    return out;
  }

  Status each(SchoolKey school, const std::string& source,
              const std::function<bool(const OutputLevel&)>& each) const override {
    const auto state = disk_->read();
    for (const auto& [person, level] : state->levels)
      if (level.first == school && !each({level.second, externals(*state, school, person, source)}))
        break;
    return {};
  }

 private:
  static std::vector<std::string> externals(const MemoryState& state, SchoolKey school,
                                            PersonKey person, const std::string& source) {
    std::vector<std::string> found;
    for (const auto& [place, owner] : state.identities)
      if (owner == person && std::get<0>(place) == school && std::get<1>(place) == source)
        found.push_back(std::get<2>(place));
    return found;
  }

  std::shared_ptr<MemoryDisk> disk_;
};

class MemorySweeps final : public SweepBook {
 public:
  explicit MemorySweeps(std::shared_ptr<MemoryDisk> disk) : disk_(std::move(disk)) {}

  Result<std::vector<PersonKey>> people_after(SchoolKey school, PersonKey person,
                                              std::size_t limit) const override {
    const auto state = disk_->read();
    std::vector<PersonKey> found;
    for (auto at = state->people.upper_bound(person); at != state->people.end(); ++at)
      if (at->second.school == school && found.size() < limit) found.push_back(at->first);
    return found;
  }

  Result<std::vector<SweepRow>> all() const override {
    const auto state = disk_->read();
    std::vector<SweepRow> found;
    for (const auto& [key, row] : state->sweeps) found.push_back(row);
    std::ranges::stable_sort(found, {}, &SweepRow::due);
    return found;
  }

 private:
  std::shared_ptr<MemoryDisk> disk_;
};

}  // namespace assent::support
