#include "core/wire/agent_message.h"

#include <gtest/gtest.h>

namespace assent::wire {
namespace {

AgentCheckReply question() {
  AgentCheckReply reply;
  reply.verdict = Verdict::Ask;
  reply.school = "Oakfield";
  reply.pages = {"one\ntwo", "", "three \xC3\xA9"};
  reply.ticket = "sealed";
  reply.document.fill(std::byte{0xAB});
  reply.parts = {{"student", "Rules", "Will you?", PartMode::Agree, PartKind::Amendment, false},
                 {"social", "Posting", "And?", PartMode::Acknowledge, PartKind::Full, true}};
  reply.rendition = "ks2";
  reply.help = "Mrs Khan";
  reply.deferrals_left = 3;
  reply.later_until = "01 Dec 00:00";
  return reply;
}

// What a Window gets in place of pages.
AgentCheckReply window_question() {
  AgentCheckReply reply = question();
  reply.pages.clear();
  AgentWhole whole{"assent-presentation/1\nnot\tlooked into \xC5\xB5\n", {}};
  whole.marks = {{{{'=', 7}, {'-', 2}, {'+', 4}, {'=', 1u << 16}}}, {}, {{{'=', 1}}}};
  reply.whole = {whole};
  return reply;
}

std::string body_of(const Result<std::string>& frame) {
  const std::string& text = *frame;
  EXPECT_EQ(*frame_length(text.substr(0, kFrameHeader)), text.size() - kFrameHeader);
  return text.substr(kFrameHeader);
}

TEST(AgentMessage, EveryRequestComesBackAsItWas) {
  const AgentCheck check{"amira", "sshd", ScreenKind::DisplayManager, true};
  const auto read = parse_agent_request(body_of(to_frame(AgentRequest(check))));
  EXPECT_EQ(std::get<AgentCheck>(*read), check);
  const AgentOpened opened{"sealed", "amira", "login"};
  EXPECT_EQ(std::get<AgentOpened>(*parse_agent_request(body_of(to_frame(AgentRequest(opened))))),
            opened);
  EXPECT_TRUE(std::holds_alternative<AgentBanner>(
      *parse_agent_request(body_of(to_frame(AgentRequest(AgentBanner{}))))));
  AgentAnswer answer{"sealed", {}, {{"student", "agree"}, {"social", "decline"}}, true, "su", true};
  answer.document.fill(std::byte{3});
  const auto back =
      std::get<AgentAnswer>(*parse_agent_request(body_of(to_frame(AgentRequest(answer)))));
  EXPECT_EQ(back.document, answer.document);
  ASSERT_EQ(back.answers.size(), 2u);
  EXPECT_EQ(back.answers[1].act, "decline");
  EXPECT_TRUE(back.cannot_ask && back.authenticated);
}

TEST(AgentMessage, EveryReplyComesBackAsItWas) {
  const AgentReply replies[] = {question(),
                                window_question(),
                                AgentCheckReply{},
                                AgentAnswerReply{true, true, "accepted", "Thank you", 1ull << 60},
                                AgentBannerReply{"Oakfield", "Be kind.\n\nBe fair."},
                                AgentBannerReply{},
                                AgentUnavailable{"Later"}};
  for (const auto& reply : replies) {
    const auto back = parse_agent_reply(body_of(to_frame(reply)));
    ASSERT_TRUE(back);
    EXPECT_TRUE(*back == reply);
  }
}

// Nothing goes over that nobody reads: what a host knows of a person stays with it.
TEST(AgentMessage, ACheckSaysWhoAsksWhereAndHowAndNoMore) {
  const auto frame = to_frame(AgentRequest(AgentCheck{"jo", "su", ScreenKind::Terminal, true}));
  const std::string_view expected(
      "\x01\x01\x01\0\0\0\x02jo\x02\0\0\0\x02su\x03\0\0\0\x01\0\x04\0\0\0\x01\x01", 28);
  EXPECT_EQ(body_of(frame), expected);
}

TEST(AgentMessage, AnyScreenThatThereIsComesBackAndNoOther) {
  for (const auto screen : {ScreenKind::Terminal, ScreenKind::DisplayManager, ScreenKind::Window}) {
    const AgentCheck check{"jo", "console", screen, false};
    EXPECT_EQ(std::get<AgentCheck>(*parse_agent_request(body_of(to_frame(AgentRequest(check))))),
              check);
  }
  for (const int other : {3, 4, 255}) {
    const AgentCheck check{"jo", "console", static_cast<ScreenKind>(other), false};
    EXPECT_FALSE(parse_agent_request(body_of(to_frame(AgentRequest(check))))) << other;
  }
}

TEST(AgentMessage, ADocumentForAWindowComesOnceOrNotAtAll) {
  auto reply = window_question();
  reply.whole.push_back(reply.whole[0]);
  EXPECT_FALSE(to_frame(AgentReply(reply)));
  const std::string none = body_of(to_frame(AgentReply(question())));
  const std::string whole("\x0C\0\0\0\x05\x01\0\0\0\0", 10);  // of an empty document
  ASSERT_TRUE(parse_agent_reply(none + whole));
  EXPECT_EQ(std::get<AgentCheckReply>(*parse_agent_reply(none + whole)).whole.size(), 1u);
  EXPECT_FALSE(parse_agent_reply(none + whole + whole));
}

TEST(AgentMessage, ARequestIsNotReadAsAReply) {
  EXPECT_FALSE(parse_agent_reply(body_of(to_frame(AgentRequest(AgentCheck{})))));
  EXPECT_FALSE(parse_agent_request(body_of(to_frame(AgentReply(AgentUnavailable{})))));
}

TEST(AgentMessage, NoCutOrLengthenedMessageIsRead) {
  const std::string body = body_of(to_frame(AgentReply(question())));
  for (std::size_t size = 0; size < body.size(); ++size)
    EXPECT_FALSE(parse_agent_reply(body.substr(0, size))) << size;
  EXPECT_FALSE(parse_agent_reply(body + '\0'));
}

TEST(AgentMessage, AFlippedBitNeverCrashesAndNeverMakesAnInvalidVerdict) {
  const std::string body = body_of(to_frame(AgentReply(question())));
  for (std::size_t bit = 0; bit < body.size() * 8; ++bit) {
    std::string damaged = body;
    damaged[bit / 8] = static_cast<char>(damaged[bit / 8] ^ 1 << bit % 8);
    const auto reply = parse_agent_reply(damaged);
    if (!reply) continue;
    const auto* check = std::get_if<AgentCheckReply>(&*reply);
    EXPECT_LE(check ? static_cast<int>(check->verdict) : 0, 3);
  }
}

TEST(AgentMessage, UnknownRepeatedAndMissingFieldsAreRefused) {
  const std::string text("\x01\0\0\0\x01x", 6), unknown("\x63\0\0\0\0", 5);
  const std::string head("\x01\x06", 2);
  EXPECT_TRUE(parse_agent_reply(head + text));
  EXPECT_FALSE(parse_agent_reply(head + text + text));
  EXPECT_FALSE(parse_agent_reply(head + text + unknown));
  EXPECT_FALSE(parse_agent_reply(head));
  EXPECT_FALSE(parse_agent_reply("\x02\x06" + text));
}

TEST(AgentMessage, ABannerFitsAScreenOrIsNotSent) {
  const AgentBannerReply longest{std::string(256, 'c'), std::string(4096, 't')};
  EXPECT_TRUE(to_frame(AgentReply(longest)));
  EXPECT_FALSE(to_frame(AgentReply(AgentBannerReply{longest.caption + "c", ""})));
  EXPECT_FALSE(to_frame(AgentReply(AgentBannerReply{"", longest.text + "t"})));
  EXPECT_EQ(body_of(to_frame(AgentRequest(AgentBanner{}))), "\x01\x08");
}

TEST(AgentMessage, LimitsHoldInBothDirections) {
  AgentCheck check;
  check.login.assign(257, 'a');
  EXPECT_FALSE(to_frame(AgentRequest(check)));
  auto reply = question();
  reply.pages.assign(AgentLimits::kPages + 1, "p");
  EXPECT_FALSE(to_frame(AgentReply(reply)));
  reply.pages.assign(40, std::string(AgentLimits::kPage, 'p'));
  EXPECT_FALSE(to_frame(AgentReply(reply))) << "over the frame's limit";
  EXPECT_FALSE(frame_length(std::string_view("\0\0\0\0", 4)));
  EXPECT_FALSE(frame_length("\x7f\xff\xff\xff"));
  EXPECT_TRUE(frame_length(std::string_view("\0\4\0\0", 4)));
  EXPECT_FALSE(frame_length(std::string_view("\0\4\0\1", 4)));
  EXPECT_FALSE(frame_length("abc"));
  const std::string many = std::string("\x01\x06", 2) + std::string("\x01\0\x01\0\0", 5);
  EXPECT_FALSE(parse_agent_reply(many + std::string(65536, 'x')));
}

bool is_written_with(void (*change)(AgentCheckReply&)) {
  AgentCheckReply reply = window_question();
  change(reply);
  return bool(to_frame(AgentReply(reply)));
}

TEST(AgentMessage, TextsAndListsKeepToTheirLimits) {
  using Reply = AgentCheckReply;
  EXPECT_TRUE(is_written_with([](Reply& r) { r.whole[0].document.assign(65536, 'd'); }));
  EXPECT_FALSE(is_written_with([](Reply& r) { r.whole[0].document.assign(65537, 'd'); }));
  EXPECT_TRUE(is_written_with([](Reply& r) { r.whole[0].marks.assign(1024, {}); }));
  EXPECT_FALSE(is_written_with([](Reply& r) { r.whole[0].marks.assign(1025, {}); }));
  EXPECT_TRUE(is_written_with([](Reply& r) { r.whole[0].marks[0].spans.assign(4096, {}); }));
  EXPECT_FALSE(is_written_with([](Reply& r) { r.whole[0].marks[0].spans.assign(4097, {}); }));
  for (const auto text : {&Reply::school, &Reply::message, &Reply::help}) {
    Reply reply = question();
    (reply.*text).assign(AgentLimits::kText, 't');
    EXPECT_TRUE(to_frame(AgentReply(reply)));
    reply.*text += 't';
    EXPECT_FALSE(to_frame(AgentReply(reply)));
  }
}

// A frame with one field's bytes changed by hand: what no writer of ours would send.
TEST(AgentMessage, WhatIsOverALimitIsRefusedFromAnyWriter) {
  const std::string none = body_of(to_frame(AgentReply(question())));
  const auto field = [](char tag, const std::string& value) {
    std::string out{tag};
    for (int shift = 24; shift >= 0; shift -= 8)
      out += static_cast<char>(value.size() >> shift & 0xFF);
    return out + value;
  };
  const auto reads = [&](const std::string& whole) {
    return bool(parse_agent_reply(none + field(12, whole)));
  };
  const std::string span = field(1, "=") + field(2, std::string("\0\0\0\1", 4));
  EXPECT_TRUE(reads(field(1, std::string(65536, 'd'))));
  EXPECT_FALSE(reads(field(1, std::string(65537, 'd'))));
  EXPECT_TRUE(reads(field(1, "d") + field(2, field(1, span))));
  EXPECT_FALSE(reads(field(1, "d") + field(2, field(1, span + span)))) << "fields come twice";
  EXPECT_FALSE(reads(field(1, "d") + field(2, field(1, field(1, "=")))));
  EXPECT_FALSE(reads(field(1, "d") + field(2, field(1, field(1, "\x7F") + span.substr(6)))));
  const std::string wide = field(2, std::string("\0\1\0\1", 4));  // 65,537 bytes
  EXPECT_FALSE(reads(field(1, "d") + field(2, field(1, field(1, "=") + wide))));
  EXPECT_FALSE(reads("")) << "no document";
}

}  // namespace
}  // namespace assent::wire
