#include "service/app/packed_people.h"

#include <gtest/gtest.h>

#include <map>
#include <random>

namespace assent {
namespace {

PackedPeople::Key key_of(std::uint32_t number) {
  std::mt19937_64 spread(number);
  PackedPeople::Key key;
  for (auto& byte : key) byte = static_cast<std::byte>(spread());
  return key;
}

PackedFacts facts_of(std::uint32_t number, std::size_t standings) {
  Facts facts{std::int64_t{number} + 1, 0, 3, PersonState::Active, {}};
  for (std::size_t i = 0; i < standings; ++i)
    facts.standings.push_back({static_cast<PolicyKey>(i + 1), number % 100 + 1, Style::Std,
                               Act::Agree, Time{milliseconds{number}}, number, 0, 0});
  return *pack(key_of(number), facts);
}

TEST(PackedPeople, FindsNobodyWhereNobodyWasPut) {
  PackedPeople people;
  EXPECT_FALSE(people.find(key_of(1)));
  people.put(facts_of(2, 1));
  EXPECT_FALSE(people.find(key_of(1)));
}

// Against a map that holds the same, while people answer more and fewer policies.
TEST(PackedPeople, GivesBackWhatWasPutLastForEachKey) {
  PackedPeople people;
  std::map<std::uint32_t, std::size_t> standings;
  std::mt19937 random(7);
  for (int step = 0; step < 20'000; ++step) {
    const auto number = std::uint32_t(random() % 3'000);
    standings[number] = random() % (kPackedStandings + 1);
    people.put(facts_of(number, standings[number]));
  }
  EXPECT_EQ(people.size(), standings.size());
  for (const auto& [number, count] : standings) {
    const auto found = people.find(key_of(number));
    ASSERT_TRUE(found);
    EXPECT_EQ(unpack(*found, 0), unpack(facts_of(number, count), 0));
  }
}

TEST(PackedPeople, HoldsNobodyAfterAClearAndCanBeFilledAgain) {
  PackedPeople people;
  for (std::uint32_t i = 0; i < 500; ++i) people.put(facts_of(i, i % 4));
  people.clear();
  EXPECT_EQ(people.size(), 0u);
  EXPECT_FALSE(people.find(key_of(3)));
  people.put(facts_of(3, 2));
  EXPECT_EQ(unpack(*people.find(key_of(3)), 0), unpack(facts_of(3, 2), 0));
}

}  // namespace
}  // namespace assent
