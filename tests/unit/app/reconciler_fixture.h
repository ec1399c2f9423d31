#pragma once
// A school with levels, an output that knows its pupils, and a reconciler between the two.

#include <gtest/gtest.h>

#include "service/app/reconciler.h"
#include "tests/support/level_school.h"

namespace assent::reconciler_test {

using Fault = support::FakeOutput::Fault;
using support::LevelSchool;
using support::MemoryDisk;
using Levels = std::set<std::string>;

struct ReconcilerTest : testing::Test {
  void want(PersonKey person, const std::string& level, bool swept = false) {
    desk.put(LevelRow{person, 1, level, "rule 1", desk.clock.time, swept});
  }
  // A pupil with a level that is in the output already.
  PersonRow settled(const std::string& login, const std::string& level) {
    const PersonRow row = desk.pupil(login, groups);
    want(row.key, level);
    drain(reconciler);
    return row;
  }
  std::size_t drain(Reconciler& with) {
    std::size_t passes = 0;
    while (with.run(desk.clock.time).value().people > 0) ++passes;
    return passes;
  }
  // All of it, as the keeper does.
  static Result<Repair> repair(Reconciler& with) {
    ASSENT_TRY(Repair begun, with.begin_repair());
    while (begun.left() > 0 && !begun.away) with.go_on(begun);
    return begun;
  }
  std::uint64_t waiting() { return desk.store.levels.waiting(1, "dir").value().count; }

  std::shared_ptr<MemoryDisk> disk = std::make_shared<MemoryDisk>();
  std::atomic<bool> refuse_writing = false;
  LevelSchool desk{disk, [this](store::FaultPoint point) {
                     return refuse_writing && point == store::FaultPoint::Begin
                                ? store::Fault::Lost
                                : store::Fault::None;
                   }};
  support::FakeGroups groups;
  Reconciler reconciler = desk.reconciler(groups);
};

}  // namespace assent::reconciler_test
