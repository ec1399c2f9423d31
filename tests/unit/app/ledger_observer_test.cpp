// What the writer's observers are told: enough to keep caches right, and never a whole roster.
#include <gtest/gtest.h>

#include "tests/support/roster_desk.h"

namespace assent {
namespace {

TEST(LedgerObserver, HearsOfOnePersonForAWholeImport) {
  support::MemoryStore store;
  support::Desk desk{store};
  std::size_t people = 0, profiles = 0, others = 0;
  desk.writer->observe([&](const std::vector<CommittedChange>& changes) {
    for (const CommittedChange& heard : changes)
      ++(std::holds_alternative<PersonRow>(heard.change)    ? people
         : std::holds_alternative<ProfileRow>(heard.change) ? profiles
                                                            : others);
  });
  std::string file = "mis_id,login,name,role,year\n";
  for (const char* n : {"1", "2", "3"})
    file += std::string(n) + ",p" + n + ",Person " + n + ",student," + n + "\n";
  ASSERT_TRUE(desk.apply(desk.upload(file)));
  EXPECT_EQ(people, 1u);
  EXPECT_EQ(profiles, 3u);  // the registry must know each
  EXPECT_EQ(others, 0u);
}

}  // namespace
}  // namespace assent
