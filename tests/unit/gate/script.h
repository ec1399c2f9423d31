#pragma once
// A screen and a gate that follow a script. Each must be used up by the end of a test: a prompt
// that was never asked, or an answer that was never sent, fails it.

#include <gtest/gtest.h>

#include <deque>
#include <string>
#include <variant>
#include <vector>

#include "core/gate/conversation.h"

namespace assent::gate {

struct Gone {};          // end of file, or the connection was cut
struct CannotPrompt {};  // a host that has no way to ask
using Typed = std::variant<std::string, Gone, CannotPrompt>;

class ScriptedScreen final : public Screen {
 public:
  explicit ScriptedScreen(std::deque<Typed> lines, bool keeps = true)
      : lines_(std::move(lines)), keeps_(keeps) {}
  ~ScriptedScreen() override { EXPECT_TRUE(lines_.empty()) << lines_.size() << " never asked for"; }

  void show(std::string_view text) override { shown.emplace_back(text); }
  Result<std::string> ask(std::string_view page, std::string_view prompt) override {
    pages.emplace_back(page);
    prompts.emplace_back(prompt);
    if (lines_.empty()) {
      ADD_FAILURE() << "asked once too often: " << prompt;
      return fail(Code::Unavailable, "script is over");
    }
    const Typed line = lines_.front();
    lines_.pop_front();
    if (std::holds_alternative<Gone>(line)) return fail(Code::Unavailable, "gone");
    if (std::holds_alternative<CannotPrompt>(line)) return fail(Code::Denied, "cannot");
    return std::get<std::string>(line);
  }
  bool keeps_text() const override { return keeps_; }

  std::vector<std::string> shown, pages, prompts;

 private:
  std::deque<Typed> lines_;
  bool keeps_;
};

class ScriptedGate final : public Gate {
 public:
  ScriptedGate(std::deque<Result<wire::AgentCheckReply>> checks,
               std::deque<Result<wire::AgentAnswerReply>> answers)
      : checks_(std::move(checks)), answers_(std::move(answers)) {}
  ~ScriptedGate() override {
    EXPECT_TRUE(checks_.empty()) << "a check was never made";
    EXPECT_TRUE(answers_.empty()) << "an answer was never sent";
  }

  Result<wire::AgentCheckReply> check(bool full) override {
    asked_full.push_back(full);
    return next(checks_);
  }
  Result<wire::AgentAnswerReply> answer(const wire::AgentAnswer& answer) override {
    sent.push_back(answer);
    return next(answers_);
  }
  void opened(const std::string&) override { ADD_FAILURE() << "the host says opened, not this"; }

  std::vector<bool> asked_full;
  std::vector<wire::AgentAnswer> sent;

 private:
  template <class T>
  static Result<T> next(std::deque<Result<T>>& script) {
    if (script.empty()) {
      ADD_FAILURE() << "the gate was called once too often";
      return fail(Code::Unavailable, "script is over");
    }
    auto reply = std::move(script.front());
    script.pop_front();
    return reply;
  }
  std::deque<Result<wire::AgentCheckReply>> checks_;
  std::deque<Result<wire::AgentAnswerReply>> answers_;
};

}  // namespace assent::gate
