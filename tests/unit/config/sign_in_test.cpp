// [signin] of assent.toml: nobody signs in to pages without it, and only by the edge's word.

#include <gtest/gtest.h>

#include "service/config/config.h"

namespace assent {
namespace {

constexpr const char* kService =
    "origin = \"x.example/log\"\ntrust = \"x\"\nlog_key = \"keys/log.key\"\n";

Result<ServiceSettings> read(const std::string& more) {
  return parse_service(kService + more, "assent.toml");
}

TEST(SignInSection, SaysWhoVouchesAndHowPeopleAreFound) {
  const auto said = read(
      "edge_secret = \"edge\"\n[signin]\nissuer = \"https://id.example/v2.0\"\n"
      "source = \"entra_oid\"\n");
  ASSERT_TRUE(said) << said.error().message;
  EXPECT_EQ(said->sign_in.issuer, "https://id.example/v2.0");
  EXPECT_EQ(said->sign_in.source, "entra_oid");
  EXPECT_EQ(read("")->sign_in.issuer, "");
}

TEST(SignInSection, RefusesWhatWouldLetTheWrongPeopleIn) {
  const std::string edge = "edge_secret = \"edge\"\n", source = "source = \"login\"\n";
  for (const std::string& wrong :
       {"[signin]\nissuer = \"https://id\"\n" + source,          // no edge that proves itself
        edge + "[signin]\nissuer = \"http://id\"\n" + source,    // not over TLS
        edge + "[signin]\nissuer = \"https://id \"\n" + source,  // not as anybody spells it
        edge + "[signin]\nissuer = \"https://id\"\n",            // found how?
        edge + "[signin]\n" + source,                            // by whose word?
        edge + "[signin]\nissuer = \"https://id\"\nanybody = 1\n" + source})
    EXPECT_FALSE(read(wrong)) << wrong;
}

}  // namespace
}  // namespace assent
