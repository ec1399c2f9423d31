// The contract of level outputs over the two that need no server.

#include "tests/contract/level_output_contract.h"
#include "tests/support/fake_groups.h"

namespace assent::contract {
namespace {

template <class Output>
class FakeGroupsWorld final : public LevelWorld {
 public:
  LevelOutput& output() override { return output_; }
  std::string person(const std::string& name) override {
    output_.add_person("id-" + name);
    return "id-" + name;
  }
  std::set<std::string> held_by(const std::string& id) override { return output_.held_by(id); }
  void set(const std::string& id, const std::set<std::string>& levels) override {
    output_.set(id, levels);
  }
  std::string unknown_id() override { return "id-nobody"; }

 private:
  Output output_;
};

template <class Output>
std::unique_ptr<LevelWorld> make_world() {
  return std::make_unique<FakeGroupsWorld<Output>>();
}

INSTANTIATE_TEST_SUITE_P(Fakes, LevelOutputContract,
                         testing::Values(LevelWorldKind{"Groups", make_world<support::FakeGroups>},
                                         LevelWorldKind{"Units", make_world<support::FakeUnits>}),
                         name_of_world);

TEST(FakeGroups, GivesTheNewLevelBeforeItTakesTheOld) {
  support::FakeGroups groups;
  groups.add_person("a");
  groups.set("a", {"unsigned"});
  const std::vector<LevelMove> moves{{"a", {"unsigned"}, "ks3"}};
  EXPECT_EQ(groups.apply(moves).at(0).moved, Moved::Held);
  EXPECT_FALSE(groups.left_anybody_out());
}

// A stranger in a batch costs a few operations and not one for each member.
TEST(FakeGroups, HalvesABatchThatHoldsWhatIsSoAlready) {
  support::FakeGroups groups;
  std::vector<LevelMove> moves;
  for (int i = 0; i < 64; ++i) {
    groups.add_person(std::to_string(i));
    moves.push_back({std::to_string(i), {}, "ks3"});
  }
  groups.set("17", {"ks3"});
  for (const MoveResult& result : groups.apply(moves)) EXPECT_EQ(result.moved, Moved::Held);
  EXPECT_EQ(groups.operations(), 13u);
}

}  // namespace
}  // namespace assent::contract
