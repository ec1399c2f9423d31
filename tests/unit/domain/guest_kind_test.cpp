// What a kind of guest must say, and that no kind's level is looser than a pupil's. R14, A21.
#include "service/domain/guest_kind.h"

#include <gtest/gtest.h>

#include "service/domain/guest_level.h"
#include "tests/unit/domain/guest_kinds.h"

namespace assent {
namespace {

TEST(GuestKinds, NoneIsWithoutAnEndOrSomebodyWhoAnswersR14) {
  struct Row {
    std::string expected;
    void (*spoil)(GuestKind&);
  };
  const Row rows[] = {
      {"longest_stay is missing", [](GuestKind& k) { k.longest_stay = minutes{0}; }},
      {"longest_stay is missing", [](GuestKind& k) { k.longest_stay = minutes{-5}; }},
      {"longest_stay is too long", [](GuestKind& k) { k.longest_stay = days{366}; }},
      {"longest_stay is too long",
       [](GuestKind& k) {
         k.counts_from = GuestStart::Window;
         k.longest_stay = days{277};
       }},
      {"use_within is missing", [](GuestKind& k) { k.counts_from = GuestStart::FirstLogin; }},
      {"use_within goes with counts_from", [](GuestKind& k) { k.use_within = hours{1}; }},
      {"extend must say how often", [](GuestKind& k) { k.extensions = 0; }},
      {"extend must say how often", [](GuestKind& k) { k.longest_extension = minutes{0}; }},
      {"issue is missing", [](GuestKind& k) { k.issue.clear(); }},
      {"request alone may name \"self\"", [](GuestKind& k) { k.issue = {"self"}; }},
      {"request alone may name \"self\"", [](GuestKind& k) { k.sponsor = {"self"}; }},
      {"sponsor is missing", [](GuestKind& k) { k.request = {"self"}; }},
      {"pool \"Supply 1\" must be a login", [](GuestKind& k) { k.pool = {"Supply 1"}; }},
      {"pool \"\" must be a login", [](GuestKind& k) { k.pool = {""}; }},
      {"pool names \"s1\" twice",
       [](GuestKind& k) {
         k.pool = {"s1", "s1"};
       }},
      {"pool accounts are lent at once",
       [](GuestKind& k) {
         k.pool = {"s1"};
         k.counts_from = GuestStart::Window;
       }},
      {"hours must begin before they end",
       [](GuestKind& k) {
         k.hours = DailyHours{hours{9}, hours{9}};
       }},
      {"hours must begin before they end",
       [](GuestKind& k) {
         k.hours = DailyHours{hours{8}, hours{9}, 0};
       }},
      {"devices must be 1 to 20", [](GuestKind& k) { k.devices = 0; }},
      {"live_per_host must be 1 to 1000", [](GuestKind& k) { k.live_per_host = 0; }},
  };
  EXPECT_FALSE(check_guest_kind(GuestKind{}));
  for (const Row& row : rows) {
    GuestKind kind = visitor_kind();
    ASSERT_TRUE(check_guest_kind(kind));
    row.spoil(kind);
    const Status status = check_guest_kind(kind);
    ASSERT_FALSE(status) << row.expected;
    EXPECT_TRUE(status.error().message.starts_with(row.expected)) << status.error().message;
  }
  for (const GuestKind& kind : {sponsored_kind(), code_kind(), window_kind(), pool_kind()})
    EXPECT_TRUE(check_guest_kind(kind)) << kind.name;
}

TEST(GuestKinds, SpansAndTimesOfDayAreReadAndSaid) {
  EXPECT_EQ(parse_span("90m").value(), minutes{90});
  EXPECT_EQ(parse_span("8h").value(), hours{8});
  EXPECT_EQ(parse_span("366d").value(), days{366});
  for (const char* text : {"", "h", "0h", "-1h", "8", "8 h", "367d", "99999999999h", "1w", "8h "})
    EXPECT_FALSE(parse_span(text)) << text;
  EXPECT_EQ(span_words(minutes{90}), "90 minutes");
  EXPECT_EQ(span_words(minutes{60}), "1 hour");
  EXPECT_EQ(span_words(hours{8}), "8 hours");
  EXPECT_EQ(span_words(days{14}), "14 days");
  EXPECT_EQ(parse_minute_of_day("07:30").value(), minutes{450});
  EXPECT_EQ(parse_minute_of_day("24:00").value(), hours{24});
  for (const char* text : {"", "7:30", "24:01", "08:60", "ab:cd", "07-30", "-7:30", "07:30:00"})
    EXPECT_FALSE(parse_minute_of_day(text)) << text;
  for (const GuestStart start : {GuestStart::Creation, GuestStart::FirstLogin, GuestStart::Window})
    EXPECT_EQ(parse_guest_start(to_text(start)).value(), start);
  EXPECT_FALSE(parse_guest_start("now"));
}

LevelRule rule(std::vector<std::string> audience, std::vector<std::string> stage,
               std::string level) {
  LevelRule out;
  out.audience = std::move(audience);
  out.stage = std::move(stage);
  out.level = std::move(level);
  return out;
}
LevelRule guests_at(const std::string& level, std::vector<std::string> audience = {}) {
  LevelRule out = rule(std::move(audience), {}, level);
  out.guest = true;
  return out;
}

// Pupils have a level for each stage they may be in, and none that is for everybody.
School school(std::vector<LevelRule> guest_rules) {
  School out;
  AudienceRule pupils, visitors, programs;
  pupils.who = {"role:student", "group:Young"};
  pupils.owes = {{"student"}};
  visitors.who = {"role:visitor"};
  visitors.owes = {{"visitor"}};
  programs.who = {"kind:service"};
  programs.name = "programs";
  programs.exempt = true;
  out.audience = {programs, pupils, visitors};
  out.style_of_stage = {{"ks2", Style::Ks2}};
  out.levels.levels = {"unsigned", "supervised", "visitor", "ks2", "ks3", "staff"};
  out.levels.rules = {rule({"student"}, {"ks2"}, "ks2"), rule({"student"}, {"ks3"}, "ks3"),
                      rule({"visitor"}, {}, "ks3")};
  for (LevelRule& each : guest_rules) out.levels.rules.push_back(std::move(each));
  return out;
}
GuestKind pupil_kind(std::string stage) {
  GuestKind out = visitor_kind();
  out.name = "visiting-pupil";
  out.audience = "student";
  out.stage = std::move(stage);
  return out;
}

TEST(GuestLevels, AreNeverLooserThanTheStrictestPupilsA21) {
  EXPECT_EQ(strictest_pupil_level(school({})).value(), "ks2");
  EXPECT_TRUE(check_guest_levels(school({guests_at("visitor")}), {visitor_kind()}));
  EXPECT_TRUE(check_guest_levels(school({guests_at("ks2")}), {visitor_kind()}));
  const Status loose = check_guest_levels(school({guests_at("ks3")}), {visitor_kind()});
  EXPECT_EQ(loose.error().message,
            "guest.visitor would be at level \"ks3\" (rule 4: a guest), looser than \"ks2\", the "
            "strictest pupils' level: give guests a rule of their own, such as { guest = true, "
            "level = \"ks2\" }");
  EXPECT_FALSE(check_guest_levels(school({}), {visitor_kind()})) << "rule 3 is no guest's";
}

TEST(GuestLevels, OfAVisitingPupilIsAPupilsA21) {
  const School own = school({guests_at("ks2", {"student"}), guests_at("visitor")});
  EXPECT_TRUE(check_guest_levels(own, {pupil_kind("ks2"), visitor_kind()}));
  EXPECT_FALSE(check_guest_levels(school({}), {pupil_kind("ks3")}));
  const Audience audience = audience_of(pupil_kind("ks2"), own).value();
  EXPECT_EQ(audience.style, Style::Ks2);
  EXPECT_EQ(audience.owes, std::vector<PolicyName>{{"student"}});
  EXPECT_EQ(audience.main_count, 1u);
  EXPECT_EQ(audience_of(visitor_kind(), own)->style, Style::Std);
}

TEST(GuestLevels, CountWhateverAGuestAnswersA21) {
  School generous = school({});
  LevelRule unsigned_guests = guests_at("staff");
  unsigned_guests.state = AcceptanceState::Unsigned;
  generous.levels.rules.insert(generous.levels.rules.begin(), guests_at("visitor"));
  generous.levels.rules.insert(generous.levels.rules.begin(), unsigned_guests);
  EXPECT_FALSE(check_guest_levels(generous, {visitor_kind()}));

  School outcome = school({});  // no rule on guests: their own "no" would lead to it
  outcome.levels.rules[2].level = "visitor";
  EXPECT_TRUE(check_guest_levels(outcome, {visitor_kind()}));
  outcome.policies[{"visitor"}].on_decline.level = "staff";
  EXPECT_FALSE(check_guest_levels(outcome, {visitor_kind()}));
}

TEST(GuestLevels, NeedAnAudienceOfTheSchool) {
  const School own = school({guests_at("visitor")});
  GuestKind kind = visitor_kind();
  for (const char* audience : {"community", "programs", ""}) {
    kind.audience = audience;
    EXPECT_FALSE(audience_of(kind, own)) << audience;
    EXPECT_FALSE(check_guest_levels(own, {kind})) << audience;
  }
}

TEST(GuestLevels, NeedToKnowWhoThePupilsAre) {
  School unknown = school({guests_at("visitor")});
  unknown.audience[1].who = {"group:Students"};
  EXPECT_FALSE(check_guest_levels(unknown, {visitor_kind()}));
  EXPECT_TRUE(check_guest_levels(unknown, {}));
  unknown.levels = {};
  EXPECT_TRUE(check_guest_levels(unknown, {visitor_kind()})) << "the filter is left alone";
}

}  // namespace
}  // namespace assent
