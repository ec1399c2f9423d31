// The access register (K12, R17): what the output holds, by name, and never an older list.

#include "service/app/access_register.h"

#include <gtest/gtest.h>

#include "tests/support/lent_output.h"
#include "tests/support/level_school.h"

namespace assent {
namespace {

using Fault = support::FakeOutput::Fault;
using Reading = AccessRegister::Reading;

struct AccessTest : testing::Test {
  AccessTest() {
    desk.publish("student", 1);
    ann = desk.pupil("ann", groups);
    bob = desk.pupil("bob", groups, "ks4");
    desk.says(ann, Act::Agree);
    desk.says(bob, Act::Agree);
    auto reconciler = desk.reconciler(groups);
    EXPECT_EQ(reconciler.run(desk.clock.time).value().done, 2u);
  }
  // Not before the output is as the test wants it: a keeper puts right what it finds.
  Result<Reading> read(SchoolKey school = 1) {
    LevelKeeper::Outputs outputs;
    outputs[1] = std::make_unique<support::LentOutput>(groups);
    keeper = std::make_unique<LevelKeeper>(
        LevelKeeper::Needs{*desk.registry, desk.store.people, desk.store.levels, *desk.writer,
                           desk.sweeps, desk.calendar, desk.clock, desk.random},
        std::move(outputs));
    access = std::make_unique<AccessRegister>(
        AccessRegister::Needs{desk.store.people, desk.store.levels, keeper.get(), clock});
    auto asked = std::make_shared<std::promise<Result<Reading>>>();
    access->read(desk.school(school), [asked](Result<Reading> read) { asked->set_value(read); });
    keeper->start();
    return asked->get_future().get();
  }
  static std::string line(const AccessRow& row) {
    return row.level + " " + (row.known ? row.login : "stranger " + row.account) +
           (row.wanted == row.level || !row.known ? "" : " to " + row.wanted) +
           (row.waiting ? " waits" : "");
  }
  static std::vector<std::string> lines(const Result<Reading>& reading) {
    std::vector<std::string> out;
    for (const AccessRow& row : (*reading)->rows) out.push_back(line(row));
    return out;
  }
  using Lines = std::vector<std::string>;

  support::LevelSchool desk;
  support::FakeGroups groups;
  support::DeskClock clock;  // the register's alone: the keeper's thread asks its own
  PersonRow ann, bob;
  std::unique_ptr<LevelKeeper> keeper;
  std::unique_ptr<AccessRegister> access;
};

TEST_F(AccessTest, ListsWhoIsAtWhichLevelInTheTablesOrder) {
  const auto reading = read();
  EXPECT_EQ(lines(reading), (Lines{"ks3 ann", "ks4 bob"}));
  EXPECT_EQ((*reading)->source, "dir");
  EXPECT_EQ((*reading)->at, desk.clock.time);
  EXPECT_EQ((*reading)->rows.front().name, "Name of ann");
}

TEST_F(AccessTest, IsWhatTheOutputHoldsAndMarksWhoShouldBeElsewhere) {
  desk.says(desk.student("hand"), Act::Agree);  // whom the output does not know
  groups.add_person("cn=exam");
  groups.set("cn=exam", {"staff"});
  groups.fail_with(Fault::Denied);  // so that nothing is put right meanwhile
  groups.set(support::LevelSchool::id_of("ann"), {"ks3", "staff"});
  groups.set(support::LevelSchool::id_of("bob"), {});
  EXPECT_EQ(lines(read()), (Lines{"ks3 ann", "staff ann to ks3", "staff stranger cn=exam",
                                  " bob to ks4", " hand to ks3 waits"}));
}

TEST_F(AccessTest, ThereIsNoneWhereTheOutputCannotBeReadWhole) {
  (void)read();
  for (const Fault fault : {Fault::Away, Fault::Partial}) {
    groups.fail_with(fault);
    const auto read_now = read();
    ASSERT_FALSE(read_now);
    EXPECT_EQ(read_now.error().code, Code::Unavailable);
    EXPECT_NE(read_now.error().message.find("an older list is not given"), std::string::npos);
  }
}

TEST_F(AccessTest, WithoutAnOutputItIsWhatIsWanted) {
  access = std::make_unique<AccessRegister>(
      AccessRegister::Needs{desk.store.people, desk.store.levels, nullptr, desk.clock});
  Result<Reading> reading = fail(Code::NotFound, "not called");
  access->read(desk.school(), [&](Result<Reading> read) { reading = std::move(read); });
  EXPECT_EQ(lines(reading), (Lines{"ks3 ann", "ks4 bob"}));
  EXPECT_EQ((*reading)->source, "");
  access->read(desk.school(2), [&](Result<Reading> read) { reading = std::move(read); });
  EXPECT_EQ(reading.error().code, Code::Conflict);  // oakfield has no levels
}

TEST_F(AccessTest, IsKeptForItsPagesAndForNoOtherSchool) {
  const auto reading = read();
  const auto number = (*reading)->number;
  EXPECT_EQ(access->find(desk.school(), number).value(), *reading);
  EXPECT_EQ(access->find(desk.school(2), number).error().code, Code::Conflict);
  EXPECT_EQ(access->find(desk.school(), number + 1).error().code, Code::Conflict);
  clock.time += AccessRegister::kKeptFor + milliseconds{1};
  EXPECT_EQ(access->find(desk.school(), number).error().code, Code::Conflict);
}

}  // namespace
}  // namespace assent
