#include "core/wire/expect_reply.h"

#include <gtest/gtest.h>

namespace assent::wire {
namespace {

TEST(ExpectReply, TakesTheReplyThatTheRequestWants) {
  const AgentAnswerReply sent{true, true, "accepted", "", 7};
  EXPECT_EQ(expect_reply<AgentAnswerReply>(AgentReply(sent)).value(), sent);
  EXPECT_TRUE(expect_reply<AgentCheckReply>(AgentReply(AgentCheckReply{})));
}

TEST(ExpectReply, TakesNothingElse) {
  const auto away = expect_reply<AgentCheckReply>(AgentReply(AgentUnavailable{"Try later."}));
  ASSERT_FALSE(away);
  EXPECT_EQ(away.error().code, Code::Unavailable);
  EXPECT_EQ(away.error().message, "Try later.");
  const auto other = expect_reply<AgentCheckReply>(AgentReply(AgentAnswerReply{}));
  ASSERT_FALSE(other);
  EXPECT_EQ(other.error().code, Code::Invalid);
  const auto failed = expect_reply<AgentCheckReply>(fail(Code::Corrupt, "half a frame"));
  ASSERT_FALSE(failed);
  EXPECT_EQ(failed.error().code, Code::Corrupt);
}

}  // namespace
}  // namespace assent::wire
