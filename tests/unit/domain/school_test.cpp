// Who owes what: ordered rules, add-ons, stages, and where the two source policies differ (K5, R1).
#include "service/domain/school.h"

#include <gtest/gtest.h>

namespace assent {
namespace {

AudienceRule rule(std::vector<std::string> who, std::vector<std::string> owes) {
  AudienceRule out;
  out.who = std::move(who);
  for (auto& each : owes) out.owes.push_back({each});
  return out;
}

School school(std::vector<AudienceRule> audience) {
  School out;
  out.audience = std::move(audience);
  return out;
}

std::string owed(const Audience& audience) {
  std::string out;
  for (const PolicyName& each : audience.owes) out += (out.empty() ? "" : ",") + each.value;
  return out;
}

const School kKingsmead =
    school({rule({"role:staff"}, {"staff"}), rule({"role:student"}, {"student"}),
            rule({"role:community"}, {"community"})});
const School kCarre = school({rule({"role:staff", "group:Community-Staff"}, {"staff"}),
                              rule({"role:student", "group:Community-Young"}, {"student"})});

TEST(Audience, CommunityUsersOweWhatTheirSchoolSaysK5R1) {
  struct Row {
    const School& school;
    Profile profile;
    std::string owes;
  };
  const Profile coach = {{"role", "community"}, {"group", "Community-Staff"}};
  const Profile cadet = {{"role", "community"}, {"group", "Community-Young"}};
  const Row rows[] = {
      {kKingsmead, coach, "community"},
      {kKingsmead, cadet, "community"},
      {kCarre, coach, "staff"},
      {kCarre, cadet, "student"},
      {kCarre, {{"role", "community"}}, ""},
  };
  for (const Row& row : rows) EXPECT_EQ(owed(resolve(row.school, row.profile)), row.owes);
}

TEST(Audience, TheFirstRuleThatMatchesDecides) {
  const School both = school({rule({"group:Admins"}, {"staff"}), rule({"*"}, {"student"})});
  EXPECT_EQ(owed(resolve(both, {{"group", "Admins"}, {"role", "student"}})), "staff");
  EXPECT_EQ(owed(resolve(both, {{"role", "student"}})), "student");
  EXPECT_EQ(resolve(both, {}).name, "student");
}

TEST(Audience, IsNamelessWhenNoRuleMatches) {
  const Audience nobody = resolve(kKingsmead, {{"role", "contractor"}});
  EXPECT_TRUE(nobody.name.empty());
  EXPECT_TRUE(nobody.owes.empty());
}

TEST(Audience, MatchesWholeValuesWithoutRegardToCase) {
  EXPECT_EQ(owed(resolve(kKingsmead, {{"role", "Student"}})), "student");
  EXPECT_EQ(owed(resolve(kKingsmead, {{"role", "students"}})), "");
  EXPECT_EQ(owed(resolve(kKingsmead, {{"group", "student"}})), "");
}

TEST(Audience, EveryMatchingAddOnIsAddedOnceAfterTheMainPolicies) {
  School kingsmead = kKingsmead;
  kingsmead.add_on = {rule({"group:SM-Requested"}, {"social-media-official", "staff"}),
                      rule({"group:Loans"}, {"device-loan"})};
  const Audience both =
      resolve(kingsmead, {{"role", "staff"}, {"group", "Loans"}, {"group", "SM-Requested"}});
  EXPECT_EQ(owed(both), "staff,social-media-official,device-loan");
  EXPECT_EQ(both.main_count, 1u);
  EXPECT_TRUE(resolve(kingsmead, {{"group", "Loans"}}).owes.empty());  // no main rule: unknown
}

TEST(Audience, ASharedAccountIsSharedEvenWhereTheRulesForgetItA33) {
  const Audience login = resolve(kKingsmead, {{"role", "student"}, {"kind", "shared"}});
  EXPECT_TRUE(login.shared);
  EXPECT_FALSE(login.exempt);
}

TEST(Audience, AnExemptRuleHasANameOfItsOwn) {
  AudienceRule service = rule({"kind:service"}, {});
  service.exempt = true;
  const Audience account = resolve(school({service}), {{"kind", "service"}});
  EXPECT_TRUE(account.exempt);
  EXPECT_EQ(account.name, "exempt");
}

TEST(Audience, TheStageChoosesTheReadingBand) {
  School oakfield = school({rule({"*"}, {"student"})});
  oakfield.style_of_stage = {{"ks1", Style::Ks1}, {"ks2", Style::Ks2}};
  EXPECT_EQ(resolve(oakfield, {{"stage", "KS2"}}).style, Style::Ks2);
  EXPECT_EQ(resolve(oakfield, {{"stage", "ks3"}}).style, Style::Std);
  EXPECT_EQ(resolve(oakfield, {{"stage", "ks3"}}).stage, "ks3");
  EXPECT_EQ(resolve(oakfield, {}).style, Style::Std);
}

TEST(PolicySettings, AreHumaneAndObserveWhenNothingIsConfigured) {
  const PolicySettings& settings = kCarre.settings({"student"});
  EXPECT_EQ(settings.enforcement, Enforcement::Observe);
  EXPECT_TRUE(settings.on_decline.let_in);
  EXPECT_TRUE(settings.on_help.let_in);
}

TEST(Enforcement, ReadsWhatItWritesAndNothingElse) {
  for (const auto each : {Enforcement::Observe, Enforcement::Ask, Enforcement::Enforce})
    EXPECT_EQ(parse_enforcement(to_text(each)).value(), each);
  for (const char* bad : {"", "Enforce", "off", "enforced"}) EXPECT_FALSE(parse_enforcement(bad));
}

TEST(Profile, HasOneCanonicalTextWhateverTheOrder) {
  const Profile mixed = {{"role", "student"}, {"group", "b"}, {"group", "a=b"}, {"group", "b"}};
  EXPECT_EQ(to_text(mixed), "group=a=b\ngroup=b\nrole=student\n");
  EXPECT_EQ(to_text(parse_profile(to_text(mixed))), to_text(mixed));
  EXPECT_EQ(parse_profile("group=a=b\n"), (Profile{{"group", "a=b"}}));
  EXPECT_TRUE(parse_profile("").empty());
}

}  // namespace
}  // namespace assent
