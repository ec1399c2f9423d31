#pragma once
// Level outputs in memory, with the habits of real ones and faults on demand. FakeGroups: a level
// is a group, changes come in batches that are atomic and that fail as LDAP's do (facts of slapd
// and Samba). FakeUnits: a level is an organisational unit, and a person is in one at a time.

#include <algorithm>
#include <atomic>
#include <map>
#include <mutex>
#include <set>

#include "service/app/level_ports.h"

namespace assent::support {

// What both have, and what a test may do to them. Any thread may call these.
class FakeOutput : public LevelOutput {
 public:
  enum class Fault : std::uint8_t {
    None,
    Away,         // nothing answers, nothing happens
    Unconfirmed,  // it happens, and the answer is lost
    Partial,      // reading gives some of it and then an error
    Denied        // it says no to every change
  };

  std::string id_source() const override { return "dir"; }
  std::size_t batch() const override { return batch_max; }

  void add_person(const std::string& id) {
    const std::lock_guard lock{mutex_};
    people_.insert(id);
  }
  void fail_with(Fault fault) { fault_ = fault; }
  std::size_t operations() const { return operations_; }
  virtual std::set<std::string> held_by(const std::string& id) const = 0;
  // As somebody else would, behind the service's back.
  virtual void set(const std::string& id, const std::set<std::string>& levels) = 0;
  // Somebody who had a level was for a moment in none.
  bool left_anybody_out() const { return left_out_; }
  // The ids that were given a level, in order.
  std::vector<std::string> given() const {
    const std::lock_guard lock{mutex_};
    return given_;
  }
  std::size_t batch_max = 500;

 protected:
  MoveResult no_answer() const { return {Moved::Unknown, {Code::Unavailable, "no answer"}}; }

  mutable std::mutex mutex_;  // guards what follows
  std::set<std::string> people_;
  std::vector<std::string> given_;
  std::atomic<Fault> fault_ = Fault::None;
  std::atomic<std::size_t> operations_ = 0;
  std::atomic<bool> left_out_ = false;
};

class FakeGroups final : public FakeOutput {
 public:
  std::set<std::string> held_by(const std::string& id) const override {
    const std::lock_guard lock{mutex_};
    return held(id);
  }
  void set(const std::string& id, const std::set<std::string>& levels) override {
    const std::lock_guard lock{mutex_};
    for (auto& [level, members] : groups_) members.erase(id);
    for (const std::string& level : levels) groups_[level].insert(id);
  }

  Status read(std::span<const std::string> levels,
              const std::function<void(HeldLevel)>& each) override {
    const std::lock_guard lock{mutex_};
    if (fault_ == Fault::Away) return fail(Code::Unavailable, "no answer");
    for (const std::string& level : levels)
      for (const std::string& id : groups_[level]) {
        each({id, level, id});
        if (fault_ == Fault::Partial) return fail(Code::Unavailable, "size limit exceeded");
      }
    if (fault_ == Fault::Partial) return fail(Code::Unavailable, "size limit exceeded");
    return {};
  }

  std::vector<MoveResult> apply(std::span<const LevelMove> moves) override {
    const std::lock_guard lock{mutex_};
    std::vector<MoveResult> results(moves.size(), MoveResult{Moved::Held, {}});
    std::map<std::string, std::vector<std::size_t>> adding, taking;
    for (std::size_t i = 0; i < moves.size(); ++i) {
      if (!people_.contains(moves[i].id)) {
        results[i] = {Moved::Nobody, {Code::NotFound, "no such object"}};
        continue;
      }
      if (!moves[i].to.empty()) adding[moves[i].to].push_back(i);
      for (const std::string& level : moves[i].from) taking[level].push_back(i);
    }
    for (const auto& [level, which] : adding) change(level, true, which, moves, results);
    for (const auto& [level, which] : taking) change(level, false, which, moves, results);
    return results;
  }

 private:
  enum class Answer : std::uint8_t { Ok, AlreadySo, Denied, None };

  std::set<std::string> held(const std::string& id) const {
    std::set<std::string> out;
    for (const auto& [level, members] : groups_)
      if (members.contains(id)) out.insert(level);
    return out;
  }

  // One operation: all of it or nothing, and no value may be there already, or be missing.
  Answer modify(const std::string& level, bool add, std::span<const std::size_t> which,
                std::span<const LevelMove> moves) {
    ++operations_;
    if (fault_ == Fault::Away) return Answer::None;
    if (fault_ == Fault::Denied) return Answer::Denied;
    auto& members = groups_[level];
    for (const std::size_t i : which)
      if (members.contains(moves[i].id) == add) return Answer::AlreadySo;
    for (const std::size_t i : which) {
      if (add) given_.push_back(moves[i].id);
      if (add) members.insert(moves[i].id);
      if (!add) members.erase(moves[i].id);
      if (!moves[i].to.empty() && held(moves[i].id).empty()) left_out_ = true;
    }
    return fault_ == Fault::Unconfirmed ? Answer::None : Answer::Ok;
  }

  // Moves that have failed already are left out; a batch that holds one that is so already is
  // halved until that one stands alone, and is done.
  void change(const std::string& level, bool add, std::vector<std::size_t> which,
              std::span<const LevelMove> moves, std::vector<MoveResult>& results) {
    std::erase_if(which, [&](std::size_t i) { return results[i].moved != Moved::Held; });
    if (which.empty()) return;
    const Answer answer = modify(level, add, which, moves);
    if (answer == Answer::AlreadySo && which.size() > 1) {
      const auto half = which.begin() + std::ptrdiff_t(which.size() / 2);
      change(level, add, {which.begin(), half}, moves, results);
      change(level, add, {half, which.end()}, moves, results);
    }
    for (const std::size_t i : which) {
      if (answer == Answer::None) results[i] = no_answer();
      if (answer == Answer::Denied)
        results[i] = {Moved::Refused, {Code::Denied, "insufficient access"}};
    }
  }

  std::map<std::string, std::set<std::string>> groups_;
};

class FakeUnits final : public FakeOutput {
 public:
  std::set<std::string> held_by(const std::string& id) const override {
    const std::lock_guard lock{mutex_};
    const auto found = units_.find(id);
    return found == units_.end() ? std::set<std::string>{} : std::set{found->second};
  }
  void set(const std::string& id, const std::set<std::string>& levels) override {
    const std::lock_guard lock{mutex_};
    units_.erase(id);
    if (!levels.empty()) units_[id] = *levels.begin();
  }

  Status read(std::span<const std::string> levels,
              const std::function<void(HeldLevel)>& each) override {
    const std::lock_guard lock{mutex_};
    if (fault_ == Fault::Away) return fail(Code::Unavailable, "no answer");
    for (const auto& [id, unit] : units_)
      if (std::ranges::find(levels, unit) != levels.end()) {
        each({id, unit});
        if (fault_ == Fault::Partial) break;
      }
    if (fault_ == Fault::Partial) return fail(Code::Unavailable, "a page was missing");
    return {};
  }

  std::vector<MoveResult> apply(std::span<const LevelMove> moves) override {
    const std::lock_guard lock{mutex_};
    std::vector<MoveResult> results;
    for (const LevelMove& move : moves) results.push_back(place(move));
    return results;
  }

 private:
  MoveResult place(const LevelMove& move) {
    ++operations_;
    if (fault_ == Fault::Away) return no_answer();
    if (!people_.contains(move.id)) return {Moved::Nobody, {Code::NotFound, "no such account"}};
    if (fault_ == Fault::Denied) return {Moved::Refused, {Code::Denied, "not permitted"}};
    if (move.to.empty()) {
      units_.erase(move.id);
    } else {
      units_[move.id] = move.to;
      given_.push_back(move.id);
    }
    return fault_ == Fault::Unconfirmed ? no_answer() : MoveResult{Moved::Held, {}};
  }

  std::map<std::string, std::string> units_;  // those outside every level's unit have none
};

}  // namespace assent::support
