#include "pam-module/agent/enrolment.h"

#include <sys/stat.h>

#include <fstream>

#include "core/files/files.h"
#include "core/wire/device.h"
#include "pam-module/agent/settings.h"
#include "tests/support/tiny_server.h"
#include "tests/unit/agent/fixture.h"

namespace assent::agent {
namespace {

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
  const TemporaryFolder folder;
  CountingRandom random;
  std::string seen;
  TinyServer server([&](Connection& connection) {
    seen = connection.read_request();
    connection.reply(200, good_reply());
  });
  const auto enrolled = enrol(client(server.url()), folder.path(), "7K4M-2PXQ", random);
  ASSERT_TRUE(enrolled) << enrolled.error().message;
  EXPECT_EQ(enrolled->name, "LIB-0039");
  const auto sent = wire::parse_enrol_request(seen.substr(seen.find("\r\n\r\n") + 4)).value();
  EXPECT_EQ(sent.code, "7K4M-2PXQ");
  EXPECT_TRUE(verify(sent.public_key, bytes_of(wire::enrol_statement(sent.code, sent.public_key)),
                     sent.proof));
  const Identity kept = load_identity(folder.path()).value();
  EXPECT_EQ(kept.key.public_key(), sent.public_key);
  EXPECT_EQ(to_text(kept.enrolled.log_key), to_text(identity().enrolled.log_key));
}

TEST(Enrolment, KeepsTheKeyForItsOwnerAlone) {
  const TemporaryFolder folder;
  CountingRandom random;
  ASSERT_TRUE(load_or_make_key(folder.path(), random));
  struct stat found;
  ASSERT_EQ(stat((folder.path() + "/device.key").c_str(), &found), 0);
  EXPECT_EQ(found.st_mode & 07777, 0600u);
  ASSERT_EQ(chmod((folder.path() + "/device.key").c_str(), 0640), 0);
  EXPECT_EQ(load_or_make_key(folder.path(), random).error().code, Code::Denied);
}

TEST(Enrolment, UsesTheSameKeyAfterATryThatFailed) {
  const TemporaryFolder folder;
  CountingRandom random;
  TinyServer server([](Connection& connection) {
    connection.read_request();
    connection.reply(403, R"({"type":"urn:assent:denied","title":"No","status":403,)"
                          R"("detail":"this code was used"})");
  });
  const auto refused = enrol(client(server.url()), folder.path(), "7K4M-2PXQ", random);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Code::Denied);
  EXPECT_NE(refused.error().message.find("this code was used"), std::string::npos);
  EXPECT_EQ(load_identity(folder.path()).error().code, Code::NotFound);
  const PublicKey first = load_or_make_key(folder.path(), random).value().public_key();
  EXPECT_EQ(load_or_make_key(folder.path(), random).value().public_key(), first);
}

TEST(Enrolment, HappensOnce) {
  const TemporaryFolder folder;
  CountingRandom random;
  ASSERT_TRUE(save_enrolled(folder.path(), identity().enrolled));
  const auto again = enrol(client("http://127.0.0.1:9"), folder.path(), "7K4M-2PXQ", random);
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().code, Code::Conflict);
}

TEST(Enrolment, BelievesNoDamagedFile) {
  const TemporaryFolder folder;
  const std::string key = folder.path() + "/device.key", json = folder.path() + "/device.json";
  CountingRandom random;
  ASSERT_TRUE(load_or_make_key(folder.path(), random));
  ASSERT_TRUE(replace_private_file(json, "{\"device\":\"d_x\"}"));
  EXPECT_FALSE(load_identity(folder.path()));
  ASSERT_TRUE(save_enrolled(folder.path(), identity().enrolled));
  EXPECT_TRUE(load_identity(folder.path()));
  ASSERT_TRUE(replace_private_file(key, "abcd"));
  EXPECT_EQ(load_identity(folder.path()).error().code, Code::Corrupt);
  std::filesystem::remove(key);
  std::filesystem::create_symlink("/etc/hostname", key);
  EXPECT_EQ(load_identity(folder.path()).error().code, Code::Denied);
  std::filesystem::remove(key);
  ASSERT_EQ(mkfifo(key.c_str(), 0600), 0);
  EXPECT_EQ(load_identity(folder.path()).error().code, Code::Invalid);
}

TEST(Files, NeverWriteOverAnother) {
  const TemporaryFolder folder;
  ASSERT_TRUE(create_private_file(folder.path() + "/a", "first"));
  EXPECT_EQ(create_private_file(folder.path() + "/a", "second").error().code, Code::Conflict);
  EXPECT_EQ(read_file(folder.path() + "/a", 10, Readable::ByOwnerOnly).value(), "first");
  EXPECT_EQ(read_file(folder.path() + "/a", 4, Readable::ByOwnerOnly).error().code, Code::Invalid);
  EXPECT_TRUE(replace_private_file(folder.path() + "/a", "second"));
  EXPECT_EQ(read_file(folder.path() + "/a", 10, Readable::ByOwnerOnly).value(), "second");
}

TEST(Settings, HaveDefaultsForEverythingButTheService) {
  const auto settings = parse_settings("service = \"http://127.0.0.1:8310\"", "agent.toml");
  ASSERT_TRUE(settings) << settings.error().message;
  EXPECT_EQ(settings->socket, "/run/assent/pam.sock");
  EXPECT_EQ(settings->state_dir, "/var/lib/assent-agent");
  EXPECT_EQ(settings->deadline_ms, 2000);
  EXPECT_EQ(settings->log_level, "info");
}

TEST(Settings, RefuseWhatTheyDoNotKnow) {
  const std::string good = "service = \"https://a.example\"\n";
  for (const char* bad :
       {"", "service = 7", "servce = \"x\"", "service = \"x\"\nport = 7",
        "service = \"x\"\ndeadline_ms = 99", "service = \"x\"\ndeadline_ms = \"3000\"",
        "service = \"x\"\nsocket = \"relative.sock\"", "service = \"x\"\nlog_level = \"loud\"",
        "service = \"x\"\nstate_dir = \"\"", "service = \"x"})
    EXPECT_FALSE(parse_settings(bad, "agent.toml")) << bad;
  const auto error = parse_settings(good + "colour = \"red\"", "agent.toml").error();
  EXPECT_EQ(error.code, Code::Invalid);
  EXPECT_EQ(error.message, "agent.toml: colour is not known here");
  EXPECT_EQ(read_settings("/nonexistent/agent.toml").error().code, Code::NotFound);
}

}  // namespace
}  // namespace assent::agent
