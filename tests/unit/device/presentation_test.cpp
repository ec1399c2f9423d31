// What each kind of screen is given of what the service sent.

#include "core/device/presentation.h"

#include "tests/unit/device/fixture.h"

namespace assent::device {
namespace {

using wire::ScreenKind;

using Marks = std::vector<std::vector<wire::MarkSpan>>;

wire::CheckReply asking(Marks marks = {}) {
  auto reply = FakeService::asking();
  reply.presentation->marks = std::move(marks);
  return reply;
}

wire::AgentCheckReply for_window(const wire::CheckReply& reply) {
  return to_agent_reply(reply, ScreenKind::Window).value();
}

TEST(Presentation, GivesAWindowTheDocumentAndItsMarksAndNoPages) {
  const Marks marks = {{{'=', 7}, {'-', 2}, {'+', 4}}, {}, {{'=', 1}}};
  const auto reply = for_window(asking(marks));
  EXPECT_TRUE(reply.pages.empty());
  ASSERT_EQ(reply.whole.size(), 1u);
  EXPECT_EQ(reply.whole[0].document, canonical_document());
  ASSERT_EQ(reply.whole[0].marks.size(), marks.size());
  for (std::size_t i = 0; i < marks.size(); ++i)
    EXPECT_EQ(reply.whole[0].marks[i].spans, marks[i]) << i;
}

TEST(Presentation, TellsAWindowAllThatATerminalIsTold) {
  auto window = for_window(asking());
  auto terminal = to_agent_reply(asking(), ScreenKind::Terminal).value();
  EXPECT_FALSE(terminal.pages.empty());
  EXPECT_TRUE(terminal.whole.empty());
  window.whole.clear();
  terminal.pages.clear();
  EXPECT_EQ(window, terminal);
  EXPECT_EQ(window.rendition, "ks2");
  EXPECT_EQ(window.document, sha256(canonical_document()));
}

TEST(Presentation, LeavesMarksOutWhereThereAreMoreThanAFrameHolds) {
  const std::vector<wire::MarkSpan> many(1024, {'=', 1});
  const auto most = for_window(asking(Marks(4, many)));
  EXPECT_EQ(most.whole.at(0).marks.size(), 4u);
  Marks more(4, many);
  more.push_back({{'=', 1}});
  const auto none = for_window(asking(more));
  EXPECT_TRUE(none.whole.at(0).marks.empty());
  EXPECT_EQ(none.whole.at(0).document, canonical_document());
}

// The longest document there may be, in the most parts, with the most marks.
wire::CheckReply longest() {
  Document document{"en-GB", "std", {}};
  for (std::size_t i = 0; i < DocumentLimits::kParts; ++i) {
    DocumentPart part;
    part.policy = "p" + std::to_string(i);
    part.to = 1;
    part.mode = "agree";
    part.title = std::string(250, 't');
    part.ask = std::string(i == 0 ? 3000 : 3650, 'a');
    if (i == 0) part.help = std::string(600, 'h');
    document.parts.push_back(part);
  }
  auto reply = asking(Marks(1024, std::vector<wire::MarkSpan>(4, {'=', 1})));
  reply.presentation->document = to_canonical(document).value();
  reply.presentation->hash = sha256(reply.presentation->document);
  reply.presentation->ticket = std::string(wire::Limits::kTicket, 's');
  return reply;
}

TEST(Presentation, OfTheLongestDocumentFitsAFrame) {
  const auto reply = longest();
  EXPECT_GT(reply.presentation->document.size(), 64'000u);
  for (const auto screen : {ScreenKind::Window, ScreenKind::Terminal, ScreenKind::DisplayManager})
    EXPECT_TRUE(wire::to_frame(wire::AgentReply(to_agent_reply(reply, screen).value())));
  EXPECT_EQ(for_window(reply).whole.at(0).marks.size(), 1024u);
}

TEST(Presentation, GivesNoScreenADocumentThatIsNotTheOneOfItsHash) {
  for (const auto screen : {ScreenKind::Window, ScreenKind::Terminal, ScreenKind::DisplayManager}) {
    auto other = asking(), none = asking();
    other.presentation->hash[0] ^= std::byte{1};
    none.presentation->document = "free text";
    none.presentation->hash = sha256("free text");
    for (const auto& reply : {other, none}) {
      const auto shown = to_agent_reply(reply, screen);
      ASSERT_FALSE(shown);
      EXPECT_EQ(shown.error().code, Code::Corrupt);
    }
  }
}

TEST(Presentation, OfAVerdictAloneHoldsNothingToRead) {
  const auto reply = for_window(FakeService::clear());
  EXPECT_EQ(reply.verdict, wire::Verdict::Clear);
  EXPECT_TRUE(reply.whole.empty() && reply.pages.empty() && reply.ticket.empty());
}

}  // namespace
}  // namespace assent::device
