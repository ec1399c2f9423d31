#pragma once
// A student before a device, and the answers that the device sends for them.

#include <gtest/gtest.h>

#include "core/formats/json.h"
#include "service/app/answer_record.h"
#include "tests/support/gate_desk.h"

namespace assent::answer_test {

using support::AnswerResult;
using support::GateDesk;
using support::OpenedResult;
using support::VersionText;

struct GateAnswer : testing::Test {
  GateAnswer() {
    desk.publish("student", 1);
    desk.student("jsmith");
    device = desk.device("LIB-01", 11);
  }

  Shown show(const std::string& login = "jsmith") {
    return desk.check(device, login).shown.value();
  }
  AnswerQuestion says(const Shown& shown, Act act) {
    return desk.question(shown, {{"student", act}}, 11);
  }
  AnswerResult send(const AnswerQuestion& asked) { return desk.answer(device, asked); }
  static AnswerOutcome good(const AnswerResult& result) {
    if (const auto* failure = std::get_if<AnswerFailure>(&result))
      ADD_FAILURE() << failure->error.message;
    return std::get<AnswerOutcome>(result);
  }
  // The refusal; nothing may have been written.
  Refusal refused(const AnswerQuestion& asked) { return refused_at(device, asked); }
  Refusal refused_at(const DeviceRow& at, const AnswerQuestion& asked) {
    const auto before = desk.records();
    const AnswerResult result = desk.answer(at, asked);
    EXPECT_EQ(desk.records(), before);
    const auto* failure = std::get_if<AnswerFailure>(&result);
    return failure ? failure->refusal : Refusal::None;
  }
  void publish_later(std::uint32_t number, const std::string& enforced = "2025-01-01") {
    VersionText text;
    text.enforced_from = enforced;
    desk.publish("student", number, text);
  }
  static Value record(const AnswerOutcome& outcome) {
    return parse_json(outcome.receipt.record).value();
  }

  GateDesk desk;
  DeviceRow device;
};

}  // namespace assent::answer_test
