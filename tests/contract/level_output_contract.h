#pragma once
// What every level output owes the reconciler. A program that has an output includes this file,
// makes a LevelWorld of it and instantiates LevelOutputContract over its own.

#include <gtest/gtest.h>

#include <memory>
#include <set>

#include "service/app/level_ports.h"

namespace assent::contract {

// An output with the levels "unsigned", "ks3" and "staff", and people in it.
class LevelWorld {
 public:
  virtual ~LevelWorld() = default;
  virtual LevelOutput& output() = 0;
  // A person whom the output knows; gives the id that it has for them.
  virtual std::string person(const std::string& name) = 0;
  virtual std::set<std::string> held_by(const std::string& id) = 0;
  // As somebody else would. An output that holds one level a person takes the first.
  virtual void set(const std::string& id, const std::set<std::string>& levels) = 0;
  virtual std::string unknown_id() = 0;  // of the right form, and nobody's
};
struct LevelWorldKind {
  const char* name;
  std::unique_ptr<LevelWorld> (*make)();
};
inline void PrintTo(const LevelWorldKind& kind, std::ostream* out) {
  *out << kind.name;
}
inline std::string name_of_world(const testing::TestParamInfo<LevelWorldKind>& info) {
  return info.param.name;
}

class LevelOutputContract : public testing::TestWithParam<LevelWorldKind> {
 protected:
  using Levels = std::set<std::string>;
  void SetUp() override { world_ = GetParam().make(); }
  std::vector<Moved> apply(const std::vector<LevelMove>& moves) {
    std::vector<Moved> out;
    for (const MoveResult& result : world_->output().apply(moves)) {
      EXPECT_EQ(result.moved == Moved::Held, result.error.message.empty());
      out.push_back(result.moved);
    }
    return out;
  }
  std::set<std::pair<std::string, std::string>> read(const std::vector<std::string>& levels) {
    std::set<std::pair<std::string, std::string>> out;
    EXPECT_TRUE(world_->output().read(levels, [&](HeldLevel one) {
      EXPECT_TRUE(out.emplace(one.id, one.level).second) << one.id;
    }));
    return out;
  }

  std::unique_ptr<LevelWorld> world_;
};
using AllDone = std::vector<Moved>;

TEST_P(LevelOutputContract, GivesAPersonTheirFirstLevel) {
  const auto ann = world_->person("ann");
  EXPECT_EQ(apply({{ann, {}, "ks3"}}), AllDone{Moved::Held});
  EXPECT_EQ(world_->held_by(ann), Levels{"ks3"});
}

TEST_P(LevelOutputContract, MovesManyAtOnceAndEachHasOneLevelAfterwards) {
  std::vector<LevelMove> moves;
  for (int i = 0; i < 40; ++i) {
    const auto id = world_->person("p" + std::to_string(i));
    world_->set(id, {i % 2 ? "unsigned" : "ks3"});
    moves.push_back({id, {i % 2 ? "unsigned" : "ks3"}, i % 2 ? "ks3" : "staff"});
  }
  EXPECT_EQ(apply(moves), AllDone(40, Moved::Held));
  for (const LevelMove& move : moves) EXPECT_EQ(world_->held_by(move.id), Levels{move.to});
}

// The same again, after an outcome that nobody knows; and amid others that are not so yet.
TEST_P(LevelOutputContract, WhatIsSoAlreadyIsDone) {
  std::vector<LevelMove> moves;
  for (int i = 0; i < 9; ++i) {
    const auto id = world_->person("p" + std::to_string(i));
    world_->set(id, {i == 4 ? "ks3" : "unsigned"});
    moves.push_back({id, {"unsigned"}, "ks3"});
  }
  EXPECT_EQ(apply(moves), AllDone(9, Moved::Held));
  EXPECT_EQ(apply(moves), AllDone(9, Moved::Held));
  for (const LevelMove& move : moves) EXPECT_EQ(world_->held_by(move.id), Levels{"ks3"});
}

TEST_P(LevelOutputContract, TakesLevelsThatThePersonDoesNotHave) {
  const auto ann = world_->person("ann");
  world_->set(ann, {"unsigned"});
  EXPECT_EQ(apply({{ann, {"unsigned", "staff"}, "ks3"}}), AllDone{Moved::Held});
  EXPECT_EQ(world_->held_by(ann), Levels{"ks3"});
}

TEST_P(LevelOutputContract, TakesTheLastLevelAway) {
  const auto ann = world_->person("ann");
  world_->set(ann, {"ks3"});
  EXPECT_EQ(apply({{ann, {"ks3"}, ""}}), AllDone{Moved::Held});
  EXPECT_EQ(world_->held_by(ann), Levels{});
  EXPECT_EQ(read({"unsigned", "ks3", "staff"}).size(), 0u);
}

TEST_P(LevelOutputContract, SomebodyUnknownHoldsUpNobodyElse) {
  const auto ann = world_->person("ann"), bob = world_->person("bob");
  world_->set(ann, {"unsigned"});
  const AllDone expected{Moved::Held, Moved::Nobody, Moved::Held};
  EXPECT_EQ(apply({{ann, {"unsigned"}, "ks3"},
                   {world_->unknown_id(), {"unsigned"}, "ks3"},
                   {bob, {}, "staff"}}),
            expected);
  EXPECT_EQ(world_->held_by(ann), Levels{"ks3"});
  EXPECT_EQ(world_->held_by(bob), Levels{"staff"});
}

// Ids are data: whatever they hold finds nobody and changes nothing.
TEST_P(LevelOutputContract, IdsThatAreNoneNameNobody) {
  const auto ann = world_->person("ann");
  world_->set(ann, {"ks3"});
  for (const std::string& id : {std::string("*"), std::string(")(uid=*"), std::string("a\0b", 3),
                                std::string(10'000, 'x'), std::string()}) {
    const auto moved = apply({{id, {"ks3"}, "staff"}});
    ASSERT_EQ(moved.size(), 1u);
    EXPECT_TRUE(moved[0] == Moved::Nobody || moved[0] == Moved::Refused);
  }
  EXPECT_EQ(world_->held_by(ann), Levels{"ks3"});
}

TEST_P(LevelOutputContract, ReadsEverybodyOfTheAskedLevels) {
  const auto ann = world_->person("ann"), bob = world_->person("bob"), cat = world_->person("cat");
  world_->set(ann, {"ks3"});
  world_->set(bob, {"staff"});
  world_->set(cat, {"unsigned"});
  EXPECT_EQ(read({"ks3", "staff"}),
            (std::set<std::pair<std::string, std::string>>{{ann, "ks3"}, {bob, "staff"}}));
  EXPECT_TRUE(read({}).empty());
}

TEST_P(LevelOutputContract, NothingToDoIsNothing) {
  EXPECT_TRUE(apply({}).empty());
}

TEST_P(LevelOutputContract, NamesItsIdsAndItsBatch) {
  EXPECT_FALSE(world_->output().id_source().empty());
  EXPECT_GT(world_->output().batch(), 0u);
}

}  // namespace assent::contract
