// The bytes that a device's key signs: fixed here, so that they cannot drift.
#include <gtest/gtest.h>

#include "core/crypto/crypto.h"
#include "core/wire/device.h"
#include "core/wire/gate.h"

namespace assent::wire {
namespace {

const std::string kDevice = "d_" + to_base32(std::array<std::byte, 16>{});
const std::string kHex(64, 'a');

Statement example() {
  Statement statement;
  statement.device = kDevice;
  statement.ticket_hash = kHex;
  statement.shown = std::string(64, 'b');
  statement.channel = "pam:sshd";
  statement.authenticated = true;
  statement.answers = {{"student", "agree"}, {"social-media", "decline"}};
  statement.at = parse_rfc3339("2026-09-01T08:00:00.000Z").value();
  return statement;
}

const std::string kExample = "assent/answer/v1\ndevice " + kDevice + "\nticket " + kHex +
                             "\nshown " + std::string(64, 'b') +
                             "\nchannel pam:sshd\nauthenticated yes\ncannot-ask no\n"
                             "answer student agree\nanswer social-media decline\n"
                             "at 2026-09-01T08:00:00.000Z\n";

OpenedStatement opened_example() {
  return {kDevice, kHex, "pam:login", parse_rfc3339("2026-09-01T08:00:00.000Z").value()};
}

const std::string kOpenedExample = "assent/opened/v1\ndevice " + kDevice + "\nticket " + kHex +
                                   "\nchannel pam:login\nat 2026-09-01T08:00:00.000Z\n";

TEST(AnswerStatement, HasTheBytesOfTheSpecification) {
  EXPECT_EQ(to_statement(example()), kExample);
}

TEST(AnswerStatement, ReadsBackWhatWasSigned) {
  const Statement read = parse_statement(kExample).value();
  EXPECT_EQ(read.device, kDevice);
  EXPECT_EQ(read.shown, std::string(64, 'b'));
  EXPECT_TRUE(read.authenticated);
  EXPECT_FALSE(read.cannot_ask);
  ASSERT_EQ(read.answers.size(), 2u);
  EXPECT_EQ(read.answers[1].policy, "social-media");
  EXPECT_EQ(read.answers[1].act, "decline");
  EXPECT_EQ(to_statement(read), kExample);
}

TEST(AnswerStatement, AcceptsNoOtherSpelling) {
  for (std::size_t i = 0; i < kExample.size(); ++i) {
    EXPECT_FALSE(parse_statement(kExample.substr(0, i))) << "cut at " << i;
    std::string doubled = kExample, control = kExample;
    doubled.insert(i, 1, ' ');
    control[i] = '\x1b';
    EXPECT_FALSE(parse_statement(control)) << "control at " << i;
    const auto read = parse_statement(doubled);  // only a channel may hold a space
    if (read) {
      EXPECT_EQ(to_statement(*read), doubled);
    }
  }
  EXPECT_FALSE(parse_statement(kExample + "x"));
  EXPECT_FALSE(parse_statement(kExample + "\n"));
}

TEST(AnswerStatement, RefusesEveryFieldThatIsWrong) {
  const auto with = [](auto change) {
    Statement statement = example();
    change(statement);
    return parse_statement(to_statement(statement));
  };
  EXPECT_TRUE(with([](Statement&) {}));
  EXPECT_FALSE(with([](Statement& s) { s.device = "p_" + kDevice.substr(2); }));
  EXPECT_FALSE(with([](Statement& s) { s.ticket_hash = std::string(64, 'A'); }));
  EXPECT_FALSE(with([](Statement& s) { s.shown = "bb"; }));
  EXPECT_FALSE(with([](Statement& s) { s.channel = std::string(65, 'c'); }));
  EXPECT_FALSE(with([](Statement& s) { s.channel = ""; }));
  EXPECT_FALSE(with([](Statement& s) { s.answers.clear(); }));
  EXPECT_FALSE(with([](Statement& s) { s.answers.assign(17, {"a", "agree"}); }));
  EXPECT_FALSE(with([](Statement& s) { s.answers[0].act = "endorse"; }));
  EXPECT_FALSE(with([](Statement& s) { s.answers[0].policy = "Student"; }));
}

TEST(AnswerStatement, IsNoStatementOfAnotherType) {
  EXPECT_FALSE(parse_statement(kOpenedExample));
  EXPECT_FALSE(parse_statement(enrol_statement("ABCD", PublicKey{})));
  EXPECT_FALSE(parse_statement(session_statement(kDevice, "c")));
}

TEST(OpenedStatement, HasTheBytesOfTheSpecification) {
  EXPECT_EQ(to_statement(opened_example()), kOpenedExample);
}

TEST(OpenedStatement, ReadsBackWhatWasSigned) {
  const OpenedStatement read = parse_opened_statement(kOpenedExample).value();
  EXPECT_EQ(read.device, kDevice);
  EXPECT_EQ(read.ticket_hash, kHex);
  EXPECT_EQ(read.channel, "pam:login");
  EXPECT_EQ(to_rfc3339(read.at), "2026-09-01T08:00:00.000Z");
}

TEST(OpenedStatement, AcceptsNoOtherSpelling) {
  for (std::size_t i = 0; i < kOpenedExample.size(); ++i) {
    EXPECT_FALSE(parse_opened_statement(kOpenedExample.substr(0, i))) << "cut at " << i;
    std::string doubled = kOpenedExample, control = kOpenedExample;
    doubled.insert(i, 1, ' ');
    control[i] = '\x1b';
    EXPECT_FALSE(parse_opened_statement(control)) << "control at " << i;
    const auto read = parse_opened_statement(doubled);  // only a channel may hold a space
    if (read) {
      EXPECT_EQ(to_statement(*read), doubled);
    }
  }
  EXPECT_FALSE(parse_opened_statement(kOpenedExample + "x"));
  EXPECT_FALSE(parse_opened_statement(kOpenedExample + "\n"));
  EXPECT_FALSE(parse_opened_statement(kOpenedExample + "answer student agree\n"));
}

TEST(OpenedStatement, RefusesEveryFieldThatIsWrong) {
  const auto with = [](auto change) {
    OpenedStatement statement = opened_example();
    change(statement);
    return parse_opened_statement(to_statement(statement));
  };
  EXPECT_TRUE(with([](OpenedStatement&) {}));
  EXPECT_FALSE(with([](OpenedStatement& s) { s.device = "p_" + kDevice.substr(2); }));
  EXPECT_FALSE(with([](OpenedStatement& s) { s.device = ""; }));
  EXPECT_FALSE(with([](OpenedStatement& s) { s.ticket_hash = std::string(64, 'A'); }));
  EXPECT_FALSE(with([](OpenedStatement& s) { s.ticket_hash = "aa"; }));
  EXPECT_FALSE(with([](OpenedStatement& s) { s.channel = std::string(65, 'c'); }));
  EXPECT_FALSE(with([](OpenedStatement& s) { s.channel = ""; }));
  EXPECT_FALSE(with([](OpenedStatement& s) { s.channel = "pam:login\nat x"; }));
}

// So a signature over one is never taken for a signature over the other.
TEST(OpenedStatement, IsNoStatementOfAnotherType) {
  EXPECT_FALSE(parse_opened_statement(kExample));
  EXPECT_FALSE(parse_opened_statement(enrol_statement("ABCD", PublicKey{})));
  EXPECT_FALSE(parse_opened_statement(session_statement(kDevice, "c")));
}

TEST(DeviceStatements, HaveTheBytesOfTheSpecification) {
  EXPECT_EQ(enrol_statement("ABCD-EFGH", PublicKey{}),
            "assent/enrol/v1\ncode ABCD-EFGH\n"
            "key AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n");
  EXPECT_EQ(session_statement("d_x", "sealed"),
            "assent/session/v1\ndevice d_x\nchallenge sealed\n");
}

}  // namespace
}  // namespace assent::wire
