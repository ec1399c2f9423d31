// RADIUS in rlm_rest's JSON, as FreeRADIUS 3.2 sends and takes it.
#include "service/radius/rest_json.h"

#include <gtest/gtest.h>

#include "core/formats/json.h"

namespace assent::radius {
namespace {

TEST(RadiusJson, ARequestIsReadAsItComes) {
  const auto read = parse_radius_request(R"({
    "User-Name":{"type":"string","value":["v-maple-042"]},
    "User-Password":{"type":"string","value":["maple-robin-tunnel-sixpence"]},
    "NAS-IP-Address":{"type":"ipaddr","value":["127.0.0.1"]},
    "NAS-Port":{"type":"integer","value":[0]},
    "Called-Station-Id":{"type":"string","value":["0A-00-00-00-00-AA:School-Guest"]},
    "Calling-Station-Id":{"type":"string","value":["02:00:00:00:00:0a"]},
    "NAS-Identifier":{"type":"string","value":["ap-reception"]},
    "Event-Timestamp":{"type":"date","value":["Nov 21 2026 20:32:51 UTC"]},
    "Message-Authenticator":{"type":"octets","value":["0x2a1e"]}})");
  RadiusRequest expected;
  expected.user = "v-maple-042";
  expected.password = "maple-robin-tunnel-sixpence";
  expected.device = "02-00-00-00-00-0A";
  expected.nas = "ap-reception";
  EXPECT_EQ(*read, expected);
}

TEST(RadiusJson, AccountingIsReadAsItComes) {
  const auto read = parse_radius_request(R"({
    "Acct-Status-Type":{"type":"integer","value":["Interim-Update"]},
    "Acct-Session-Id":{"type":"string","value":["5F1A"]},
    "Acct-Terminate-Cause":{"type":"integer","value":["User-Request"]},
    "Framed-IP-Address":{"type":"ipaddr","value":["10.0.0.7"]},
    "Class":{"type":"octets","value":["0x6173","0x6174"]}})");
  EXPECT_EQ(read->status, RadiusStatus::Interim);
  EXPECT_EQ(read->nas_session, "5F1A");
  EXPECT_EQ(read->cause, "User-Request");
  EXPECT_EQ(read->address, "10.0.0.7");
  EXPECT_EQ(read->classes, (std::vector<std::string>{"as", "at"}));
}

// As FreeRADIUS 3.2.1 says how its check of MSCHAPv2 went.
TEST(RadiusJson, ACheckIsRightWhereItSaysSoAndNowhereElse) {
  const auto is_checked = [](const std::string& value) {
    return parse_radius_request(R"({"Tmp-Integer-0":{"type":"integer","value":)" + value + "}}")
        ->is_checked;
  };
  EXPECT_TRUE(is_checked("[1]"));
  EXPECT_TRUE(is_checked("[\"1\"]"));
  for (const char* other : {"[0]", "[true]", "[2]", "[]", "[1,1]", "1", "[\"\"]", "[\"01\"]"})
    EXPECT_FALSE(is_checked(other)) << other;
  EXPECT_EQ(parse_radius_request(R"({"Tmp-String-0":{"type":"string","value":["7f"]}})")->proof,
            "7f");
}

TEST(RadiusJson, WhatIsOfNoUseIsAsIfItWereNotThere) {
  const std::string lengthy(254, 'a');
  for (const std::string& value :
       {std::string("[]"), std::string("7"), std::string("{}"), "[\"" + lengthy + "\"]",
        std::string(R"(["a\u0000b"])"), std::string("[[\"a\"]]"), std::string("[7]")}) {
    const auto read = parse_radius_request(R"({"User-Name":{"type":"string","value":)" + value +
                                           R"(},"Class":{"type":"octets","value":)" + value + "}}");
    ASSERT_TRUE(read) << value;
    EXPECT_EQ(*read, RadiusRequest{}) << value;
  }
}

TEST(RadiusJson, OnlyAnObjectIsARequest) {
  for (const char* text : {"", "[]", "7", "{", "{\"a\":1,\"a\":2}", "{\"a\":\"\xff\"}"})
    EXPECT_EQ(parse_radius_request(text).error().code, Code::Invalid) << text;
}

// Fact 0.2: a value of %{exec:…} ran a program where do_xlat was left to its default.
TEST(RadiusJson, NoAttributeIsExpanded) {
  const RadiusAttributes all = {{RadiusName::SessionTimeout, "60"},
                                {RadiusName::FilterId, "%{exec:/usr/bin/id}"},
                                {RadiusName::Class, "as"},
                                {RadiusName::Cut, "1"}};
  EXPECT_EQ(to_radius_json(all),
            R"({"reply:Session-Timeout":{"do_xlat":false,"value":"60"},)"
            R"("reply:Filter-Id":{"do_xlat":false,"value":"%{exec:/usr/bin/id}"},)"
            R"("reply:Class":{"do_xlat":false,"value":"0x6173"},)"
            R"("control:Tmp-Integer-0":{"do_xlat":false,"value":"1"}})");
  const Value written = parse_json(to_radius_json(all)).value();
  for (const auto& [name, attribute] : *written.object()) {
    ASSERT_TRUE(attribute.find("do_xlat") && attribute.find("do_xlat")->boolean()) << name;
    EXPECT_FALSE(*attribute.find("do_xlat")->boolean()) << name;
  }
}

}  // namespace
}  // namespace assent::radius
