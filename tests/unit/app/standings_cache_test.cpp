#include "service/app/standings_cache.h"

#include <gtest/gtest.h>

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <thread>

#include "service/app/packed_facts.h"

namespace assent {
namespace {

class CountingRandom final : public Random {
 public:
  void fill(std::span<std::byte> out) override {
    for (auto& byte : out) byte = static_cast<std::byte>(next_++);
  }

 private:
  unsigned next_ = 1;
};

Standing standing(PolicyKey policy, std::uint32_t version) {
  return {policy, version, Style::Ks1, Act::Agree, Time{milliseconds{1'790'000'000'123}}, 99, 0, 0};
}

// A store that people can be put into, that counts its reads, and in whose reads a test can act.
class Source final : public Standings {
 public:
  Result<Facts> find(SchoolKey school, const std::string& login) const override {
    ++reads;
    Result<Facts> answer = fail(Code::NotFound, "no such person");
    {
      const std::lock_guard lock(mutex_);
      const auto found = people_.find({school, login});
      if (found != people_.end()) answer = found->second;
    }
    if (during_read) during_read();
    return answer;
  }
  void put(const std::string& login, Facts facts) {
    const std::lock_guard lock(mutex_);
    people_[{facts.school, login}] = std::move(facts);
  }

  mutable std::atomic<int> reads = 0;
  std::function<void()> during_read;

 private:
  mutable std::mutex mutex_;
  std::map<std::pair<SchoolKey, std::string>, Facts> people_;
};

struct StandingsCacheTest : testing::Test {
  Source source;
  CountingRandom random;
  StandingsCache cache{source, random};

  Facts ann{7, 1, 3, PersonState::Active, {standing(1, 2)}};
  // As the writer does it: into the store, then told to the cache.
  void commit(const std::string& login, Facts facts, const Standing& next) {
    source.put(login, std::move(facts));
    cache.committed({{StandingRow{7, next, 1, login}, 0}});
  }
};

TEST_F(StandingsCacheTest, ReadsAPersonFromTheStoreOnce) {
  source.put("ann", ann);
  for (int i = 0; i < 3; ++i) EXPECT_EQ(cache.find(1, "ann").value(), ann);
  EXPECT_EQ(source.reads, 1);
  EXPECT_EQ(cache.size(), 1u);
}

TEST_F(StandingsCacheTest, KeepsSchoolsApart) {
  auto other = ann;
  other.school = 2;
  other.person = 8;
  source.put("ann", ann);
  source.put("ann", other);
  EXPECT_EQ(cache.find(1, "ann").value(), ann);
  EXPECT_EQ(cache.find(2, "ann").value(), other);
}

TEST_F(StandingsCacheTest, DoesNotRememberThatSomebodyIsUnknown) {
  EXPECT_EQ(cache.find(1, "ann").error().code, Code::NotFound);
  source.put("ann", ann);
  EXPECT_EQ(cache.find(1, "ann").value(), ann);
}

TEST_F(StandingsCacheTest, GivesACommittedStandingAtOnce) {
  source.put("ann", ann);
  (void)cache.find(1, "ann").value();
  auto next = ann;
  next.standings = {standing(1, 3)};
  commit("ann", next, standing(1, 3));
  EXPECT_EQ(cache.find(1, "ann").value(), next);
  next.standings = {standing(0, 1), standing(1, 3)};  // a new policy, in the store's order
  commit("ann", next, standing(0, 1));
  EXPECT_EQ(cache.find(1, "ann").value(), next);
  EXPECT_EQ(source.reads, 1);
}

TEST_F(StandingsCacheTest, AFourthPolicyIsReadFromTheStore) {
  ann.standings = {standing(1, 1), standing(2, 1), standing(3, 1)};
  source.put("ann", ann);
  (void)cache.find(1, "ann").value();
  ann.standings.push_back(standing(4, 1));
  commit("ann", ann, standing(4, 1));
  EXPECT_EQ(cache.find(1, "ann").value(), ann);
  EXPECT_EQ(cache.find(1, "ann").value(), ann);
  EXPECT_EQ(source.reads, 3);
}

TEST_F(StandingsCacheTest, ALoginThatChangedHandsInheritsNothing) {
  source.put("ann", ann);
  (void)cache.find(1, "ann").value();
  const Facts heir{9, 1, 3, PersonState::Active, {}};
  source.put("ann", heir);
  cache.committed({{PersonRow{}, 9}});
  EXPECT_EQ(cache.find(1, "ann").value(), heir);
  EXPECT_EQ(cache.size(), 1u);
}

TEST_F(StandingsCacheTest, AReadThatBeganBeforeAChangeDoesNotHideIt) {
  source.put("ann", ann);
  auto next = ann;
  next.standings = {standing(1, 3)};
  source.during_read = [&] {
    source.during_read = nullptr;
    commit("ann", next, standing(1, 3));
  };
  EXPECT_EQ(cache.find(1, "ann").value(), ann);  // what was so when it asked
  EXPECT_EQ(cache.find(1, "ann").value(), next);
}

TEST_F(StandingsCacheTest, AReadThatBeganBeforeAClearDoesNotHideIt) {
  source.put("ann", ann);
  const Facts heir{9, 1, 3, PersonState::Active, {}};
  source.during_read = [&] {
    source.during_read = nullptr;
    source.put("ann", heir);
    cache.committed({{IdentityRow{}, 0}});
  };
  (void)cache.find(1, "ann");
  EXPECT_EQ(cache.find(1, "ann").value(), heir);
}

TEST_F(StandingsCacheTest, HoldsNoMoreThanItMayAndStillAnswers) {
  StandingsCache small{source, random, 64};
  for (int i = 0; i < 1'000; ++i) {
    auto facts = ann;
    facts.person = i + 1;
    const auto login = "p" + std::to_string(i);
    source.put(login, facts);
    EXPECT_EQ(small.find(1, login).value(), facts);
  }
  EXPECT_LE(small.size(), 64u);
}

TEST(PackedFacts, KeepWhatFitsExactlyAndRefuseTheRest) {
  const auto fits = [](const Facts& facts) {
    const auto packed = pack({}, facts);
    if (packed) {
      EXPECT_EQ(unpack(*packed, facts.school), facts);
    }
    return packed.has_value();
  };
  Facts most{(1LL << 40) - 1, 65'535, (1u << 24) - 1, PersonState::Left, {}};
  most.standings.assign(3, {65'535, 4'095, Style::Easy, Act::Notified,
                            Time{milliseconds{(1LL << 48) - 1}}, (1ULL << 40) - 1, 4'095, 255});
  EXPECT_TRUE(fits(most));
  for (const auto& spoil : std::initializer_list<std::function<void(Facts&)>>{
           [](Facts& f) { f.person = 1LL << 40; }, [](Facts& f) { f.profile = 1u << 24; },
           [](Facts& f) { f.standings[1].version = 4'096; },
           [](Facts& f) { f.standings[2].deferred_version = 4'096; },
           [](Facts& f) { f.standings[0].entry = 1ULL << 40; },
           [](Facts& f) { f.standings[0].at = Time{milliseconds{-1}}; },
           [](Facts& f) { f.standings.push_back({}); }}) {
    auto facts = most;
    spoil(facts);
    EXPECT_FALSE(fits(facts));
  }
}

// Readers beside a writer: once a version was committed, nobody may see an older one.
TEST_F(StandingsCacheTest, ThreadsNeverSeeAnOlderVersionThanTheLastCommitted) {
  ann.standings = {standing(1, 1)};
  source.put("ann", ann);
  std::atomic<std::uint32_t> committed = 1;
  std::atomic<bool> stale = false;
  const auto read = [&] {
    while (committed < 400) {
      const auto before = committed.load();
      if (cache.find(1, "ann").value().standings[0].version < before) stale = true;
    }
  };
  std::thread first(read), second(read);
  for (std::uint32_t version = 2; version <= 400; ++version) {
    auto next = ann;
    next.standings = {standing(1, version)};
    commit("ann", next, standing(1, version));
    if (version % 7 == 0) cache.committed({{PersonRow{}, 7}});
    committed = version;
  }
  first.join();
  second.join();
  EXPECT_FALSE(stale);
}

long anonymous_kilobytes() {
  std::FILE* file = std::fopen("/proc/self/status", "r");
  char line[128];
  long kilobytes = 0;
  while (std::fgets(line, sizeof line, file))
    if (std::sscanf(line, "RssAnon: %ld", &kilobytes) == 1) break;
  std::fclose(file);
  return kilobytes;
}

// Printed, not judged: sanitizers have memory of their own. The bar is 90 bytes a person.
TEST_F(StandingsCacheTest, TakesLittleMemoryForEachPerson) {
  class Everybody final : public Standings {
   public:
    Result<Facts> find(SchoolKey school, const std::string& login) const override {
      return Facts{std::stoll(login), school, 3, PersonState::Active, {standing(1, 2)}};
    }
  } everybody;
  const std::size_t people = std::getenv("ASSENT_PEOPLE") ? 1'000'000 : 20'000;
  StandingsCache large{everybody, random};
  const auto before = anonymous_kilobytes();
  for (std::size_t i = 1; i <= people; ++i) (void)large.find(1, std::to_string(i));
  const auto bytes = double(anonymous_kilobytes() - before) * 1024 / double(people);
  std::printf("%zu people, %.1f bytes each\n", people, bytes);
  EXPECT_EQ(large.size(), people);
}

}  // namespace
}  // namespace assent
