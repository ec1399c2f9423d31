#pragma once
// A level output that lends its work to one that the test holds on to: a keeper owns its outputs.

#include "tests/support/fake_groups.h"

namespace assent::support {

class LentOutput final : public LevelOutput {
 public:
  explicit LentOutput(FakeOutput& real) : real_(real) {}
  std::string id_source() const override { return real_.id_source(); }
  Status read(std::span<const std::string> levels,
              const std::function<void(HeldLevel)>& each) override {
    return real_.read(levels, each);
  }
  std::vector<MoveResult> apply(std::span<const LevelMove> moves) override {
    return real_.apply(moves);
  }

 private:
  FakeOutput& real_;
};

}  // namespace assent::support
