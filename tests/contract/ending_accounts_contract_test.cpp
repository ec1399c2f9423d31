// The contract of accounts with an end over the one that needs no server.

#include "tests/contract/ending_accounts_contract.h"
#include "tests/support/memory_accounts.h"

namespace assent::contract {
namespace {

struct HandClock final : Clock {
  Time time{days{20'000}};
  Time now() const override { return time; }
};

class MemoryWorld final : public AccountWorld {
 public:
  MemoryWorld() { accounts_.add_other("staff0"); }
  EndingAccounts& accounts() override { return accounts_; }
  const Clock& clock() override { return clock_; }
  bool can_sign_in(const std::string& login, const std::string& password) override {
    return accounts_.can_sign_in(login, password);
  }
  void wait_for(Time time) override { clock_.time = time; }

 private:
  HandClock clock_;
  support::MemoryAccounts accounts_{clock_};
};

INSTANTIATE_TEST_SUITE_P(Fake, EndingAccountsContract,
                         testing::Values(AccountWorldKind{"Memory",
                                                          []() -> std::unique_ptr<AccountWorld> {
                                                            return std::make_unique<MemoryWorld>();
                                                          }}));

// What a caller must be ready for.
TEST(MemoryAccounts, WhatMayHaveHappenedCanBeDoneAgain) {
  HandClock clock;
  support::MemoryAccounts accounts(clock);
  const EndingAccount amber{"v-amber", "Amber", clock.time + hours{1}};
  accounts.fail_with(support::MemoryAccounts::Fault::Unconfirmed);
  EXPECT_EQ(accounts.create(amber, kPassword).error().code, Code::Unavailable);
  accounts.fail_with(support::MemoryAccounts::Fault::None);
  EXPECT_TRUE(accounts.create(amber, kPassword));
  accounts.fail_with(support::MemoryAccounts::Fault::Unprepared);
  EXPECT_EQ(accounts.create({"v-basil", "Basil", amber.end}, kPassword).error().code, Code::Denied);
  accounts.fail_with(support::MemoryAccounts::Fault::Away);
  EXPECT_EQ(accounts.list().error().code, Code::Unavailable);
}

}  // namespace
}  // namespace assent::contract
