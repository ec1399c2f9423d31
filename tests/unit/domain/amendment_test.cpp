// R3: people are informed of every amendment: of what changed since they last accepted, whatever
// lies between.

#include "service/domain/amendment.h"

#include <gtest/gtest.h>

#include "tests/unit/domain/published.h"

namespace assent {
namespace {

using Change = DocumentRule::Change;
using test::policy_of;
using test::published;
using test::rendition;

const Rule kPass{"pass", "Keep safe", "I keep my password secret."};
const Rule kPass2{"pass", "Keep safe", "I keep every password secret."};
const Rule kDisks{"disks", "Keep safe", "I scan my disks."};
const Rule kKind{"kind", "Be kind", "I only write things that are kind."};
const Rule kTools{"ai.tools", "AI", "I say where I used AI."};
const Rule kTools2{"ai.tools", "AI", "I say where and how I used AI."};

Rendition english(std::vector<Rule> rules, std::string why = {}) {
  return rendition("en-GB", Style::Std, std::move(rules), std::move(why));
}

Owed owes(const PublishedPolicy& policy, std::uint32_t from) {
  Owed owed{&policy, &policy.versions.back()};
  owed.from = from;
  owed.why = from == 0 ? Why::FirstTime : Why::Amended;
  return owed;
}

Presentation show(const PublishedPolicy& policy, std::uint32_t from, bool full = false) {
  return present({owes(policy, from)}, "en-GB", Style::Std, "en-GB", full);
}

TEST(Amendment, R3_ShowsExactlyTheRulesAddedChangedAndRemoved) {
  std::uint32_t unchanged = 99;
  const auto rules =
      amend(english({kPass, kDisks, kKind}), english({kTools, kPass2, kKind}), unchanged);
  const std::vector<DocumentRule> expected = {
      {"ai.tools", Change::Added, "AI", "", kTools.text},
      {"pass", Change::Changed, "Keep safe", kPass.text, kPass2.text},
      {"disks", Change::Removed, "", kDisks.text, ""}};
  EXPECT_EQ(rules, expected);
  EXPECT_EQ(unchanged, 1u);
}

TEST(Amendment, R3_ShowsEveryRuleChangedSinceTheLastAcceptance) {
  const auto policy =
      policy_of({published(1, {english({kPass, kDisks, kKind})}),
                 published(2, {english({kPass, kKind, kTools}, "New tools.")}),
                 published(3, {english({kPass2, kKind, kTools2}, "A lost password.")})});
  const auto missed_two = show(policy, 1).document.parts.at(0);
  EXPECT_EQ(missed_two.kind, Kind::Amendment);
  EXPECT_EQ(missed_two.from, 1u);
  EXPECT_EQ(missed_two.to, 3u);
  ASSERT_EQ(missed_two.rules.size(), 3u);
  EXPECT_EQ(missed_two.rules[0].old_text, kPass.text);
  EXPECT_EQ(missed_two.rules[1].change, Change::Added)
      << "changed in 3, but this person never saw 2";
  EXPECT_EQ(missed_two.rules[1].new_text, kTools2.text);
  EXPECT_EQ(missed_two.rules[2].change, Change::Removed);
  EXPECT_EQ(missed_two.why, "New tools.\u2029A lost password.");
  const auto missed_one = show(policy, 2).document.parts.at(0);
  ASSERT_EQ(missed_one.rules.size(), 2u);
  EXPECT_EQ(missed_one.rules[1].change, Change::Changed);
  EXPECT_EQ(missed_one.why, "A lost password.");
}

TEST(Amendment, ARuleThatChangedAndChangedBackIsTheSame) {
  const auto policy =
      policy_of({published(1, {english({kPass})}), published(2, {english({kPass2})}),
                 published(3, {english({kPass})})});
  const auto part = show(policy, 1).document.parts.at(0);
  EXPECT_TRUE(part.rules.empty());
  EXPECT_EQ(part.unchanged, 1u);
}

TEST(Amendment, OfHeadingsAndOrderAloneIsNone) {
  Rule moved = kPass;
  moved.section = "Staying safe";
  std::uint32_t unchanged = 0;
  EXPECT_TRUE(amend(english({kPass, kKind}), english({kKind, moved}), unchanged).empty());
  EXPECT_EQ(unchanged, 2u);
}

TEST(Amendment, MarksTheWordsOfEachChangedRule) {
  const auto policy = policy_of({published(1, {english({kPass, kTools})}),
                                 published(2, {english({kKind, kPass2, kTools2})})});
  const auto shown = show(policy, 1);
  ASSERT_EQ(shown.marks.size(), 2u);
  EXPECT_TRUE(marks_fit(shown.marks[0], kPass.text, kPass2.text));
  EXPECT_TRUE(marks_fit(shown.marks[1], kTools.text, kTools2.text));
}

TEST(Amendment, IsTheWholeTextWhereThereIsNothingToCompareWith) {
  const auto policy = policy_of({published(2, {rendition("cy", Style::Std, {kPass}),
                                               rendition("en-GB", Style::Ks2, {kPass})}),
                                 published(3, {english({kPass2, kKind}, "why")})});
  for (const std::uint32_t from : {0u, 1u, 2u, 3u}) {
    const auto part = show(policy, from).document.parts.at(0);
    EXPECT_EQ(part.kind, Kind::Full) << from;
    EXPECT_EQ(part.rules.size(), 2u);
    EXPECT_EQ(part.unchanged, 0u);
    EXPECT_EQ(part.why, "") << "nothing to explain where all is new";
  }
}

TEST(Amendment, IsTheWholeTextWhenAskedForOrInANewBand) {
  const auto policy =
      policy_of({published(1, {english({kPass})}), published(2, {english({kPass2})})});
  EXPECT_EQ(show(policy, 1).document.parts.at(0).kind, Kind::Amendment);
  const auto full = show(policy, 1, true).document.parts.at(0);
  EXPECT_EQ(full.kind, Kind::Full);
  EXPECT_EQ(full.from, 1u);
  Owed owed = owes(policy, 1);
  owed.why = Why::NewBand;
  EXPECT_EQ(present({owed}, "en-GB", Style::Std, "en-GB", false).document.parts.at(0).kind,
            Kind::Full);
}

TEST(Amendment, SpeaksEachPolicyInTheNearestBand) {
  const auto rules =
      policy_of({published(1, {english({kPass}), rendition("en-GB", Style::Ks2, {kKind})})});
  const auto media = policy_of({published(1, {english({kTools})})}, "social-media", 2);
  Owed add_on = owes(media, 0);
  add_on.mode = Mode::Acknowledge;
  const auto shown = present({owes(rules, 0), add_on}, "en-GB", Style::Ks2, "en-GB", false);
  EXPECT_EQ(shown.document.style, "ks2");
  ASSERT_EQ(shown.document.parts.size(), 2u);
  EXPECT_EQ(shown.document.parts[0].style, "");
  EXPECT_EQ(shown.document.parts[1].language, "en-GB");
  EXPECT_EQ(shown.document.parts[1].style, "std");
  EXPECT_EQ(shown.document.parts[1].mode, "acknowledge");
  EXPECT_EQ(shown.document.parts[1].manifest, media.versions[0].text->manifest_hash);
  EXPECT_TRUE(to_canonical(shown.document));
}

TEST(Amendment, IsAlwaysADocumentEvenWithSectionsOutOfOrder) {
  Rule loose = kDisks, again = kPass2;
  loose.section = "";
  again.id = "pass.again";
  const auto policy = policy_of(
      {published(1, {english({kKind})}), published(2, {english({kPass2, loose, again})})});
  for (const bool full : {true, false}) {
    const auto document = show(policy, 1, full).document;
    const auto text = to_canonical(document);
    ASSERT_TRUE(text) << text.error().message;
    EXPECT_EQ(document.parts[0].rules[2].section, "") << "still under the same heading";
  }
}

TEST(Amendment, LeavesOutTheOldestReasonsWhereRoomIsShort) {
  const std::string longest(3000, 'w');
  const auto policy = policy_of({published(1, {english({kPass})}),
                                 published(2, {english({kPass2}, "old " + longest)}),
                                 published(3, {english({kPass2, kKind}, "new " + longest)})});
  EXPECT_EQ(show(policy, 1).document.parts.at(0).why, "new " + longest);
}

}  // namespace
}  // namespace assent
