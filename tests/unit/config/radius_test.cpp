// [radius] and [[nas]], as the files say them: every key, every kind of mistake.
#include <gtest/gtest.h>

#include "service/config/config.h"

namespace assent {
namespace {

const std::string kService =
    "origin = \"aup.example/log\"\ntrust = \"example\"\nlog_key = \"log.key\"\n";
const std::string kSchool =
    "title = \"Example\"\naudience = [{ who = \"role:student\", owes = [\"student\"] }]\n";
const std::string kNas = "[[nas]]\nname = \"ap-hall\"\n";

Result<ServiceSettings> service(const std::string& text) {
  return parse_service(kService + text, "assent.toml");
}
Result<SchoolConfig> school(const std::string& text) {
  return parse_school(kSchool + text, "schools/x.toml", {"x"}, "Europe/London");
}
void expect_fault(const std::string& text, const std::string& says) {
  const auto read = school(text);
  ASSERT_FALSE(read) << text;
  EXPECT_EQ(read.error().code, Code::Invalid);
  EXPECT_NE(read.error().message.find(says), std::string::npos) << read.error().message;
}

TEST(RadiusConfig, NobodyIsListenedToUnlessTheFileSaysSo) {
  EXPECT_FALSE(service("")->radius);
  EXPECT_TRUE(school("")->nases.empty());
}

TEST(RadiusConfig, TheListenerIsOnTheLoopbackAndHasASecret) {
  const auto read = service("[radius]\nsecret_file = \"secrets/radius\"\n").value().radius.value();
  EXPECT_EQ(read.address, "127.0.0.1");
  EXPECT_EQ(read.port, 8311);
  EXPECT_EQ(read.secret_file, "secrets/radius");
  EXPECT_FALSE(read.mschapv2);
  EXPECT_TRUE(service("[radius]\nsecret_file = \"s\"\nmschapv2 = true\n")->radius->mschapv2);
  EXPECT_EQ(service("[radius]\nsecret_file = \"s\"\naddress = \"::1\"\nport = 1\n")->radius->port,
            1);
  EXPECT_FALSE(service("[radius]\n"));
  EXPECT_FALSE(service("[radius]\nsecret_file = \"s\"\naddress = \"0.0.0.0\"\n"));
  EXPECT_FALSE(service("[radius]\nsecret_file = \"s\"\nsecret = \"x\"\n"));
}

TEST(RadiusConfig, AnAccessPointIsToldLittleWhereLittleIsSaid) {
  const Nas read = school(kNas)->nases.at(0);
  Nas expected;
  expected.name = "ap-hall";
  EXPECT_EQ(read, expected);
  EXPECT_FALSE(can_quarantine(read));
}

TEST(RadiusConfig, EveryKeyOfAnAccessPointIsRead) {
  const Nas read = school(kNas + R"(
address         = "10.20.0.5"
coa_port        = 1700
secret_file     = "secrets/ap-hall"
guest_vlan      = 210
quarantine_vlan = 299
filter_id       = true
idle            = "15m"
interim         = "10m"
down_kbit       = 10000
up_kbit         = 2000
)")
                       ->nases.at(0);
  EXPECT_EQ(read.address, "10.20.0.5");
  EXPECT_EQ(read.coa_port, 1700);
  EXPECT_EQ(read.secret_file, "secrets/ap-hall");
  EXPECT_EQ(read.guest_vlan, 210u);
  EXPECT_EQ(read.quarantine_vlan, 299u);
  EXPECT_TRUE(read.filter_id);
  EXPECT_EQ(read.idle, minutes{15});
  EXPECT_EQ(read.interim, minutes{10});
  EXPECT_EQ(read.down_kbit, 10'000u);
  EXPECT_EQ(read.up_kbit, 2'000u);
}

TEST(RadiusConfig, MistakesAreNamedWithTheirPlace) {
  expect_fault("[[nas]]\n", "nas[1].name");
  expect_fault("[[nas]]\nname = \"%{exec:id}\"\n", "nas[1].name");
  expect_fault(kNas + "address = \"ap.example\"\nsecret_file = \"s\"\n", "nas[1].address");
  expect_fault(kNas + "address = \"10.0.0.1\"\n", "nas[1].secret_file");
  expect_fault(kNas + "secret_file = \"s\"\n", "nas[1].address");
  expect_fault(kNas + "guest_vlan = 4095\n", "nas[1].guest_vlan");
  expect_fault(kNas + "guest_vlan = 5\nquarantine_vlan = 5\n", "nas[1].quarantine_vlan");
  expect_fault(kNas + "interim = \"2h\"\n", "nas[1].interim");
  expect_fault(kNas + "vlan = 1\n", "nas[1].vlan");
  expect_fault(kNas + kNas, "nas[2].name");
}

}  // namespace
}  // namespace assent
