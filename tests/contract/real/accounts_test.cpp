// The contract of accounts with an end over a real directory.

#include "service/directory/account_ground.h"
#include "service/directory/dn.h"
#include "service/directory/ldap_accounts.h"
#include "service/directory/reading.h"
#include "tests/contract/ending_accounts_contract.h"
#include "tests/contract/real/real_directory.h"

namespace assent::contract {
namespace {

class RealAccounts final : public AccountWorld {
 public:
  ~RealAccounts() override {
    const auto left = accounts_.list();
    for (const EndingAccount& each : left ? *left : std::vector<EndingAccount>{})
      EXPECT_TRUE(accounts_.remove(each.login));
  }
  EndingAccounts& accounts() override { return accounts_; }
  const Clock& clock() override { return clock_; }
  bool can_sign_in(const std::string& login, const std::string& password) override {
    const bool ad = real_settings().kind == DirectoryKind::ActiveDirectory;
    return real_sign_in(
        directory::rdn(ad ? "CN" : "uid", login) + "," + real_settings().accounts->unit, password);
  }
  // The server has this machine's clock. Signing in is what takes the time.
  void wait_for(Time time) override {
    while (clock_.now() <= time) real_sign_in("cn=nobody", "waits");
  }

 private:
  SystemClock clock_;
  directory::LdapAccounts accounts_{real_settings(), real_directory(), clock_};
};

// Of Active Directory alone: who is in no group that people are in gets nothing that they get.
TEST(ActiveDirectoryAccounts, AreInAGroupOfTheirOwnAndNotInDomainUsers) {
  RealAccounts world;
  const EndingAccount amber{"v-amber", "Amber", world.clock().now() + hours{1}};
  ASSERT_TRUE(world.accounts().create(amber, kPassword));
  const auto server = real_directory()();
  ASSERT_TRUE(server);
  const auto domain = directory::find_domain(**server);
  ASSERT_TRUE(domain);
  const auto group = directory::find_primary_group(**server, real_settings(), *domain);
  const auto entry = directory::read_entry(**server, "CN=v-amber," + real_settings().accounts->unit,
                                           {"primaryGroupID", "memberOf", "userAccountControl"});
  ASSERT_TRUE(group && entry);
  EXPECT_EQ(entry->first("primaryGroupID"), group->token);
  EXPECT_TRUE(entry->values("memberOf").empty());
  EXPECT_EQ(entry->first("userAccountControl"), "66048");
}

INSTANTIATE_TEST_SUITE_P(Real, EndingAccountsContract,
                         testing::Values(AccountWorldKind{"Directory",
                                                          []() -> std::unique_ptr<AccountWorld> {
                                                            return std::make_unique<RealAccounts>();
                                                          }}));

}  // namespace
}  // namespace assent::contract
