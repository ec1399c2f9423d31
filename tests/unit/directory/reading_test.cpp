// A reading is whole or an error, whatever the server does.
#include "service/directory/reading.h"

#include <gtest/gtest.h>

#include "tests/unit/directory/school_directory.h"

namespace assent::directory {
namespace {

constexpr auto kAd = DirectoryKind::ActiveDirectory;

std::vector<std::string> names(std::size_t count) {
  std::vector<std::string> out;
  for (std::size_t i = 0; i < count; ++i) out.push_back("cn=" + std::to_string(i) + ",dc=x");
  return out;
}

struct Reading : testing::Test {
  SchoolDirectory school{kAd};
  Search all{.base = kBase, .attributes = {"sAMAccountName"}};

  Result<std::size_t> count() {
    std::size_t seen = 0;
    ASSENT_CHECK(search_all(school.server, all, [&](const Entry&) -> Status {
      ++seen;
      return {};
    }));
    return seen;
  }
  void fill(std::size_t people) {
    for (std::size_t i = 0; i < people; ++i) school.person("p" + std::to_string(i));
  }
};

TEST_F(Reading, GoesThroughEveryPage) {
  fill(2500);
  EXPECT_EQ(count().value(), 2500u);
  EXPECT_EQ(school.server.calls(), 3u);
}

TEST_F(Reading, FailsWhenTheServerStopsAtItsLimit) {
  fill(1200);
  school.server.habits().size_limit = 1100;
  const auto read = count();
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().code, Code::Unavailable);
  EXPECT_NE(read.error().message.find("only a part"), std::string::npos) << read.error().message;
}

TEST_F(Reading, FailsWhenTheConnectionBreaksInTheMiddle) {
  fill(2500);
  school.server.habits().breaks_at = 3;
  EXPECT_EQ(count().error().code, Code::Unavailable);
}

TEST_F(Reading, EndsWhenTheServerNeverDoes) {
  school.server.habits().never_ends = true;
  EXPECT_EQ(count().error().code, Code::Invalid);
}

TEST_F(Reading, AnErrorOfTheCallerEndsIt) {
  fill(1500);
  const Status status = search_all(
      school.server, all, [](const Entry&) -> Status { return fail(Code::Conflict, "enough"); });
  EXPECT_EQ(status.error().message, "enough");
  EXPECT_EQ(school.server.calls(), 1u);
}

TEST_F(Reading, CollectsARangeOfValues) {
  for (const std::size_t count : {1u, 1499u, 1500u, 1501u, 3000u, 4001u}) {
    const std::string group = school.group("g" + std::to_string(count), names(count));
    const auto entry = read_entry(school.server, group, {"member"}).value();
    const auto values = entry.values("member");
    EXPECT_EQ((std::vector<std::string>{values.begin(), values.end()}), names(count));
  }
}

TEST_F(Reading, ASearchThatFindsGroupsGetsAllTheirValuesToo) {
  school.group("big", names(2000));
  school.group("small", names(2));
  const auto groups =
      find_all(school.server, {.base = kGroups, .attributes = {"cn", "member"}}).value();
  ASSERT_EQ(groups.size(), 2u);
  EXPECT_EQ(groups[0].values("member").size(), 2000u);
  EXPECT_EQ(groups[1].values("member").size(), 2u);
}

TEST_F(Reading, FailsWhenARangeIsRepeated) {
  const std::string group = school.group("g", names(2000));
  school.server.habits().repeats_ranges = true;
  EXPECT_EQ(read_entry(school.server, group, {"member"}).error().code, Code::Unavailable);
}

TEST_F(Reading, FailsWhenARangeBreaksOff) {
  const std::string group = school.group("g", names(2000));
  school.server.habits().breaks_at = 2;
  EXPECT_EQ(read_entry(school.server, group, {"member"}).error().code, Code::Unavailable);
}

TEST_F(Reading, AnEntryThatIsNotThereIsNotFound) {
  EXPECT_EQ(read_entry(school.server, "cn=none," + kBase, {"cn"}).error().code, Code::NotFound);
}

}  // namespace
}  // namespace assent::directory
