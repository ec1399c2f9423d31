// Each acceptance comes to one end, whatever LogonUI does and in whatever order; and nothing that
// fails keeps anybody out.

#include "winlogon-shim/provider/logon_gate.h"

#include <gtest/gtest.h>

#include <stdexcept>
#include <vector>

namespace assent::provider {
namespace {

using Told = std::vector<std::string>;

struct Script {
  Answered answer{.let_in = true, .message = ""};
  bool throws = false, throws_at_the_end = false, not_made = false, made_null = false;
  std::function<void()> meanwhile = [] {};
  Told told;
};

class FakeGate final : public GateAtLogon {
 public:
  explicit FakeGate(Script& script) : script_(script) {}
  Answered ask(const Account& account, void*) override {
    script_.told.push_back("asked " + account.domain + "|" + account.login);
    script_.meanwhile();
    if (script_.throws) throw std::runtime_error("a bug");
    return script_.answer;
  }
  void confirmed() override { end("confirmed"); }
  void dropped() override { end("dropped"); }

 private:
  void end(const char* how) {
    script_.told.push_back(how);
    if (script_.throws_at_the_end) throw std::runtime_error("a bug");
  }
  Script& script_;
};

class FakeSessions final : public Sessions {
 public:
  bool has(const Account& account) const override { return account.login == "here"; }
};

LogonGate gate_of(Script& script) {
  const auto make = [&script]() -> Result<std::unique_ptr<GateAtLogon>> {
    if (script.not_made) return fail(Code::Unavailable, "no settings");
    if (script.made_null) return std::unique_ptr<GateAtLogon>();
    return std::unique_ptr<GateAtLogon>(new FakeGate(script));
  };
  return LogonGate(make, std::make_unique<FakeSessions>());
}

// Packed without a domain.
Blob logon_of(std::string_view login, unsigned char kind = 2) {
  Blob blob(64);
  blob[0] = std::byte(kind);
  blob[24] = std::byte(login.size() * 2);
  blob[32] = std::byte(64);
  for (const char c : login) blob.insert(blob.end(), {std::byte(c), std::byte(0)});
  return blob;
}

constexpr std::nullopt_t kGoesOn = std::nullopt;

TEST(LogonGate, ConfirmsWhatWindowsConfirms) {
  Script script;
  LogonGate gate = gate_of(script);
  EXPECT_EQ(gate.kept_out(logon_of("ann"), nullptr), kGoesOn);
  EXPECT_EQ(script.told, (Told{"asked |ann"}));
  gate.reported(true);
  gate.reported(true);
  gate.left();
  EXPECT_EQ(script.told, (Told{"asked |ann", "confirmed"}));
}

TEST(LogonGate, DropsWhatWindowsRefuses) {
  Script script;
  LogonGate gate = gate_of(script);
  EXPECT_EQ(gate.kept_out(logon_of("ann"), nullptr), kGoesOn);
  gate.reported(false);
  gate.reported(true);
  EXPECT_EQ(script.told, (Told{"asked |ann", "dropped"}));
}

TEST(LogonGate, DropsWhatNeverCameToAnEnd) {
  Script script;
  {
    LogonGate gate = gate_of(script);
    EXPECT_EQ(gate.kept_out(logon_of("ann"), nullptr), kGoesOn);
    EXPECT_EQ(gate.kept_out(logon_of("bob"), nullptr), kGoesOn);
    EXPECT_EQ(script.told, (Told{"asked |ann", "dropped", "asked |bob"}));
    gate.left();
    EXPECT_EQ(gate.kept_out(logon_of("cy"), nullptr), kGoesOn);
  }
  EXPECT_EQ(script.told,
            (Told{"asked |ann", "dropped", "asked |bob", "dropped", "asked |cy", "dropped"}));
}

TEST(LogonGate, WhoIsKeptOutHasNothingPending) {
  Script script;
  script.answer = {.let_in = false, .message = "Not without the rules"};
  LogonGate gate = gate_of(script);
  EXPECT_EQ(gate.kept_out(logon_of("ann"), nullptr), "Not without the rules");
  gate.reported(true);
  EXPECT_EQ(script.told, (Told{"asked |ann"}));
}

TEST(LogonGate, WhoUnlocksOrHasASessionIsNotAsked) {
  Script script;
  LogonGate gate = gate_of(script);
  EXPECT_EQ(gate.kept_out(logon_of("ann", 7), nullptr), kGoesOn);
  EXPECT_EQ(gate.kept_out(logon_of("here"), nullptr), kGoesOn);
  gate.reported(true);
  EXPECT_EQ(script.told, Told{});
}

TEST(LogonGate, WhatCannotBeReadGoesOn) {
  Script script;
  LogonGate gate = gate_of(script);
  EXPECT_EQ(gate.kept_out(Blob(10), nullptr), kGoesOn);
  EXPECT_EQ(gate.kept_out(logon_of(""), nullptr), kGoesOn);
  EXPECT_EQ(script.told, Told{});
}

TEST(LogonGate, WithoutAGateLogonsGoOnAndTheNextTriesAgain) {
  Script script;
  LogonGate gate = gate_of(script);
  script.not_made = true;
  EXPECT_EQ(gate.kept_out(logon_of("ann"), nullptr), kGoesOn);
  script.not_made = false;
  script.made_null = true;
  EXPECT_EQ(gate.kept_out(logon_of("ann"), nullptr), kGoesOn);
  gate.reported(true);
  script.made_null = false;
  EXPECT_EQ(gate.kept_out(logon_of("ann"), nullptr), kGoesOn);
  EXPECT_EQ(script.told, (Told{"asked |ann"}));
}

TEST(LogonGate, AGateThatFailsLetsTheLogonGoOnAndConfirmsNothing) {
  Script script;
  script.throws = true;
  LogonGate gate = gate_of(script);
  EXPECT_EQ(gate.kept_out(logon_of("ann"), nullptr), kGoesOn);
  gate.reported(true);
  EXPECT_EQ(script.told, (Told{"asked |ann", "dropped"}));
}

TEST(LogonGate, AGateThatFailsAtTheEndIsToldOnce) {
  Script script;
  script.throws_at_the_end = true;
  {
    LogonGate gate = gate_of(script);
    EXPECT_EQ(gate.kept_out(logon_of("ann"), nullptr), kGoesOn);
    gate.reported(true);
  }
  EXPECT_EQ(script.told, (Told{"asked |ann", "confirmed"}));
}

// From within the message loop of ask()'s window.
TEST(LogonGate, ATileThatGoesMeanwhileTakesItsLogonWithIt) {
  Script script;
  LogonGate gate = gate_of(script);
  script.meanwhile = [&] { gate.left(); };
  EXPECT_EQ(gate.kept_out(logon_of("ann"), nullptr), "");
  gate.reported(true);
  EXPECT_EQ(script.told, (Told{"asked |ann", "dropped"}));
}

TEST(LogonGate, ASecondLogonMeanwhileIsKeptOut) {
  Script script;
  LogonGate gate = gate_of(script);
  script.meanwhile = [&] {
    EXPECT_EQ(gate.kept_out(logon_of("bob"), nullptr), "");
    gate.reported(true);
  };
  EXPECT_EQ(gate.kept_out(logon_of("ann"), nullptr), kGoesOn);
  gate.reported(true);
  EXPECT_EQ(script.told, (Told{"asked |ann", "confirmed"}));
}

}  // namespace
}  // namespace assent::provider
