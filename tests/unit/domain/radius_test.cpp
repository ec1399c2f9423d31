// What an access point is told of a guest, and that nothing else can be (issue 4, point 3).
#include "service/domain/radius.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

namespace assent {
namespace {

const Time kNow = parse_rfc3339("2026-11-02T08:00:00.000Z").value();

Nas nas() {
  Nas out;
  out.name = "ap-hall";
  out.guest_vlan = 210;
  out.quarantine_vlan = 299;
  out.filter_id = true;
  return out;
}
Admission guest(milliseconds left = hours{2}) {
  return {kNow + left, false, "visitor", "sealed"};
}
using Told = std::optional<std::string>;
Told told(const RadiusAttributes& all, RadiusName name) {
  const auto found = std::ranges::find(all, name, &RadiusAttribute::name);
  return found == all.end() ? std::nullopt : Told{found->value};
}

TEST(Radius, AGuestIsToldToStayOnTheirNetworkUntilTheirEnd) {
  const auto all = admit(guest(), nas(), kNow).value();
  EXPECT_EQ(told(all, RadiusName::SessionTimeout), "7200");
  EXPECT_EQ(told(all, RadiusName::TerminationAction), "Default");
  EXPECT_EQ(told(all, RadiusName::InterimInterval), "300");
  EXPECT_EQ(told(all, RadiusName::Class), "sealed");
  EXPECT_EQ(told(all, RadiusName::FilterId), "visitor");
  EXPECT_EQ(told(all, RadiusName::TunnelType), "VLAN");
  EXPECT_EQ(told(all, RadiusName::TunnelMediumType), "IEEE-802");
  EXPECT_EQ(told(all, RadiusName::TunnelPrivateGroupId), "210");
  EXPECT_EQ(told(all, RadiusName::IdleTimeout), std::nullopt);
  EXPECT_EQ(told(all, RadiusName::BandwidthMaxDown), std::nullopt);
}

TEST(Radius, ASessionNeverOutlivesItsGuest) {
  EXPECT_EQ(
      told(*admit(guest(seconds{90} + milliseconds{999}), nas(), kNow), RadiusName::SessionTimeout),
      "90");
  EXPECT_TRUE(admit(guest(seconds{60}), nas(), kNow));
  EXPECT_EQ(admit(guest(milliseconds{59'999}), nas(), kNow).error().code, Code::Denied);
  EXPECT_EQ(admit(guest(-hours{1}), nas(), kNow).error().code, Code::Denied);
}

TEST(Radius, WhoOwesRulesIsKeptApartForFiveMinutes) {
  Admission who = guest();
  who.owes = true;
  const auto all = admit(who, nas(), kNow).value();
  EXPECT_EQ(told(all, RadiusName::SessionTimeout), "300");
  EXPECT_EQ(told(all, RadiusName::FilterId), "aup-only");
  EXPECT_EQ(told(all, RadiusName::TunnelPrivateGroupId), "299");
  who.until = kNow + seconds{100};
  EXPECT_EQ(told(*admit(who, nas(), kNow), RadiusName::SessionTimeout), "100");
}

TEST(Radius, WhoOwesRulesStaysOutWhereNothingKeepsThemApart) {
  Admission who = guest();
  who.owes = true;
  Nas plain = nas();
  plain.quarantine_vlan.reset();
  plain.filter_id = false;
  EXPECT_EQ(admit(who, plain, kNow).error().code, Code::Denied);
  plain.filter_id = true;
  const auto all = admit(who, plain, kNow).value();
  EXPECT_EQ(told(all, RadiusName::FilterId), "aup-only");
  EXPECT_EQ(told(all, RadiusName::TunnelPrivateGroupId), std::nullopt);  // never the guests' own
}

TEST(Radius, AnAccessPointIsToldWhatItCanDoAndNoMore) {
  Nas plain;
  plain.name = "ap-old";
  const auto all = admit(guest(), plain, kNow).value();
  std::set<RadiusName> names;
  for (const RadiusAttribute& each : all) names.insert(each.name);
  EXPECT_EQ(names, (std::set{RadiusName::SessionTimeout, RadiusName::TerminationAction,
                             RadiusName::InterimInterval, RadiusName::Class}));
  Nas full = nas();
  full.idle = minutes{15};
  full.down_kbit = 10'000;
  full.up_kbit = 2'000;
  const auto more = admit(guest(), full, kNow).value();
  EXPECT_EQ(told(more, RadiusName::IdleTimeout), "900");
  EXPECT_EQ(told(more, RadiusName::BandwidthMaxDown), "10000000");
  EXPECT_EQ(told(more, RadiusName::BandwidthMaxUp), "2000000");
}

TEST(Radius, AFilterIdIsNotSentWithoutALevel) {
  Admission who = guest();
  who.level.clear();
  EXPECT_EQ(told(*admit(who, nas(), kNow), RadiusName::FilterId), std::nullopt);
}

TEST(Radius, ADenialSaysNothingOfItsReason) {
  ASSERT_EQ(radius_denial().size(), 1u);
  EXPECT_EQ(radius_denial().front().name, RadiusName::ReplyMessage);
}

TEST(Radius, EveryNameIsOneThatFreeRadiusTakes) {
  std::set<std::string_view> names;
  for (unsigned i = 0; i <= unsigned(RadiusName::Cut); ++i) names.insert(to_text(RadiusName(i)));
  EXPECT_EQ(names.size(), unsigned(RadiusName::Cut) + 1);
  for (const auto name : names)
    EXPECT_TRUE(name.starts_with("reply:") || name.starts_with("control:")) << name;
}

TEST(Station, HasOneSpelling) {
  for (const char* text :
       {"02-00-5e-10-00-0a", "02:00:5E:10:00:0A", "0200.5e10.000a", "02005e10000a"})
    EXPECT_EQ(parse_station(text), "02-00-5E-10-00-0A") << text;
}

TEST(Station, IsNothingElse) {
  for (const char* text : {"", "02-00-5e-10-00", "02-00-5e-10-00-0a-0b", "02-00-5e-10-00-0g",
                           "02-00-5e-10-00-0a ", "%{exec:/usr/bin/id}", "-:.-:."})
    EXPECT_EQ(parse_station(text), "") << text;
}

}  // namespace
}  // namespace assent
