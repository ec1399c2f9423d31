// [[gateway]], as a school's file says it: every kind, every kind of mistake.
#include <gtest/gtest.h>

#include "service/config/config.h"

namespace assent {
namespace {

const std::string kClients = "clients = \"10.20.0.0/16\"\n";
const std::string kHall = "[[gateway]]\nname = \"hall\"\nkind = \"opennds\"\n" + kClients;
const std::string kUniFi =
    "[[gateway]]\nname = \"unifi\"\nkind = \"unifi\"\nsecret_file = \"k\"\n" + kClients;
const std::string kMeraki = "[[gateway]]\nname = \"meraki\"\nkind = \"meraki\"\n" + kClients;

Result<SchoolConfig> gateways(const std::string& text) {
  return parse_school(
      "title = \"Example\"\naudience = [{ who = \"role:student\", owes = [\"student\"] }]\n" + text,
      "schools/x.toml", {"x"}, "Europe/London");
}
GatewaySettings only(const std::string& text) {
  const auto read = gateways(text);
  EXPECT_TRUE(read) << read.error().message;
  return read->gateways.at(0);
}
void expect_wrong(const std::string& text, const std::string& says) {
  const auto read = gateways(text);
  ASSERT_FALSE(read) << text;
  EXPECT_EQ(read.error().code, Code::Invalid);
  EXPECT_NE(read.error().message.find(says), std::string::npos) << read.error().message;
}

TEST(GatewayConfig, ThereIsNoneUnlessTheFileSaysSo) {
  EXPECT_TRUE(gateways("")->gateways.empty());
}

TEST(GatewayConfig, ReadsEveryKind) {
  const GatewaySettings hall =
      only(kHall + "secret_file = \"f\"\naddress = [\"10.20.0.1\", \"2001:db8::1\"]\n");
  EXPECT_EQ(hall.kind, GatewayKind::OpenNds);
  EXPECT_TRUE(hall.clients.at(0).contains("10.20.7.7"));
  EXPECT_EQ(hall.addresses, (std::vector<std::string>{"10.20.0.1", "2001:db8::1"}));
  const GatewaySettings unifi =
      only(kUniFi + "url = \"https://u.test\"\nca_file = \"ca.pem\"\nsite = \"88f7-af54\"\n");
  EXPECT_EQ(unifi.kind, GatewayKind::UniFi);
  EXPECT_EQ(unifi.url, "https://u.test");
  EXPECT_EQ(unifi.ca_file, "ca.pem");
  EXPECT_EQ(unifi.site, "88f7-af54");
  EXPECT_EQ(only(kMeraki).hosts, std::vector<std::string>{"network-auth.com"});
  EXPECT_EQ(only(kMeraki + "hosts = \"splash.test\"\n").hosts,
            std::vector<std::string>{"splash.test"});
}

TEST(GatewayConfig, MistakesAreNamedWithTheirPlace) {
  expect_wrong("[[gateway]]\n", "gateway[1].name");
  expect_wrong("[[gateway]]\nname = \"../x\"\nkind = \"meraki\"\n", "gateway[1].name");
  expect_wrong("[[gateway]]\nname = \"hall\"\nkind = \"chilli\"\n", "gateway[1].kind");
  expect_wrong("[[gateway]]\nname = \"m\"\nkind = \"meraki\"\n", "gateway[1].clients");
  expect_wrong("[[gateway]]\nname = \"m\"\nkind = \"meraki\"\nclients = [\"10.20.0.1/16\"]\n",
               "gateway[1].clients");
  expect_wrong(kHall + "address = \"10.0.0.1\"\n", "gateway[1].secret_file");
  expect_wrong(kHall + "secret_file = \"f\"\n", "gateway[1].address");
  expect_wrong(kHall + "secret_file = \"f\"\naddress = \"hall.test\"\n", "gateway[1].address");
  expect_wrong(kHall + "secret_file = \"f\"\naddress = \"10.0.0.1\"\nsite = \"x\"\n",
               "gateway[1].site");
  expect_wrong(kUniFi + "url = \"http://u.test\"\nca_file = \"c\"\nsite = \"x\"\n",
               "gateway[1].url");
  expect_wrong(kUniFi + "url = \"https://u.test\"\nsite = \"x\"\n", "gateway[1].ca_file");
  expect_wrong(kUniFi + "url = \"https://u.test\"\nca_file = \"c\"\nsite = \"../x\"\n",
               "gateway[1].site");
  expect_wrong(kMeraki + "hosts = [\"https://x.test\"]\n", "gateway[1].hosts");
  expect_wrong(kMeraki + kMeraki, "gateway[2].name");
}

}  // namespace
}  // namespace assent
