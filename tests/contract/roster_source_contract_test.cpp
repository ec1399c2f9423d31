// What every RosterSource must do, run over the CSV source and over one that delivers in pages, as
// a directory does: all rows or an error, and nothing after an error.
#include <gtest/gtest.h>

#include "service/app/csv_roster.h"

namespace assent {
namespace {

struct Given {  // what the source behind the port holds
  std::size_t people = 0;
  std::size_t broken_at = 0;  // the person that cannot be read; 0: none
};

// A directory in miniature: pages of three, a page may fail to arrive.
class PagedRoster final : public RosterSource {
 public:
  explicit PagedRoster(Given given) : given_(given) {}
  std::string name() const override { return "paged"; }
  Status read(const std::function<Status(RosterPerson)>& each) override {
    for (std::size_t first = 1; first <= given_.people; first += kPage)
      ASSENT_CHECK(page(first, each));
    return {};
  }

 private:
  static constexpr std::size_t kPage = 3;
  Status page(std::size_t first, const std::function<Status(RosterPerson)>& each) const {
    for (std::size_t i = first; i < first + kPage && i <= given_.people; ++i) {
      if (i == given_.broken_at)
        return fail(Code::Unavailable, "line " + std::to_string(i + 1) + ": the page did not come");
      ASSENT_CHECK(each({i + 1,
                         {{"mis_id", std::to_string(i)}},
                         "p" + std::to_string(i),
                         "Name",
                         "7A",
                         {{"role", "student"}}}));
    }
    return {};
  }
  Given given_;
};

class HeldCsv final : public RosterSource {  // the CSV source with its text
 public:
  explicit HeldCsv(Given given) : pieces_{"mis_id,login,name,role,form\n"}, csv_({}, pieces_) {
    for (std::size_t i = 1; i <= given.people; ++i)
      pieces_[0] += std::to_string(i) + ",p" + std::to_string(i) + ",Name," +
                    (i == given.broken_at ? "nobody" : "student") + ",7A\n";
  }
  std::string name() const override { return csv_.name(); }
  Status read(const std::function<Status(RosterPerson)>& each) override { return csv_.read(each); }

 private:
  std::vector<std::string> pieces_;
  CsvRoster csv_;
};

using Make = std::unique_ptr<RosterSource> (*)(Given);
template <class Source>
std::unique_ptr<RosterSource> make(Given given) {
  return std::make_unique<Source>(given);
}

class RosterSourceContract : public testing::TestWithParam<Make> {
 protected:
  std::vector<RosterPerson> seen;
  Status read(Given given) {
    return GetParam()(given)->read([&](RosterPerson person) -> Status {
      seen.push_back(std::move(person));
      return {};
    });
  }
};

TEST_P(RosterSourceContract, GivesEveryPersonOnceInOrder) {
  ASSERT_TRUE(read({8, 0}));
  ASSERT_EQ(seen.size(), 8u);
  for (std::size_t i = 0; i < seen.size(); ++i) {
    EXPECT_EQ(seen[i].ids.at(0).second, std::to_string(i + 1));
    EXPECT_EQ(seen[i].login, "p" + std::to_string(i + 1));
    EXPECT_EQ(seen[i].line, i + 2);
    EXPECT_EQ(to_text(seen[i].profile), "role=student\n");
  }
}

TEST_P(RosterSourceContract, AnErrorNamesTheLineAndNothingFollowsIt) {
  const Status status = read({8, 5});
  ASSERT_FALSE(status);
  EXPECT_TRUE(status.error().message.starts_with("line 6: ")) << status.error().message;
  EXPECT_EQ(seen.size(), 4u);
}

TEST_P(RosterSourceContract, TheCallerMayStopItAndHearsItsOwnError) {
  std::size_t given = 0;
  const Status status = GetParam()({8, 0})->read([&](RosterPerson) -> Status {
    if (++given == 4) return fail(Code::Denied, "enough");
    return {};
  });
  ASSERT_FALSE(status);
  EXPECT_EQ(status.error().code, Code::Denied);
  EXPECT_EQ(status.error().message, "enough");
  EXPECT_EQ(given, 4u);
}

TEST_P(RosterSourceContract, ReadsAgainFromTheStart) {
  const auto source = GetParam()({4, 0});
  for (int round = 0; round < 2; ++round) {
    std::size_t given = 0;
    ASSERT_TRUE(source->read([&](RosterPerson) -> Status { return ++given, Status{}; }));
    EXPECT_EQ(given, 4u);
  }
}

TEST_P(RosterSourceContract, AnEmptySchoolIsNoError) {
  ASSERT_TRUE(read({0, 0}));
  EXPECT_TRUE(seen.empty());
}

INSTANTIATE_TEST_SUITE_P(Sources, RosterSourceContract,
                         testing::Values(make<HeldCsv>, make<PagedRoster>));

}  // namespace
}  // namespace assent
