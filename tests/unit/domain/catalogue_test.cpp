// Versions are ordered by number, never by date, and every look-up has an answer.

#include "service/domain/catalogue.h"

#include <gtest/gtest.h>

#include "tests/unit/domain/published.h"

namespace assent {
namespace {

using test::policy_of;
using test::published;
using test::rendition;

Time day(int n) {
  return Time{} + days(n);
}

TEST(Catalogue, TakesTheHighestNumberInEffectWhateverTheDates) {
  const auto policy =
      policy_of({published(1, {}, Mode::Agree, day(5)), published(2, {}, Mode::Agree, day(3)),
                 published(4, {}, Mode::Agree, day(9))});
  EXPECT_EQ(policy.current(day(2)), nullptr);
  EXPECT_EQ(policy.current(day(3))->number(), 2u);
  EXPECT_EQ(policy.current(day(5))->number(), 2u);
  EXPECT_EQ(policy.current(day(9) - milliseconds(1))->number(), 2u);
  EXPECT_EQ(policy.current(day(9))->number(), 4u);
}

TEST(Catalogue, HasNoCurrentVersionOfARetiredPolicy) {
  auto policy = policy_of({published(1, {})});
  ASSERT_NE(policy.current(day(1)), nullptr);
  policy.retired = true;
  EXPECT_EQ(policy.current(day(1)), nullptr);
  EXPECT_NE(policy.version(1), nullptr) << "what was accepted can still be shown";
}

TEST(Catalogue, FindsVersionsByNumber) {
  const auto policy = policy_of({published(1, {}), published(3, {})});
  EXPECT_EQ(policy.version(3)->number(), 3u);
  for (const std::uint32_t missing : {0u, 2u, 4u}) EXPECT_EQ(policy.version(missing), nullptr);
}

TEST(Catalogue, TheStrongestModeOfTheMissedVersionsDecides) {
  const auto policy = policy_of({published(1, {}, Mode::Agree), published(2, {}, Mode::Acknowledge),
                                 published(3, {}, Mode::Editorial), published(4, {}, Mode::Agree)});
  EXPECT_EQ(policy.strongest(0, 4), Mode::Agree);
  EXPECT_EQ(policy.strongest(1, 3), Mode::Acknowledge);
  EXPECT_EQ(policy.strongest(2, 3), Mode::Editorial);
  EXPECT_EQ(policy.strongest(3, 4), Mode::Agree);
  EXPECT_EQ(policy.strongest(4, 4), Mode::Editorial);
}

TEST(Catalogue, KnowsTheLastRenewal) {
  auto policy = policy_of({});
  EXPECT_EQ(policy.last_renewal(day(9)), std::nullopt);
  policy.renewals = {day(10), day(20)};
  EXPECT_EQ(policy.last_renewal(day(9)), std::nullopt);
  EXPECT_EQ(policy.last_renewal(day(10)), day(10));
  EXPECT_EQ(policy.last_renewal(day(19)), day(10));
  EXPECT_EQ(policy.last_renewal(day(99)), day(20));
}

TEST(Catalogue, FindsPoliciesWithinTheirSchool) {
  Catalogue catalogue;
  for (const SchoolKey school : {SchoolKey(1), SchoolKey(2)})
    for (const char* name : {"staff", "student"}) {
      const auto key = static_cast<PolicyKey>(catalogue.policies.size() + 10);
      catalogue.policies.push_back(policy_of({}, name, key));
      catalogue.policies.back().school = school;
    }
  EXPECT_EQ(catalogue.find(SchoolKey(2), {"staff"})->key, 12);
  EXPECT_EQ(catalogue.find(SchoolKey(1), {"student"})->key, 11);
  EXPECT_EQ(catalogue.find(SchoolKey(1), {"visitor"}), nullptr);
  EXPECT_EQ(catalogue.find(SchoolKey(3), {"staff"}), nullptr);
  EXPECT_EQ(catalogue.find(PolicyKey(13))->name.value, "student");
  EXPECT_EQ(catalogue.find(PolicyKey(14)), nullptr);
}

TEST(Catalogue, ChoosesTheNearestRendition) {
  PolicyVersion version;
  version.renditions = {rendition("cy", Style::Std, {}), rendition("en-GB", Style::Std, {}),
                        rendition("en-GB", Style::Ks2, {})};
  struct Row {
    const char* asked;
    Style style;
    const char* school;
    const char* language;
    Style chosen;
  };
  for (const Row& row : {
           Row{"en-GB", Style::Ks2, "en-GB", "en-GB", Style::Ks2},
           Row{"cy", Style::Std, "en-GB", "cy", Style::Std},
           Row{"cy", Style::Ks2, "en-GB", "en-GB", Style::Ks2},  // the band before the language
           Row{"cy", Style::Easy, "en-GB", "cy", Style::Std},
           Row{"pl", Style::Std, "en-GB", "en-GB", Style::Std},
           Row{"pl", Style::Easy, "en-GB", "cy", Style::Std},  // the first there is
       }) {
    const Rendition& chosen = choose_rendition(version, row.asked, row.style, row.school);
    EXPECT_EQ(chosen.language, row.language) << row.asked;
    EXPECT_EQ(chosen.style, row.chosen) << row.asked;
  }
}

}  // namespace
}  // namespace assent
