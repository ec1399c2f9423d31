// Marks never lie about either text, and say what a reader would say.

#include "core/presentation/marks.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <numeric>

#include "tests/unit/presentation/arbitrary_documents.h"

namespace assent {
namespace {

// "[-old-]{+new+}" for the expectations below.
std::string show(std::string_view before, std::string_view after) {
  std::string out;
  for (const Mark& mark : mark_words(before, after)) {
    auto& from = mark.kind == Mark::Kind::Insert ? after : before;
    const std::string span(from.substr(0, mark.bytes));
    from.remove_prefix(mark.bytes);
    if (mark.kind == Mark::Kind::Keep) after.remove_prefix(mark.bytes);
    out += mark.kind == Mark::Kind::Keep     ? span
           : mark.kind == Mark::Kind::Delete ? "[-" + span + "-]"
                                             : "{+" + span + "+}";
  }
  return out;
}

TEST(Marks, ShowWholeWordsThatWentAndCame) {
  struct Row {
    const char *before, *after, *marks;
  };
  for (const Row& row : {
           Row{"same", "same", "same"},
           Row{"", "all new", "{+all new+}"},
           Row{"all gone", "", "[-all gone-]"},
           Row{"I keep it secret.", "I keep mine secret.", "I keep [-it-]{+mine+} secret."},
           Row{"a red car here", "a blue van here", "a [-red car-]{+blue van+} here"},
           Row{"I don't share", "I do share", "I [-don't-]{+do+} share"},
           Row{"Stop.", "Stop!", "Stop[-.-]{+!+}"},
           Row{"un dŵr", "un dwr", "un [-dŵr-]{+dwr+}"},
           Row{"one two", "one big two", "one {+big +}two"},
       })
    EXPECT_EQ(show(row.before, row.after), row.marks);
}

RC_GTEST_PROP(Marks, SpellBothTextsForAnyWords, ()) {
  const std::string before = *test::any_text(), after = *test::any_text();
  const auto marks = mark_words(before, after);
  RC_ASSERT(marks_fit(marks, before, after));
  for (std::size_t i = 1; i < marks.size(); ++i) RC_ASSERT(marks[i - 1].kind != marks[i].kind);
}

RC_GTEST_PROP(Marks, SpellBothTextsWhereOneIsAnEditOfTheOther, ()) {
  const auto before = *rc::gen::container<std::vector<std::string>>(30, test::any_word());
  auto after = before;
  for (int i = 0; i < 4; ++i) after[*rc::gen::inRange<std::size_t>(0, 30)] = *test::any_word();
  const auto join = [](const std::vector<std::string>& all) {
    return std::accumulate(all.begin(), all.end(), std::string(),
                           [](auto a, const auto& b) { return std::move(a) + b + ' '; });
  };
  RC_ASSERT(marks_fit(mark_words(join(before), join(after)), join(before), join(after)));
}

TEST(Marks, DoNotFitAnotherText) {
  using enum Mark::Kind;
  EXPECT_TRUE(marks_fit({{Keep, 2}, {Delete, 1}, {Insert, 1}}, "abc", "abd"));
  EXPECT_FALSE(marks_fit({{Keep, 3}}, "abc", "abd"));                        // not the same
  EXPECT_FALSE(marks_fit({{Keep, 2}, {Delete, 1}}, "abc", "abd"));           // too little
  EXPECT_FALSE(marks_fit({{Keep, 2}, {Delete, 9}}, "abc", "ab"));            // too much
  EXPECT_FALSE(marks_fit({{Keep, 4294967295}, {Keep, 3}}, "ab", "ab"));      // would overflow
  EXPECT_FALSE(marks_fit({{Keep, 2}, {Insert, 0}}, "ab", "ab"));             // says nothing
  EXPECT_FALSE(marks_fit({{Keep, 1}, {Delete, 1}, {Insert, 1}}, "ŵ", "ŷ"));  // cuts a letter
  EXPECT_TRUE(marks_fit({}, "", ""));
}

TEST(Marks, OfTheLongestTextsThatHaveNothingInCommonTakeNoSearch) {
  std::string before, after;
  while (before.size() < 4090) before += "a,", after += "b;";
  const auto marks = mark_words(before, after);
  EXPECT_EQ(marks.size(), 2u);
  EXPECT_TRUE(marks_fit(marks, before, after));
}

TEST(Marks, FindASmallEditInTheLongestText) {
  std::string text = "begin ";
  for (int i = 0; text.size() < 4000; ++i) text += std::to_string(i) + ", ";
  const auto marks = mark_words(text + "end", text + "stop");
  EXPECT_EQ(marks.size(), 3u);
  EXPECT_TRUE(marks_fit(marks, text + "end", text + "stop"));
}

TEST(Marks, OfTextThatIsNotUtf8AreWhole) {
  EXPECT_EQ(mark_words("a \xFF b", "a c").size(), 2u);
}

}  // namespace
}  // namespace assent
