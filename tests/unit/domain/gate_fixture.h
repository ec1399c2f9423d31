#pragma once
// One person, one audience and the policies that a test publishes: what decide() is asked about.

#include <gtest/gtest.h>

#include <algorithm>

#include "service/domain/gate.h"
#include "tests/unit/domain/published.h"

namespace assent::test {

inline Time day(int number) {
  return Time{days{number}};
}

inline PublishedVersion version(std::uint32_t number, Mode mode, int effective, int enforced,
                                const std::vector<Style>& styles = {Style::Std, Style::Ks2}) {
  std::vector<Rendition> renditions;
  for (const Style style : styles) renditions.push_back(rendition("en-GB", style, {}));
  auto made = published(number, std::move(renditions), mode, day(effective));
  made.enforced = day(enforced);
  return made;
}

struct GateDecision : testing::Test {
  GateDecision() {
    school.key = 1;
    student().enforcement = Enforcement::Enforce;
    audience.name = "student";
    owe("student");
    publish("student", {version(1, Mode::Agree, 10, 10)});
  }

  PolicySettings& student() { return school.policies[{"student"}]; }
  void owe(const std::string& policy, bool add_on = false) {
    audience.owes.push_back({policy});
    if (!add_on) audience.main_count = audience.owes.size();
  }
  void publish(const std::string& name, std::vector<PublishedVersion> versions) {
    const auto known =
        std::ranges::find(catalogue.policies, PolicyName{name}, &PublishedPolicy::name);
    if (known != catalogue.policies.end()) catalogue.policies.erase(known);
    const auto key = PolicyKey(name == "student" ? 1 : name[0]);
    catalogue.policies.push_back(policy_of(std::move(versions), name, key));
    std::ranges::sort(catalogue.policies, {}, &PublishedPolicy::name);
  }
  Standing& standing(PolicyKey key = 1) {
    const auto found = std::ranges::find(facts.standings, key, &Standing::policy);
    if (found != facts.standings.end()) return *found;
    facts.standings.push_back({key});
    return facts.standings.back();
  }
  void answer(Act act, std::uint32_t to, int on, PolicyKey key = 1) {
    standing(key) = after(standing(key), act, to, audience.style, day(on), 7);
  }
  Decision at(int on) const { return decide(facts, audience, school, catalogue, day(on)); }
  // The one thing asked.
  Owed asked(int on) const {
    const auto decision = at(on);
    EXPECT_EQ(decision.asked.size(), 1u);
    EXPECT_EQ(decision.reason, Reason::Owes);
    return decision.asked.empty() ? Owed{} : decision.asked.front();
  }
  void expect_clear(int on, Reason reason = Reason::UpToDate) const {
    const auto decision = at(on);
    EXPECT_EQ(decision.verdict, Verdict::Clear) << "day " << on;
    EXPECT_EQ(decision.reason, reason) << "day " << on;
    EXPECT_TRUE(decision.asked.empty());
  }

  School school;
  Audience audience;
  Catalogue catalogue;
  Facts facts{1, 1, 1, PersonState::Active, {}};
};

}  // namespace assent::test
