// Bytes in, bytes out: what stands at a login is cut off by nothing but its own fault or a bug.

#include "core/device/frames.h"

#include <gtest/gtest.h>

#include <stdexcept>

#include "core/base/text.h"

namespace assent::device {
namespace {

class Frames : public ::testing::Test {
 protected:
  std::optional<std::string> answer(std::string_view body, const Answerer& answerer) {
    return answer_frame(body, answerer, [this](Severity severity, const std::string& line) {
      EXPECT_EQ(line, one_line(line));
      logged += (severity == Severity::Error ? "error: " : "") + line + "\n";
    });
  }
  static std::string body_of(const wire::AgentRequest& request) {
    return wire::to_frame(request).value().substr(wire::kFrameHeader);
  }
  static wire::AgentReply reply_in(const std::optional<std::string>& frame) {
    const std::string_view bytes = frame.value();
    const auto header = bytes.substr(0, wire::kFrameHeader);
    EXPECT_EQ(wire::frame_length(header).value(), bytes.size() - wire::kFrameHeader);
    return wire::parse_agent_reply(bytes.substr(wire::kFrameHeader)).value();
  }

  const std::string question = body_of(wire::AgentCheck{"amira", "sshd", {}, true});
  std::string logged;
};

TEST_F(Frames, CarryTheRequestInAndTheReplyOut) {
  wire::AgentCheck heard;
  const auto frame = answer(question, [&](const wire::AgentRequest& request) {
    heard = std::get<wire::AgentCheck>(request);
    return wire::AgentReply(wire::AgentAnswerReply{true, false, "later", "", 0});
  });
  EXPECT_EQ(heard, (wire::AgentCheck{"amira", "sshd", {}, true}));
  EXPECT_EQ(std::get<wire::AgentAnswerReply>(reply_in(frame)).outcome, "later");
  EXPECT_EQ(logged, "");
}

TEST_F(Frames, AskNobodyAboutWhatIsNoRequest) {
  const auto nobody = [](const wire::AgentRequest&) -> std::optional<wire::AgentReply> {
    ADD_FAILURE() << "was asked";
    return std::nullopt;
  };
  const std::string reply = wire::to_frame(wire::AgentReply(wire::AgentUnavailable{})).value();
  for (const std::string& body : {std::string(), std::string("\x02\x01", 2), question + "x",
                                  question.substr(1), reply.substr(wire::kFrameHeader)}) {
    logged.clear();
    EXPECT_FALSE(answer(body, nobody));
    EXPECT_TRUE(logged.starts_with("a request that is none: ")) << logged;
  }
}

TEST_F(Frames, AreNoneWhereThereIsNoReply) {
  const auto silent = [](const wire::AgentRequest&) { return std::nullopt; };
  EXPECT_FALSE(answer(body_of(wire::AgentOpened{"", "amira", "sshd"}), silent));
  EXPECT_EQ(logged, "");
}

TEST_F(Frames, CutOffOneCallerAloneWhereABugThrows) {
  const auto bug = [](const wire::AgentRequest&) -> std::optional<wire::AgentReply> {
    throw std::runtime_error("index\n7");
  };
  EXPECT_FALSE(answer(question, bug));
  EXPECT_EQ(logged, "error: this is a bug: index\uFFFD7\n");
}

TEST_F(Frames, SayUnavailableInPlaceOfAReplyThatDoesNotFit) {
  const auto much = [](const wire::AgentRequest&) {
    wire::AgentCheckReply reply;
    reply.pages.assign(40, std::string(wire::AgentLimits::kPage, 'p'));
    return wire::AgentReply(reply);
  };
  const auto reply = reply_in(answer(question, much));
  EXPECT_TRUE(std::holds_alternative<wire::AgentUnavailable>(reply));
  EXPECT_TRUE(logged.starts_with("error: a reply does not fit: ")) << logged;
}

}  // namespace
}  // namespace assent::device
