#pragma once
// What every maker of accounts with an end owes its callers. A program that has one includes this
// file, makes an AccountWorld of it and instantiates EndingAccountsContract over its own.

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <utility>

#include "service/app/ending_accounts.h"

namespace assent::contract {

// Accounts, with a directory behind them that looks at its own clock. It has no accounts with an
// end at first, and somebody else has the login "staff0". It refuses the password "short".
class AccountWorld {
 public:
  virtual ~AccountWorld() = default;
  virtual EndingAccounts& accounts() = 0;
  virtual const Clock& clock() = 0;
  virtual bool can_sign_in(const std::string& login, const std::string& password) = 0;
  // Comes back a moment after `time`.
  virtual void wait_for(Time time) = 0;
};
struct AccountWorldKind {
  const char* name;
  std::unique_ptr<AccountWorld> (*make)();
};
inline void PrintTo(const AccountWorldKind& kind, std::ostream* out) {
  *out << kind.name;
}

inline const std::string kPassword = "Wonder-9-Lamp", kOtherPassword = "Kettle-4-Moon";

class EndingAccountsContract : public testing::TestWithParam<AccountWorldKind> {
 protected:
  void SetUp() override { world_ = GetParam().make(); }
  EndingAccounts& accounts() { return world_->accounts(); }
  Time in(milliseconds from_now) {
    return std::chrono::floor<seconds>(world_->clock().now()) + from_now;
  }
  EndingAccount guest(const std::string& login = "v-amber") {
    return {login, "Amber Guest", in(hours{1})};
  }
  std::vector<EndingAccount> listed() {
    auto all = accounts().list();
    EXPECT_TRUE(all) << all.error().message;
    std::ranges::sort(*all, {}, &EndingAccount::login);
    for (EndingAccount& each : *all) EXPECT_FALSE(std::exchange(each.id, "").empty());
    return *std::move(all);
  }
  static void expect_well(const Status& status) {
    EXPECT_TRUE(status) << (status ? "" : status.error().message);
  }
  static void expect_error(const Status& status, Code code) {
    ASSERT_FALSE(status);
    EXPECT_EQ(status.error().code, code) << status.error().message;
    EXPECT_FALSE(status.error().message.empty());
  }

  std::unique_ptr<AccountWorld> world_;
};
using Accounts = std::vector<EndingAccount>;

TEST_P(EndingAccountsContract, MakesAnAccountThatCanSignInAndIsListedWithItsEnd) {
  EXPECT_EQ(listed(), Accounts{});
  const EndingAccount amber = guest();
  expect_well(accounts().create(amber, kPassword));
  EXPECT_TRUE(world_->can_sign_in(amber.login, kPassword));
  EXPECT_FALSE(world_->can_sign_in(amber.login, kOtherPassword));
  EXPECT_EQ(listed(), Accounts{amber});
}

TEST_P(EndingAccountsContract, AnAccountsIdIsItsOwnAndAnotherOnesOnceItIsMadeAnew) {
  expect_well(accounts().create(guest("v-amber"), kPassword));
  expect_well(accounts().create(guest("v-birch"), kPassword));
  const auto ids = [&] {
    auto all = accounts().list().value();
    std::ranges::sort(all, {}, &EndingAccount::login);
    return std::pair{all.at(0).id, all.at(1).id};
  };
  const auto before = ids();
  EXPECT_NE(before.first, before.second);
  expect_well(accounts().remove("v-amber"));
  expect_well(accounts().create(guest("v-amber"), kPassword));
  EXPECT_NE(ids().first, before.first);
  EXPECT_EQ(ids().second, before.second);
}

TEST_P(EndingAccountsContract, TheSameAgainIsDoneAndSetsThePassword) {
  const EndingAccount amber = guest();
  expect_well(accounts().create(amber, kPassword));
  expect_well(accounts().create(amber, kOtherPassword));
  EXPECT_TRUE(world_->can_sign_in(amber.login, kOtherPassword));
  EXPECT_FALSE(world_->can_sign_in(amber.login, "None-3-Ofthem"));
  EXPECT_EQ(listed(), Accounts{amber});
}

TEST_P(EndingAccountsContract, ALoginThatSomebodyHasIsAConflict) {
  const EndingAccount amber = guest();
  expect_well(accounts().create(amber, kPassword));
  EndingAccount other = amber;
  other.name = "Another";
  expect_error(accounts().create(other, kOtherPassword), Code::Conflict);
  other = amber;
  other.end += hours{1};
  expect_error(accounts().create(other, kOtherPassword), Code::Conflict);
  expect_error(accounts().create(guest("staff0"), kOtherPassword), Code::Conflict);
  EXPECT_TRUE(world_->can_sign_in(amber.login, kPassword));
  EXPECT_EQ(listed(), Accounts{amber});
}

TEST_P(EndingAccountsContract, TheDirectoryItselfEndsItToTheSecond) {
  EndingAccount amber = guest();
  amber.end = in(seconds{4}) + milliseconds{900};
  expect_well(accounts().create(amber, kPassword));
  amber.end -= milliseconds{900};
  EXPECT_TRUE(world_->can_sign_in(amber.login, kPassword));
  world_->wait_for(amber.end);
  EXPECT_FALSE(world_->can_sign_in(amber.login, kPassword));
  EXPECT_EQ(listed(), Accounts{amber});
}

TEST_P(EndingAccountsContract, TheEndMovesBothWays) {
  EndingAccount amber = guest();
  expect_well(accounts().create(amber, kPassword));
  amber.end = in(seconds{2});
  expect_well(accounts().set_end(amber.login, amber.end));
  EXPECT_EQ(listed(), Accounts{amber});
  world_->wait_for(amber.end);
  EXPECT_FALSE(world_->can_sign_in(amber.login, kPassword));
  amber.end = in(hours{2});
  expect_well(accounts().set_end(amber.login, amber.end));
  expect_well(accounts().set_end(amber.login, amber.end));
  EXPECT_TRUE(world_->can_sign_in(amber.login, kPassword));
  EXPECT_EQ(listed(), Accounts{amber});
}

TEST_P(EndingAccountsContract, RemovesItAndNobodyElse) {
  expect_well(accounts().create(guest("v-amber"), kPassword));
  expect_well(accounts().create(guest("v-basil"), kPassword));
  expect_well(accounts().remove("v-amber"));
  expect_well(accounts().remove("v-amber"));
  expect_well(accounts().remove("staff0"));
  EXPECT_FALSE(world_->can_sign_in("v-amber", kPassword));
  EXPECT_TRUE(world_->can_sign_in("v-basil", kPassword));
  expect_error(accounts().set_end("v-amber", in(hours{1})), Code::NotFound);
  expect_error(accounts().set_end("staff0", in(hours{1})), Code::NotFound);
  expect_error(accounts().create(guest("staff0"), kPassword), Code::Conflict);
}

TEST_P(EndingAccountsContract, ANameIsTextAndNothingElse) {
  EndingAccount amber = guest();
  amber.name = "#Amber \"Bo\" O'Neil, née Sí+ôn <a=b>; (*) \\2c \\";
  expect_well(accounts().create(amber, kPassword));
  EXPECT_EQ(listed(), Accounts{amber});
}

TEST_P(EndingAccountsContract, APasswordThatTheDirectoryRefusesLeavesNothing) {
  expect_error(accounts().create(guest(), "short"), Code::Invalid);
  EXPECT_EQ(listed(), Accounts{});
}

TEST_P(EndingAccountsContract, BadInputChangesNothing) {
  const std::vector<std::string> texts{"", std::string("a\0b", 3), std::string(10'000, 'a')};
  std::vector<std::string> logins{"*",   "v)(uid=*", "a,ou=people", "a+b",
                                  "a b", "Amber",    "-a",          "a."};
  logins.insert(logins.end(), texts.begin(), texts.end());
  for (const std::string& login : logins) {
    expect_error(accounts().create(guest(login), kPassword), Code::Invalid);
    expect_error(accounts().set_end(login, in(hours{1})), Code::Invalid);
    expect_error(accounts().remove(login), Code::Invalid);
  }
  for (const std::string& text : texts) {
    EndingAccount amber = guest();
    expect_error(accounts().create(amber, text), Code::Invalid);
    amber.name = text;
    expect_error(accounts().create(amber, kPassword), Code::Invalid);
  }
  for (const Time end : {Time{}, in(seconds{-1}), in(days{400})}) {
    EndingAccount amber = guest();
    amber.end = end;
    expect_error(accounts().create(amber, kPassword), Code::Invalid);
    expect_error(accounts().set_end(amber.login, end), Code::Invalid);
  }
  EXPECT_EQ(listed(), Accounts{});
}

}  // namespace assent::contract
