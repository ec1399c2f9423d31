// What radclient is told, and what its answers mean. tests/integration/test_radius_disconnect.py
// has a real access point.
#include "service/radius/radclient.h"

#include <gtest/gtest.h>

namespace assent::radius {
namespace {

const Time kNow = parse_rfc3339("2026-11-02T08:00:00.500Z").value();

GuestSessionRow stay() {
  GuestSessionRow out;
  out.device = "02-00-00-00-00-01";
  out.nas = "ap-hall";
  out.nas_session = "5F1A:7";
  return out;
}
Code code_of(const std::string& output) {
  return read_disconnect({1, output}, Nas{}).error().code;
}

TEST(Radclient, IsToldWhichSession) {
  EXPECT_EQ(disconnect_attributes(stay(), kNow),
            "Calling-Station-Id = \"02-00-00-00-00-01\"\n"
            "Acct-Session-Id = \"5F1A:7\"\n"
            "NAS-Identifier = \"ap-hall\"\n"
            "Event-Timestamp = 1793606400\n"
            "Message-Authenticator = 0x00\n");
}

TEST(Radclient, IsToldNoAttributeThatAnAccessPointMadeUp) {
  for (const char* text : {"a\"\nUser-Name = \"b", "`id`", "%{exec:id}", "a b", ""}) {
    GuestSessionRow odd = stay();
    odd.nas_session = text;
    EXPECT_EQ(disconnect_attributes(odd, kNow).find("Acct-Session-Id"), std::string::npos) << text;
  }
}

TEST(Radclient, KnowsWhatBecameOfIt) {
  EXPECT_TRUE(
      read_disconnect({0, "Sent Disconnect-Request Id 1\nReceived Disconnect-ACK Id 1\n"}, Nas{}));
  EXPECT_EQ(code_of("Received Disconnect-NAK Id 1\n\tError-Cause = Session-Context-Not-Found\n"),
            Code::NotFound);
  EXPECT_EQ(code_of("Received Disconnect-NAK Id 1\n\tError-Cause = Administratively-Prohibited\n"),
            Code::Denied);
  EXPECT_EQ(code_of("(0) No reply from server for ID 1 socket 3\n"), Code::Unavailable);
  EXPECT_EQ(code_of(""), Code::Unavailable);
}

TEST(Radclient, ThatIsNotInstalledIsUnavailable) {
  EXPECT_EQ(Radclient("/no/such/radclient").cut(Nas{}, stay(), kNow).error().code,
            Code::Unavailable);
}

}  // namespace
}  // namespace assent::radius
