// Slips from the command line: secrets are in the file and nowhere else, and no new secret is made
// for a file that cannot be.

#include "tests/unit/cli/service_script.h"

namespace assent::cli {
namespace {

constexpr const char* kPlace =
    R"({"school":"Kingsmead","wifi":"Guests","portal":"https://aup.example","help":"Ask IT."})";

struct Slips : Desk {
  Slips() {
    script.say("GET /v1/guests/slip", kPlace);
    script.say("POST /v1/guests",
               R"({"issued":true,"guests":[)" + guest("042") + "," + guest("043") + "]}");
    for (const char* number : {"042", "043"})
      script.say("POST /v1/guests/v-maple-" + std::string(number) + "/secret", guest(number));
  }
  static std::string guest(const std::string& number) {
    return R"({"guest":"g_)" + number + R"(","kind":"visitor","name":"Guest )" + number +
           R"(","host":{"person":"p_a","login":"r.ahmed","name":"R Ahmed"},"account":"v-maple-)" +
           number + R"(","until_local":"09 Nov 2026 15:30","passphrase":"robin-tunnel-)" + number +
           R"(","voucher":"7K4M-)" + number + R"("})";
  }
  Ran issue(std::vector<std::string> more) {
    std::vector<std::string> words{"guest", "issue",  "visitor", "Guest", "--count",
                                   "2",     "--host", "r.ahmed", "--why", "science week"};
    words.insert(words.end(), more.begin(), more.end());
    return run(words);
  }
  std::string slips = folder.path("slips.html");
};

void expect_no_secret(const Ran& ran) {
  for (const std::string& text : {ran.out, ran.err})
    for (const char* secret : {"robin-tunnel", "7K4M"}) EXPECT_LACKS(text, secret);
}

TEST_F(Slips, HoldTheSecretsThatTheTerminalIsNotShown) {
  const Ran ran = issue({"--slips", slips});
  EXPECT_EQ(ran.exit, Exit::Done) << ran.err;
  expect_no_secret(ran);
  EXPECT_HAS(ran.out, "2 slips in " + slips);
  EXPECT_HAS(ran.out, "assentctl guest revoke v-maple-042 --why WHY");
  const std::string page = folder.read("slips.html");
  for (const char* said : {"robin-tunnel-042", "robin-tunnel-043", "7K4M-043", "Guests",
                           "aup.example", "Ask IT.", "09 Nov 2026 15:30"})
    EXPECT_HAS(page, said);
  const auto mode = std::filesystem::status(slips).permissions();
  EXPECT_EQ(mode, std::filesystem::perms(0600));
}

TEST_F(Slips, AreAPdfWhereTheNameSaysSo) {
  EXPECT_EQ(issue({"--slips", folder.path("slips.pdf")}).exit, Exit::Done);
  EXPECT_TRUE(folder.read("slips.pdf").starts_with("%PDF-"));
}

TEST_F(Slips, JsonIsWithoutTheSecretsToo) {
  const Ran ran = issue({"--slips", slips, "--json"});
  expect_no_secret(ran);
  EXPECT_HAS(ran.out, R"("account":"v-maple-042")");
}

TEST_F(Slips, AListForAMailMergeHasOneLineForEach) {
  const Ran ran = issue({"--csv", folder.path("merge.csv")});
  expect_no_secret(ran);
  EXPECT_EQ(folder.read("merge.csv"),
            "name,kind,account,passphrase,voucher,until,host,school,wifi,portal\r\n"
            "Guest 042,visitor,v-maple-042,robin-tunnel-042,7K4M-042,09 Nov 2026 15:30,R Ahmed,"
            "Kingsmead,Guests,https://aup.example\r\n"
            "Guest 043,visitor,v-maple-043,robin-tunnel-043,7K4M-043,09 Nov 2026 15:30,R Ahmed,"
            "Kingsmead,Guests,https://aup.example\r\n");
}

TEST_F(Slips, NobodyIsIssuedForAFileThatCannotBe) {
  folder.write("there.pdf", "older");
  for (const char* name : {"there.pdf", "slips.doc", "nowhere/slips.pdf"})
    EXPECT_NE(issue({"--slips", folder.path(name)}).exit, Exit::Done) << name;
  EXPECT_TRUE(script.asked.empty());
  EXPECT_EQ(folder.read("there.pdf"), "older");
}

TEST_F(Slips, NobodyIsIssuedWhereTheServiceCannotSayWhatSlipsSay) {
  script.answers.erase("GET /v1/guests/slip");
  EXPECT_NE(issue({"--slips", slips}).exit, Exit::Done);
  EXPECT_EQ(script.asked.size(), 1u);
}

TEST_F(Slips, ThatCannotBeWrittenAfterwardsSayHowToGetOthers) {
  script.say("GET /v1/guests/slip", R"({"portal":")" + std::string(4000, 'a') + R"("})");
  const Ran ran = issue({"--slips", slips});
  EXPECT_NE(ran.exit, Exit::Done);
  EXPECT_HAS(ran.err, "assentctl guest print v-maple-042 v-maple-043 --slips FILE");
  expect_no_secret(ran);
}

TEST_F(Slips, ADryRunWritesNone) {
  EXPECT_EQ(issue({"--slips", slips, "--dry-run"}).exit, Exit::Done);
  EXPECT_HAS(run({"guest", "print", "v-maple-042", "--slips", slips, "--dry-run"}).out,
             "Nothing was changed. It would be 1 slip");
  EXPECT_FALSE(std::filesystem::exists(slips));
}

TEST_F(Slips, OfGuestsWhoAreThereHaveNewWords) {
  const Ran ran = run({"guest", "print", "v-maple-042", "v-maple-043", "--slips", slips});
  EXPECT_EQ(ran.exit, Exit::Done) << ran.err;
  expect_no_secret(ran);
  EXPECT_HAS(ran.out, "had before have ended");
  EXPECT_HAS(folder.read("slips.html"), "robin-tunnel-043");
}

TEST_F(Slips, OfOneWhoIsNamedTwiceAreOne) {
  script.say("POST /v1/guests/okafor/secret", guest("042"));
  EXPECT_HAS(run({"guest", "print", "okafor", "v-maple-042", "--slips", slips}).out,
             "1 slip in " + slips);
}

TEST_F(Slips, OfThoseBeforeAFailureAreWritten) {
  const Ran ran = run({"guest", "print", "v-maple-042", "nobody", "v-maple-043", "--slips", slips});
  EXPECT_NE(ran.exit, Exit::Done);
  EXPECT_HAS(ran.err, "the words of the others have not changed");
  EXPECT_HAS(folder.read("slips.html"), "robin-tunnel-042");
  EXPECT_LACKS(folder.read("slips.html"), "robin-tunnel-043");
}

TEST_F(Slips, PrintingNeedsAFileAndAGuest) {
  EXPECT_EQ(run({"guest", "print", "v-maple-042"}).exit, Exit::Usage);
  EXPECT_EQ(run({"guest", "print", "--slips", slips}).exit, Exit::Usage);
  EXPECT_TRUE(script.asked.empty());
}

}  // namespace
}  // namespace assent::cli
