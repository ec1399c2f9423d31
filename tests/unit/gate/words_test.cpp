#include "core/gate/words.h"

#include <gtest/gtest.h>

namespace assent::gate {
namespace {

TEST(Words, AreExactInAnyCaseWithSpaceAround) {
  const struct {
    const char* typed;
    Word word;
  } table[] = {
      {"YES", Word::Yes},
      {"yes", Word::Yes},
      {"Agree", Word::Yes},
      {" \tagree \r\n", Word::Yes},
      {"later", Word::Later},
      {"Help", Word::Help},
      {"no", Word::No},
      {"NO ", Word::No},
      {"all", Word::Full},
      {"FULL", Word::Full},
      {"", Word::Enter},
      {"  \t ", Word::Enter},
      {"y", Word::Unreadable},
      {"n", Word::Unreadable},
      {"ok", Word::Unreadable},
      {"yes please", Word::Unreadable},
      {"NO!", Word::Unreadable},
      {"none", Word::Unreadable},
      {"not now", Word::Unreadable},
      {"decline", Word::Unreadable},
      {"ye s", Word::Unreadable},

      {"\xC2\xA0yes", Word::Unreadable},
      {"agreed", Word::Unreadable},
  };
  for (const auto& row : table) EXPECT_EQ(read_word(row.typed), row.word) << row.typed;
  EXPECT_EQ(read_word(std::string_view("no\0", 3)), Word::Unreadable);
  EXPECT_EQ(read_word(std::string(100000, 'y')), Word::Unreadable);
}

TEST(Words, EveryPromptFitsSixtyColumns) {
  for (unsigned bits = 0; bits < 64; ++bits) {
    Choices choices{Word::Yes};
    const Word words[] = {Word::Enter, Word::Later, Word::Help, Word::No, Word::Full};
    for (unsigned i = 0; i < 5; ++i)
      if ((bits >> i & 1u) != 0) choices.add(words[i]);
    for (const bool pupil : {false, true})
      EXPECT_LE(answer_prompt(choices, pupil).size(), kPromptColumns)
          << answer_prompt(choices, pupil);
  }
  EXPECT_LE(page_prompt(512).size(), kPromptColumns);
}

TEST(Words, PupilsAreAskedInTheirOwnWords) {
  const Choices choices{Word::Yes, Word::Help, Word::No};
  EXPECT_EQ(answer_prompt(choices, true), "Type YES, HELP or NO: ");
  EXPECT_EQ(answer_prompt(choices, false), "Type AGREE, HELP or NO: ");
}

TEST(Words, NothingIsOfferedThatIsNotUnderstood) {
  const Choices few{Word::Yes, Word::No};
  EXPECT_EQ(explain(few, false, "").find("LATER"), std::string::npos);
  EXPECT_EQ(explain(few, false, "").find("ALL"), std::string::npos);
  const Choices enter{Word::Enter, Word::Yes, Word::Later, Word::Full, Word::Help, Word::No};
  EXPECT_EQ(answer_prompt(enter, false),
            "Press Enter to carry on, or type LATER, ALL, HELP or NO: ");
  EXPECT_NE(explain(enter, false, "01 Dec 00:00").find("until 01 Dec 00:00."), std::string::npos);
}

TEST(Words, MeanWhatAPersonWouldSay) {
  const struct {
    Word word;
    const char *adult, *pupil;
  } table[] = {
      {Word::Enter, "Carry on. You accept what is shown.", "Carry on. You accept what is shown."},
      {Word::Yes, "I agree to these rules.", "I understand. I will try my best."},
      {Word::Later, "Ask me again. This works until 01 Dec 00:00.",
       "Ask me again. This works until 01 Dec 00:00."},
      {Word::Full, "Show me every rule.", "Show me every rule."},
      {Word::Help, "I have a question. I can log in today.",
       "I want someone to read it with me. I can log in today."},
      {Word::No, "I do not agree. Somebody will talk to me about it.",
       "I do not want to say yes. A teacher will talk to me."},
      {Word::Unreadable, "", ""},
  };
  for (const auto& row : table) {
    EXPECT_EQ(meaning_of(row.word, false, "01 Dec 00:00", "en"), row.adult);
    EXPECT_EQ(meaning_of(row.word, true, "01 Dec 00:00", "en"), row.pupil);
  }
  EXPECT_EQ(meaning_of(Word::Later, true, "", "en-GB"), "Ask me again next time.");
}

TEST(Words, MeanTheSameInWelshAndAreEnglishWhereThereAreNone) {
  EXPECT_EQ(meaning_of(Word::Yes, true, "", "cy-GB"), "Rwy'n deall. Byddaf yn gwneud fy ngorau.");
  EXPECT_EQ(meaning_of(Word::Later, false, "01 Rhag 00:00", "cy"),
            "Gofynnwch i mi eto. Mae hyn yn gweithio tan 01 Rhag 00:00.");
  for (const Word word : {Word::Enter, Word::Yes, Word::Later, Word::Full, Word::Help, Word::No}) {
    const std::string english = meaning_of(word, false, "", "en");
    EXPECT_EQ(meaning_of(word, false, "", "pl"), english);
    EXPECT_EQ(meaning_of(word, false, "", ""), english);
    EXPECT_NE(meaning_of(word, false, "", "cy"), english);
  }
}

TEST(Words, AreExplainedAsWhatTheyMean) {
  const Choices all{Word::Enter, Word::Yes, Word::Later, Word::Full, Word::Help, Word::No};
  for (const bool pupil : {false, true})
    for (const Word word : {Word::Enter, Word::Later, Word::Full, Word::Help, Word::No})
      EXPECT_NE(explain(all, pupil, "").find(meaning_of(word, pupil, "", "en") + "\n"),
                std::string::npos)
          << meaning_of(word, pupil, "", "en");
}

}  // namespace
}  // namespace assent::gate
