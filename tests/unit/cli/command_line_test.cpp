#include "admin-cli/command_line.h"

#include "admin-cli/suggest.h"
#include "core/base/value.h"
#include "tests/unit/cli/service_script.h"

namespace assent::cli {
namespace {

// An example as a shell would split it, without the program's name and redirections.
std::vector<std::string> split(std::string_view line) {
  std::vector<std::string> words;
  std::string word;
  bool quoted = false, any = false;
  for (const char c : line) {
    if (c == '\'') {
      quoted = !quoted;
      any = true;
    } else if (c != ' ' || quoted) {
      word += c;
      any = true;
    } else if (any) {
      words.push_back(std::exchange(word, ""));
      any = false;
    }
  }
  if (any) words.push_back(word);
  words.erase(words.begin());
  for (std::size_t i = 0; i < words.size(); ++i)
    if (words[i] == ">") words.resize(i);
  return words;
}

TEST(CommandLine, EveryExampleParsesToItsOwnVerb) {
  for (const Group& group : groups())
    for (const Verb& verb : group.verbs) {
      const auto line = parse_command_line(split(verb.example), groups());
      EXPECT_EQ(line.verb, &verb) << verb.example << "\n" << line.text;
    }
}

TEST(CommandLine, EveryVerbsHelpEndsWithItsExample) {
  for (const Group& group : groups())
    for (const Verb& verb : group.verbs) {
      std::vector<std::string> words{std::string(verb.name), "--help"};
      if (!group.name.empty()) words.insert(words.begin(), std::string(group.name));
      const auto help = parse_command_line(words, groups());
      EXPECT_EQ(help.exit, Exit::Done);
      const std::size_t at = help.text.rfind("Example:\n  " + std::string(verb.example));
      ASSERT_NE(at, std::string::npos) << help.text;
      EXPECT_LT(help.text.size() - at, verb.example.size() + 20) << help.text;
    }
}

TEST(CommandLine, TheManualPageHasEveryVerb) {
  std::ifstream file(ASSENT_SOURCE_DIR "/admin-cli/assentctl.1");
  const std::string page{std::istreambuf_iterator<char>(file), {}};
  for (const Group& group : groups())
    for (const Verb& verb : group.verbs) {
      std::string name(verb.name);
      for (std::size_t at = 0; (at = name.find('-', at)) != name.npos; at += 2)
        name.insert(at, "\\");
      EXPECT_HAS(page, name);
    }
}

TEST(CommandLine, AWrongNameSuggestsTheNearest) {
  struct Case {
    std::vector<std::string> words;
    std::string suggests;
  };
  for (const Case& each :
       {Case{{"peple", "show", "x"}, "\"people\""}, Case{{"people", "shwo", "x"}, "\"show\""},
        Case{{"aup", "pub", "x"}, "\"publish\""}, Case{{"wyh", "x"}, "\"why\""},
        Case{{"status", "--jsn"}, "\"--json\""},
        Case{{"people", "outstanding", "--polcy", "student"}, "\"--policy\""}}) {
    const auto line = parse_command_line(each.words, groups());
    EXPECT_EQ(line.exit, Exit::Usage);
    EXPECT_EQ(line.verb, nullptr);
    EXPECT_HAS(line.text, "Did you mean " + each.suggests);
  }
}

TEST(CommandLine, NothingIsSuggestedForAWordThatIsLikeNothing) {
  const auto line = parse_command_line({"xylophone"}, groups());
  EXPECT_LACKS(line.text, "Did you mean");
  EXPECT_HAS(line.text, "There is no verb");
}

TEST(CommandLine, APersonMayBeCalledLikeAVerb) {
  for (const std::string name : {"status", "people", "log", "why", "show"}) {
    const auto line = parse_command_line({"people", "show", name}, groups());
    ASSERT_TRUE(line.verb) << line.text;
    EXPECT_EQ(line.verb->name, "show");
    EXPECT_EQ(line.given.text("PERSON"), name);
  }
}

TEST(CommandLine, CommonOptionsStandBeforeOrAfterTheVerb) {
  for (const std::vector<std::string>& words :
       {std::vector<std::string>{"--school", "kingsmead", "--json", "people", "find", "amira"},
        std::vector<std::string>{"people", "--json", "find", "amira", "--school=kingsmead"}}) {
    const auto line = parse_command_line(words, groups());
    ASSERT_TRUE(line.verb) << line.text;
    EXPECT_EQ(line.given.text("--school"), "kingsmead");
    EXPECT_TRUE(line.given.has("--json"));
    EXPECT_EQ(line.given.text("TEXT"), "amira");
  }
}

TEST(CommandLine, WhatIsMissingIsNamedAndTheExampleShown) {
  const auto line = parse_command_line({"people", "sign-for", "amira", "--policy", "s"}, groups());
  EXPECT_EQ(line.exit, Exit::Usage);
  EXPECT_HAS(line.text, "--how is required");
  EXPECT_HAS(line.text, "Example:  assentctl people sign-for");
}

TEST(CommandLine, HelpMayComeFirst) {
  EXPECT_HAS(parse_command_line({"help", "people", "import"}, groups()).text, "--map");
  EXPECT_HAS(parse_command_line({}, groups()).text, "status");
}

TEST(CommandLine, AnOptionMayBeGivenTwiceOnlyWhereThatMeansSomething) {
  const auto maps = parse_command_line(
      {"people", "import", "--from", "csv", "f", "--map", "a=b", "--map", "c=d"}, groups());
  ASSERT_TRUE(maps.verb) << maps.text;
  EXPECT_EQ(maps.given.texts("--map"), (std::vector<std::string>{"a=b", "c=d"}));
  EXPECT_EQ(
      parse_command_line({"aup", "retire", "s", "--reason", "a", "--reason", "b"}, groups()).exit,
      Exit::Usage);
}

TEST(CommandLine, AChoiceIsOneOfItsWords) {
  EXPECT_EQ(parse_command_line({"completion", "tcsh"}, groups()).exit, Exit::Usage);
  EXPECT_EQ(
      parse_command_line(
          {"people", "sign-for", "a", "--policy", "s", "--how", "h", "--act", "endorse"}, groups())
          .exit,
      Exit::Usage);
}

TEST(Suggest, TheNearestOrNothing) {
  EXPECT_EQ(nearest("lst", {"list", "show"}), "list");
  EXPECT_EQ(nearest("sohw", {"list", "show"}), "show");
  EXPECT_EQ(nearest("", {"list"}), "");
  EXPECT_EQ(nearest("cat", {"bat", "hat"}), "") << "two are equally near";
}

// Dry runs: whatever the verb, nothing that changes something is sent without dry_run=1. The three
// steps of an import before `apply` keep a file in memory for an hour and change nothing.
TEST_F(Desk, NoVerbChangesAnythingInADryRun) {
  script.say("POST /v1/roster/imports", R"({"import":"i"})");
  script.say("POST /v1/roster/imports/i/rows", R"({"bytes":1})");
  script.say("POST /v1/roster/imports/i/plan", R"({"rows":0,"errors":[],"stops":null})");
  std::size_t posts = 0;
  for (const Group& group : groups())
    for (const Verb& verb : group.verbs) {
      auto words = split(verb.example);
      words.emplace_back("--dry-run");
      for (std::string& word : words) {
        if (word == "people.csv") word = folder.write(word, "mis_id,name,role\n");
        if (word.starts_with("content/")) word = ASSENT_SOURCE_DIR "/" + word;
      }
      run(words);
      for (const HttpRequest& request : std::exchange(script.asked, {})) {
        if (request.method == "GET" || request.path.ends_with("/rows")) continue;
        EXPECT_HAS(request.path, "dry_run=1") << verb.example;
        EXPECT_LACKS(request.path, "/apply") << verb.example;
        ++posts;
      }
    }
  EXPECT_GE(posts, 11u) << "verbs that change something";
}

}  // namespace
}  // namespace assent::cli
