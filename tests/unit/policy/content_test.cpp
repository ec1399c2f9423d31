// The policies of content/aup: they parse, they are short and plain enough for their readers, and
// they say everything that schools need said.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <set>

#include "core/policy/policy.h"
#include "tests/unit/policy/reading.h"

namespace assent {
namespace {

using namespace std::chrono_literals;

std::vector<File> files_of(std::string_view policy) {
  const std::filesystem::path folder =
      std::filesystem::path(ASSENT_SOURCE_DIR) / "content/aup" / policy;
  std::vector<File> files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file()) continue;
    std::ifstream in(entry.path(), std::ios::binary);
    files.push_back({std::filesystem::relative(entry.path(), folder).generic_string(),
                     std::string(std::istreambuf_iterator<char>(in), {})});
  }
  return files;
}

PolicyVersion load(std::string_view policy, std::uint32_t number) {
  auto version = parse_version(PolicyName{std::string(policy)}, files_of(policy), number);
  if (!version) ADD_FAILURE() << policy << ": " << version.error().message;
  return version ? *std::move(version) : PolicyVersion{};
}

std::string text_of_rule(const PolicyVersion& version, Style style, std::string_view id) {
  const Rendition* rendition = find_rendition(version, "en-GB", style);
  const Rule* rule = rendition ? find_rule(*rendition, id) : nullptr;
  return rule ? rule->text : "";
}

struct Published {
  std::string_view policy;
  std::uint32_t number;
  Mode mode;
  Date effective;
};
const Published kPublished[] = {
    {"student", 1, Mode::Agree, 2026y / 9 / 1},   {"student", 2, Mode::Acknowledge, 2026y / 11 / 9},
    {"staff", 1, Mode::Agree, 2026y / 9 / 1},     {"visitor", 1, Mode::Agree, 2026y / 9 / 1},
    {"community", 1, Mode::Agree, 2026y / 9 / 1},
};

TEST(Content, ParsesWithItsDatesModesAndApprovalsK25R36R37) {
  for (const Published& row : kPublished) {
    const PolicyVersion version = load(row.policy, row.number);
    EXPECT_EQ(version.mode, row.mode) << row.policy;
    EXPECT_EQ(version.effective, row.effective) << row.policy;
    EXPECT_EQ(version.adopted, 2026y / 7 / 14) << row.policy;
    EXPECT_EQ(version.next_review, 2027y / 7 / 1) << row.policy;
    ASSERT_EQ(version.approvals.size(), 1u) << row.policy;
    EXPECT_LE(version.approvals[0].on, version.effective) << row.policy;
  }
}

TEST(Content, HasNoFolderThatThisTestForgets) {
  std::set<std::string> known, found;
  for (const Published& row : kPublished) known.insert(std::string(row.policy));
  for (const auto& entry : std::filesystem::directory_iterator(
           std::filesystem::path(ASSENT_SOURCE_DIR) / "content/aup"))
    if (entry.is_directory()) found.insert(entry.path().filename().string());
  EXPECT_EQ(found, known);
  for (const std::string& policy : known) {
    std::uint32_t newest = 0;
    for (const Published& row : kPublished)
      if (row.policy == policy) newest = std::max(newest, row.number);
    EXPECT_EQ(newest_version(files_of(policy)).value(), newest) << policy;
  }
}

struct Band {
  std::string_view policy;
  Style style;
  std::size_t rules;
  double grade;
  int longest;  // sentence, in words
};

TEST(Content, IsShortAndPlainEnoughForItsReaders) {
  const Band bands[] = {
      {"student", Style::Std, 22, 6, 20},   {"student", Style::Ks2, 14, 4, 15},
      {"staff", Style::Std, 40, 9, 25},     {"visitor", Style::Std, 14, 6, 20},
      {"community", Style::Std, 14, 6, 20},
  };
  for (const Band& band : bands) {
    for (const Published& row : kPublished) {
      if (row.policy != band.policy) continue;
      const PolicyVersion version = load(row.policy, row.number);
      const Rendition* rendition = find_rendition(version, "en-GB", band.style);
      ASSERT_NE(rendition, nullptr) << row.policy;
      test::ReadingCounter counter;
      counter.add(rendition->ask);
      counter.add(rendition->why);
      for (const Rule& rule : rendition->rules) counter.add(rule.text);
      const test::Reading reading = counter.result();
      EXPECT_LE(rendition->rules.size(), band.rules) << row.policy;
      EXPECT_LE(reading.grade(), band.grade) << row.policy << " " << row.number;
      EXPECT_LE(reading.longest, band.longest) << row.policy << " " << row.number;
      EXPECT_GT(reading.words, 200) << "the counter has read the text";
    }
  }
}

TEST(Content, ReadingCounterKnowsEasyFromHard) {
  test::ReadingCounter easy, hard;
  easy.add("I keep my password secret. I tell a grown-up.");
  hard.add(
      "Unauthorised circumvention of institutional filtering mechanisms constitutes a violation "
      "of applicable behavioural expectations.");
  EXPECT_LT(easy.result().grade(), 4);
  EXPECT_GT(hard.result().grade(), 14);
  EXPECT_EQ(easy.result().sentences, 2);
  EXPECT_EQ(easy.result().words, 9);
  EXPECT_EQ(easy.result().longest, 5);
}

// R7: every point of the visitors' protocol is a rule.
TEST(Content, VisitorsSeeAllEightPointsR7) {
  const PolicyVersion version = load("visitor", 1);
  for (const std::string_view id :
       {"wifi.session", "device.support", "device.safe", "screen.private", "content.unsuitable",
        "device.pupils", "device.lock", "liability", "monitoring"})
    EXPECT_NE(text_of_rule(version, Style::Std, id), "") << id;
}

struct Topic {
  std::string_view policy, rule, words;  // the rule's text must hold the words
};

TEST(Content, CoversWhatPoliciesMustCoverK8K10K33K34R10R11R12R40) {
  const Topic topics[] = {
      {"student", "login.own", "my own name only"},
      {"student", "monitoring", "email"},
      {"student", "monitoring", "search for"},
      {"student", "monitoring", "take control"},
      {"student", "monitoring", "at home too"},
      {"student", "monitoring", "Prevent or the police"},
      {"student", "filter", "get round the filter"},
      {"student", "report", "will not be blamed"},
      {"student", "kind", "bully"},
      {"student", "photos", "ask before"},
      {"student", "work.own", "no right to use"},
      {"student", "software", "install, download or run"},
      {"student", "software", "memory stick"},
      {"student", "personal.use", "family"},
      {"student", "contact", "my own email, chat and social media"},
      {"student", "devices.own", "phone"},
      {"student", "sanctions", "without a teacher"},
      {"student", "sanctions", "out of school"},
      {"student", "changes", "next time I log in"},
      {"staff", "monitoring", "in and out of school"},
      {"staff", "monitoring", "remotely"},
      {"staff", "monitoring.alerts", "Prevent or the police"},
      {"staff", "personal.use", "family"},
      {"staff", "pupils.contact", "school email"},
      {"staff", "data.secure", "encrypt"},
      {"staff", "media.removable", "memory stick"},
      {"staff", "social.official", "two members of staff"},
      {"staff", "conduct.outside", "out of school"},
      {"staff", "sanctions", "limit my access"},
      {"staff", "changes", "next time I log in"},
      {"visitor", "monitoring", "checked and logged"},
      {"visitor", "photos", "safeguarding lead"},
      {"community", "monitoring", "email"},
      {"community", "monitoring", "Prevent or the police"},
      {"community", "software", "memory stick"},
      {"community", "copyright", "no right to use"},
      {"community", "sanctions", "end your access"},
      {"community", "changes", "next time you log in"},
  };
  std::map<std::string_view, PolicyVersion> loaded;
  for (const Topic& topic : topics) {
    if (!loaded.contains(topic.policy)) loaded[topic.policy] = load(topic.policy, 1);
    const std::string text = text_of_rule(loaded[topic.policy], Style::Std, topic.rule);
    EXPECT_NE(text.find(topic.words), text.npos)
        << topic.policy << " [" << topic.rule << "] " << topic.words << "\n"
        << text;
  }
}

TEST(Content, TellsEveryBandThatItIsWatchedAndWhereToGetHelpK8) {
  for (const Published& row : kPublished) {
    const PolicyVersion version = load(row.policy, row.number);
    for (const Rendition& rendition : version.renditions) {
      EXPECT_NE(find_rule(rendition, "monitoring"), nullptr) << row.policy;
      EXPECT_NE(rendition.help, "") << row.policy;
    }
  }
  EXPECT_NE(text_of_rule(load("student", 1), Style::Ks2, "monitoring").find("police"),
            std::string::npos);
}

TEST(Content, SecondStudentVersionChangesOneRuleAndAddsOne) {
  const PolicyVersion one = load("student", 1), two = load("student", 2);
  for (const Style style : {Style::Std, Style::Ks2}) {
    const Rendition* now = find_rendition(two, "en-GB", style);
    ASSERT_NE(now, nullptr);
    EXPECT_NE(now->why, "");
    std::vector<std::string> added, changed;
    for (const Rule& rule : now->rules) {
      const std::string before = text_of_rule(one, style, rule.id);
      if (before.empty()) added.push_back(rule.id);
      if (!before.empty() && before != rule.text) changed.push_back(rule.id);
    }
    EXPECT_EQ(added, std::vector<std::string>{"ai.tools"});
    EXPECT_EQ(changed, std::vector<std::string>{"photos"});
    EXPECT_EQ(now->rules.size(), find_rendition(one, "en-GB", style)->rules.size() + 1);
  }
}

}  // namespace
}  // namespace assent
