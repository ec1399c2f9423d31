// assentctl level drift --probe: watches, changes nothing, and never says less than it took.

#include "tests/unit/cli/service_script.h"

namespace assent::cli {
namespace {

// A world in which each wait is over at once, and things happen at their second.
class Probing : public Desk {
 protected:
  Probing() {
    world.elapsed = [this] { return now; };
    world.wait = [this](milliseconds time) {
      now += time;
      if (now >= applied_at) say_level("ks3", true);
    };
    world.look = [this](const PageView& view) -> Result<PageLook> {
      asked = view;
      if (now == fails_at) return fail(Code::Unavailable, "no answer");
      if (now == odd_at) return PageLook{503, ""};
      if (now >= answered_at) return PageLook{200, ""};
      return PageLook{302, "http://aup.example/"};
    };
    world.ask_secret = [this](const std::string& prompt) -> Result<std::string> {
      prompted = prompt;
      return std::string("typed");
    };
    say_level("unsigned", true);
  }
  void say_level(const std::string& level, bool done) {
    script.say("GET /v1/people/jo/level", R"({"name":"Jo Test","login":"jo","applied":{"level":")" +
                                              level +
                                              R"(","at":"2026-11-09T08:31:00.000Z","done":)" +
                                              (done ? "true" : "false") + R"(,"error":""}})");
  }
  Ran probe(std::vector<std::string> more = {}) {
    std::vector<std::string> words{
        "level", "drift", "--probe", "jo", "--page", "http://a.example/", "--within", "10m"};
    words.insert(words.end(), more.begin(), more.end());
    return run(words);
  }

  milliseconds now{0};
  milliseconds applied_at{seconds{5}}, answered_at{seconds{70}}, odd_at{-1}, fails_at{-1};
  PageView asked;
  std::string prompted;
};

TEST_F(Probing, SaysHowLongTheFilterTookAndWhatToWrite) {
  const Ran ran = probe();
  EXPECT_EQ(ran.exit, Exit::Done);
  EXPECT_HAS(ran.err, "Jo Test (jo) is at unsigned; http://a.example/ answers 302");
  EXPECT_HAS(ran.err, "Nothing is changed from here.");
  EXPECT_HAS(ran.out, "unsigned, then ks3, in the directory at 2026-11-09 08:31 UTC");
  EXPECT_HAS(ran.out, "302 to http://aup.example/, then 200");
  // From the fourth second, when it had the old level for certain.
  EXPECT_HAS(ran.out, "at most 66 seconds");
  EXPECT_HAS(ran.out, "sees_groups_within = \"2m\"");
  EXPECT_HAS(ran.out, "write the longest");
  for (const HttpRequest& request : script.asked) EXPECT_EQ(request.method, "GET");
}

TEST_F(Probing, AFilterThatIsAtOnceIsStillGivenAMinute) {
  answered_at = applied_at;
  const Ran ran = probe({"--json"});
  EXPECT_HAS(ran.out, R"("from":"unsigned","to":"ks3")");
  EXPECT_HAS(ran.out, R"("seconds":1,"sees_groups_within":"1m")");
}

TEST_F(Probing, OneOddAnswerOrNoneIsNoChange) {
  odd_at = seconds{20};
  fails_at = seconds{30};
  EXPECT_HAS(probe().out, "at most 66 seconds");
}

TEST_F(Probing, SaysWhatDidNotHappenInTime) {
  answered_at = hours{9};
  const Ran filter = probe();
  EXPECT_EQ(filter.exit, Exit::Found);
  EXPECT_HAS(filter.err, "the filter still answers 302 to http://aup.example/ after 10m");
  say_level("unsigned", true);
  applied_at = now + hours{9};
  const Ran level = probe();
  EXPECT_EQ(level.exit, Exit::Found);
  EXPECT_HAS(level.err, "The level of Jo Test (jo) did not change within 10m.");
}

TEST_F(Probing, ThePasswordIsAskedForOrInTheEnvironmentAndForAProxyAlone) {
  (void)probe();
  EXPECT_EQ(prompted + asked.login + asked.password, "");
  now = milliseconds{0};
  say_level("unsigned", true);
  (void)probe({"--proxy", "proxy:3128"});
  EXPECT_EQ(prompted, "Password of jo at the proxy: ");
  EXPECT_EQ(asked.proxy + " " + asked.login + " " + asked.password, "proxy:3128 jo typed");
  now = milliseconds{0};
  say_level("unsigned", true);
  environment["ASSENT_PROBE_PASSWORD"] = "kept";
  (void)probe({"--proxy", "proxy:3128"});
  EXPECT_EQ(asked.password, "kept");
}

TEST_F(Probing, DoesNotBeginWhereNothingCouldBeMeasured) {
  say_level("unsigned", false);
  EXPECT_HAS(probe().err, "still on its way");
  script.say("GET /v1/people/jo/level", R"({"name":"Jo Test","login":"jo","applied":null})");
  EXPECT_HAS(probe().err, "never given a level");
  say_level("unsigned", true);
  EXPECT_EQ(run({"level", "drift", "--probe", "jo"}).exit, Exit::Usage);
  for (const char* within : {"0m", "25h", "soon", "10", "-1m"})
    EXPECT_EQ(
        run({"level", "drift", "--probe", "jo", "--page", "http://a/", "--within", within}).exit,
        Exit::Usage)
        << within;
  world.look = [](const PageView&) -> Result<PageLook> { return PageLook{407, ""}; };
  EXPECT_HAS(probe().err, "does not accept this login and password");
  world.look = [](const PageView&) -> Result<PageLook> {
    return fail(Code::Unavailable, "no way");
  };
  EXPECT_EQ(probe().exit, Exit::Unreachable);
}

}  // namespace
}  // namespace assent::cli
