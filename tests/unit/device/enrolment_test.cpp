#include "core/device/enrolment.h"

#include "core/client/http_client.h"
#include "core/wire/device.h"
#include "tests/support/kept_state.h"
#include "tests/support/tiny_server.h"
#include "tests/unit/device/fixture.h"

namespace assent::device {
namespace {

using support::KeptState;
using testing::Connection;
using testing::TinyServer;

HttpClient client(const std::string& url) {
  return HttpClient::make({.base_url = url}).value();
}

std::string good_reply() {
  const Enrolled given = identity().enrolled;
  return wire::to_json(
      wire::EnrolReply{given.device, given.name, given.school, to_text(given.log_key)});
}

TEST(Enrolment, SendsAProofOfTheKeyMadeHereAndKeepsTheAnswer) {
  KeptState state;
  CountingRandom random;
  std::string seen;
  TinyServer server([&](Connection& connection) {
    seen = connection.read_request();
    connection.reply(200, good_reply());
  });
  const auto enrolled = enrol(client(server.url()), state, "7K4M-2PXQ", random);
  ASSERT_TRUE(enrolled) << enrolled.error().message;
  EXPECT_EQ(enrolled->name, "LIB-0039");
  const auto sent = wire::parse_enrol_request(seen.substr(seen.find("\r\n\r\n") + 4)).value();
  EXPECT_EQ(sent.code, "7K4M-2PXQ");
  EXPECT_TRUE(verify(sent.public_key, bytes_of(wire::enrol_statement(sent.code, sent.public_key)),
                     sent.proof));
  const Identity kept = load_identity(state).value();
  EXPECT_EQ(kept.key.public_key(), sent.public_key);
  EXPECT_EQ(to_text(kept.enrolled.log_key), to_text(identity().enrolled.log_key));
}

TEST(Enrolment, UsesTheSameKeyAfterATryThatFailed) {
  KeptState state;
  CountingRandom random;
  TinyServer server([](Connection& connection) {
    connection.read_request();
    connection.reply(403, R"({"type":"urn:assent:denied","title":"No","status":403,)"
                          R"("detail":"this code was used"})");
  });
  const auto refused = enrol(client(server.url()), state, "7K4M-2PXQ", random);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Code::Denied);
  EXPECT_NE(refused.error().message.find("this code was used"), std::string::npos);
  EXPECT_EQ(load_identity(state).error().code, Code::NotFound);
  const PublicKey first = load_or_make_key(state, random).value().public_key();
  EXPECT_EQ(load_or_make_key(state, random).value().public_key(), first);
}

TEST(Enrolment, HappensOnce) {
  KeptState state;
  CountingRandom random;
  ASSERT_TRUE(save_enrolled(state, identity().enrolled));
  const auto again = enrol(client("http://127.0.0.1:9"), state, "7K4M-2PXQ", random);
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().code, Code::Conflict);
}

TEST(Enrolment, BelievesNoDamagedFile) {
  KeptState state;
  CountingRandom random;
  ASSERT_TRUE(load_or_make_key(state, random));
  ASSERT_TRUE(state.replace("device.json", "{\"device\":\"d_x\"}"));
  EXPECT_FALSE(load_identity(state));
  ASSERT_TRUE(save_enrolled(state, identity().enrolled));
  EXPECT_TRUE(load_identity(state));
  ASSERT_TRUE(state.replace("device.key", "abcd"));
  EXPECT_EQ(load_identity(state).error().code, Code::Corrupt);
}

TEST(AStateFolder, KeepsWhatItIsGiven) {
  KeptState state;
  support::keeps_what_it_is_given(state);
}

}  // namespace
}  // namespace assent::device
