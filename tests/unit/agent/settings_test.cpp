// What the agent reads and keeps on a Linux machine.
#include "pam-module/agent/settings.h"

#include <sys/stat.h>

#include <filesystem>

#include "core/device/identity.h"
#include "core/files/files.h"
#include "pam-module/agent/private_state.h"
#include "tests/support/kept_state.h"
#include "tests/unit/agent/temporary_folder.h"
#include "tests/unit/device/fixture.h"

namespace assent::agent {
namespace {

TEST(PrivateFiles, KeepWhatTheyAreGiven) {
  const TemporaryFolder folder;
  PrivateState state(folder.path() + "/made");
  support::keeps_what_it_is_given(state);
}

TEST(PrivateFiles, KeepTheKeyForItsOwnerAlone) {
  const TemporaryFolder folder;
  PrivateState state(folder.path());
  device::CountingRandom random;
  ASSERT_TRUE(device::load_or_make_key(state, random));
  const std::string key = folder.path() + "/device.key";
  struct stat found;
  ASSERT_EQ(stat(key.c_str(), &found), 0);
  EXPECT_EQ(found.st_mode & 07777, 0600u);
  ASSERT_EQ(chmod(key.c_str(), 0640), 0);
  EXPECT_EQ(device::load_or_make_key(state, random).error().code, Code::Denied);
}

TEST(PrivateFiles, AreNeverALinkOrAPipe) {
  const TemporaryFolder folder;
  const PrivateState state(folder.path());
  const std::string key = folder.path() + "/device.key";
  std::filesystem::create_symlink("/etc/hostname", key);
  EXPECT_EQ(state.read("device.key").error().code, Code::Denied);
  std::filesystem::remove(key);
  ASSERT_EQ(mkfifo(key.c_str(), 0600), 0);
  EXPECT_EQ(state.read("device.key").error().code, Code::Invalid);
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
