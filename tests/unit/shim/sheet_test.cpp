// What a window says and offers.

#include "winlogon-shim/domain/sheet.h"

#include <gtest/gtest.h>

#include "core/crypto/crypto.h"
#include "tests/unit/presentation/documents.h"

namespace assent::windows {
namespace {

using gate::Word;

const gate::Choices kAll{Word::Yes, Word::Later, Word::Full, Word::Help, Word::No};

wire::AgentCheckReply reply_with(const std::string& document, const char* rendition = "std") {
  wire::AgentCheckReply reply;
  reply.school = "Oakfield Primary School";
  reply.document = sha256(document);
  reply.rendition = rendition;
  reply.later_until = "01 Dec 00:00";
  reply.whole = {{document, {}}};
  return reply;
}

wire::AgentCheckReply small_reply(const char* rendition = "std") {
  return reply_with(to_canonical(test::small_document()).value(), rendition);
}

// A line a choice, from top to bottom.
std::string shown(const Sheet& sheet) {
  std::string out;
  for (const Choice& choice : sheet.choices)
    out += (choice.after_reading ? "after reading: " : "") + choice.text + "\n";
  return out;
}

std::vector<Word> words_of(const Sheet& sheet) {
  std::vector<Word> out;
  for (const Choice& choice : sheet.choices) out.push_back(choice.word);
  return out;
}

std::string text_of(const Sheet& sheet) {
  std::string out;
  for (const PartText& part : sheet.parts)
    for (const Passage& passage : part.passages)
      for (const Paragraph& paragraph : passage.paragraphs)
        for (const Run& run : paragraph.runs) out += run.text;
  return out;
}

TEST(Sheet, OffersAnAdultTheWordsOfAdults) {
  const Sheet sheet = sheet_of(small_reply(), kAll).value();
  EXPECT_EQ(shown(sheet),
            "after reading: I agree to these rules.\n"
            "Ask me again. This works until 01 Dec 00:00.\n"
            "Show me every rule.\n"
            "I have a question. I can log in today.\n"
            "I do not agree. Somebody will talk to me about it.\n");
  EXPECT_EQ(words_of(sheet),
            (std::vector{Word::Yes, Word::Later, Word::Full, Word::Help, Word::No}));
  EXPECT_EQ(sheet.confirm, "I have read this to the end.");
}

TEST(Sheet, OffersPupilsTheirOwnWords) {
  for (const char* rendition : {"ks1", "ks2", "easy"}) {
    const Sheet sheet = sheet_of(small_reply(rendition), kAll).value();
    EXPECT_EQ(shown(sheet),
              "after reading: I understand. I will try my best.\n"
              "Ask me again. This works until 01 Dec 00:00.\n"
              "Show me every rule.\n"
              "I want someone to read it with me. I can log in today.\n"
              "I do not want to say yes. A teacher will talk to me.\n");
    EXPECT_EQ(sheet.confirm, "I have read this to the end, or somebody has read it to me.");
  }
}

TEST(Sheet, IsInTheLanguageOfWhatIsRead) {
  Document document = test::small_document();
  document.language = "cy";
  const auto reply = reply_with(to_canonical(document).value());
  const Sheet sheet = sheet_of(reply, {Word::Yes, Word::No}).value();
  EXPECT_EQ(sheet.language, "cy");
  EXPECT_EQ(sheet.title, "Rheolau'r ysgol");
  EXPECT_EQ(sheet.confirm, "Rwyf wedi darllen hwn i'r diwedd.");
  EXPECT_EQ(shown(sheet),
            "after reading: Rwy'n cytuno â'r rheolau hyn.\n"
            "Nid wyf yn cytuno. Bydd rhywun yn siarad â mi am y peth.\n");
  EXPECT_EQ(sheet.problem, "Cod: " + to_hex(reply.document).substr(0, 8));
}

TEST(Sheet, HasEnglishWordsWhereTheProgramHasNone) {
  Document document = test::small_document();
  document.language = "pl-PL";
  const Sheet sheet = sheet_of(reply_with(to_canonical(document).value()), {Word::Yes}).value();
  EXPECT_EQ(sheet.title, "School rules");
  EXPECT_EQ(shown(sheet), "after reading: I agree to these rules.\n");
}

TEST(Sheet, HasCarryingOnInPlaceOfYesWhereThatIsEnough) {
  const Sheet sheet =
      sheet_of(small_reply(), {Word::No, Word::Yes, Word::Enter, Word::Help}).value();
  EXPECT_EQ(shown(sheet),
            "after reading: Carry on. You accept what is shown.\n"
            "I have a question. I can log in today.\n"
            "I do not agree. Somebody will talk to me about it.\n");
  EXPECT_EQ(words_of(sheet), (std::vector{Word::Enter, Word::Help, Word::No}));
}

TEST(Sheet, OffersNothingThatIsNotOneOfTheChoices) {
  EXPECT_EQ(words_of(sheet_of(small_reply(), {Word::Help}).value()), std::vector{Word::Help});
  EXPECT_TRUE(sheet_of(small_reply(), {Word::Unreadable}).value().choices.empty());
}

TEST(Sheet, SaysWhoseRulesTheseAreAndWhatToTellTheIctTeam) {
  auto reply = small_reply();
  const Sheet sheet = sheet_of(reply, kAll).value();
  EXPECT_EQ(sheet.title, "School rules");
  EXPECT_EQ(sheet.heading, "Oakfield Primary School");
  EXPECT_EQ(sheet.problem, "Code: " + to_hex(reply.document).substr(0, 8));
  EXPECT_EQ(sheet.problem.size(), 6u + 8u);
}

TEST(Sheet, HoldsTheDocumentThatItsHashNames) {
  const Sheet sheet = sheet_of(small_reply(), kAll).value();
  ASSERT_EQ(sheet.parts.size(), 1u);
  EXPECT_EQ(sheet.parts[0].title, "Computer rules");
  EXPECT_EQ(sheet.parts[0].language, "en-GB");
  EXPECT_NE(text_of(sheet).find("I keep mine secret."), std::string::npos);
}

TEST(Sheet, MarksWhatWentAndCame) {
  auto reply = small_reply();
  reply.whole[0].marks = {{{{'=', 7}, {'-', 2}, {'+', 4}, {'=', 8}}}};
  const Sheet sheet = sheet_of(reply, kAll).value();
  const auto& changed = sheet.parts[0].passages[1].paragraphs;
  ASSERT_EQ(changed.size(), 3u);
  const auto &went = changed[1].runs[1], &came = changed[2].runs[1];
  EXPECT_EQ(went.text, "it");
  EXPECT_EQ(went.kind, Mark::Kind::Delete);
  EXPECT_EQ(came.text, "mine");
  EXPECT_EQ(came.kind, Mark::Kind::Insert);
}

TEST(Sheet, IsThereForNothingButTheDocumentOfTheHash) {
  auto none = small_reply(), two = small_reply(), other = small_reply(), changed = small_reply();
  none.whole.clear();
  none.pages = {"a page"};
  two.whole.push_back(two.whole[0]);
  other.document[31] ^= std::byte{1};
  changed.whole[0].document[30] ^= 1;
  for (const auto& reply : {none, two, other, changed, wire::AgentCheckReply{},
                            reply_with("free text"), reply_with("")}) {
    const auto sheet = sheet_of(reply, kAll);
    ASSERT_FALSE(sheet);
    EXPECT_EQ(sheet.error().code, Code::Corrupt) << sheet.error().message;
  }
}

TEST(Sheet, LetsNoTextOutsideTheDocumentChangeTheLine) {
  auto reply = small_reply();
  reply.school = "Oak\nfield\x1b[31m";
  reply.later_until = "\u202Enever";
  const Sheet sheet = sheet_of(reply, kAll).value();
  EXPECT_EQ(sheet.heading, "Oak\uFFFDfield\uFFFD[31m");
  EXPECT_EQ(sheet.choices[1].text, "Ask me again. This works until \uFFFDnever.");
}

TEST(Sheet, OfAnAddOnAsksForItAlone) {
  const wire::AgentPart part{"social", "Posting\tfor us", "May we post your\nphoto?\a", {}, {},
                             true};
  const Sheet adult = sheet_of(part, false, "en");
  EXPECT_EQ(adult.title, "School rules");
  EXPECT_EQ(adult.heading, "Posting\uFFFDfor us");
  EXPECT_EQ(text_of(adult), "May we post your\nphoto?\uFFFD");
  EXPECT_EQ(shown(adult),
            "I agree to these rules.\n"
            "I have a question. I can log in today.\n"
            "I do not agree. Somebody will talk to me about it.\n");
  EXPECT_EQ(words_of(adult), (std::vector{Word::Yes, Word::Help, Word::No}));
  EXPECT_EQ(adult.confirm + adult.problem, "");
  EXPECT_TRUE(shown(sheet_of(part, true, "en")).starts_with("I understand. I will try my best.\n"));
}

TEST(Sheet, OfANoticeHasOneWayOn) {
  const Sheet sheet = notice("Please talk to\n\nthe ICT team.\x1b", "Log off", "en");
  EXPECT_EQ(text_of(sheet), "Please talk to\n\nthe ICT team.\uFFFD");
  EXPECT_EQ(shown(sheet), "Log off\n");
  EXPECT_EQ(words_of(sheet), std::vector{Word::Enter});
  EXPECT_EQ(sheet.heading + sheet.confirm + sheet.problem, "");
}

}  // namespace
}  // namespace assent::windows
