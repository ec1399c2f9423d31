#pragma once
// Accounts with an end in memory: a directory that has its own clock, somebody else's accounts and
// a rule about passwords, with faults on demand.

#include <algorithm>
#include <map>
#include <set>

#include "service/app/ending_accounts.h"

namespace assent::support {

class MemoryAccounts final : public EndingAccounts {
 public:
  enum class Fault : std::uint8_t {
    None,
    Away,         // nothing answers, nothing happens
    Unconfirmed,  // it happens, and the answer is lost
    Unprepared    // the directory lacks what such accounts stand on
  };
  static constexpr std::size_t kPasswordMin = 8;

  explicit MemoryAccounts(const Clock& clock) : clock_(clock) {}

  void add_other(const std::string& login) { others_.insert(login); }
  void fail_with(Fault fault) { fault_ = fault; }
  bool can_sign_in(const std::string& login, const std::string& password) const {
    const auto found = held_.find(login);
    return found != held_.end() && found->second.password == password &&
           clock_.now() < found->second.account.end;
  }

  Status create(const EndingAccount& account, const std::string& password) override {
    ASSENT_CHECK(check_ending_account(account, password, clock_.now()));
    ASSENT_CHECK(answer());
    if (fault_ == Fault::Unprepared) return fail(Code::Denied, "there is no policy");
    EndingAccount kept = account;
    kept.end = std::chrono::floor<seconds>(account.end);
    const auto found = held_.find(account.login);
    if (others_.contains(account.login) ||
        (found != held_.end() && !is_same(found->second.account, kept)))
      return fail(Code::Conflict, "somebody has this login");
    if (password.size() < kPasswordMin) return fail(Code::Invalid, "the password is too short");
    kept.id = found == held_.end() ? "id-" + std::to_string(++made_) : found->second.account.id;
    held_[account.login] = {kept, password};
    return confirmed();
  }

  Status set_end(const std::string& login, Time end) override {
    ASSENT_CHECK(check_ending_login(login));
    ASSENT_CHECK(check_end(end, clock_.now()));
    ASSENT_CHECK(answer());
    const auto found = held_.find(login);
    if (found == held_.end()) return fail(Code::NotFound, "there is no such account");
    found->second.account.end = std::chrono::floor<seconds>(end);
    return confirmed();
  }

  Status remove(const std::string& login) override {
    ASSENT_CHECK(check_ending_login(login));
    ASSENT_CHECK(answer());
    held_.erase(login);
    return confirmed();
  }

  Result<std::vector<EndingAccount>> list() override {
    ASSENT_CHECK(answer());
    std::vector<EndingAccount> out;
    for (const auto& [login, each] : held_) out.push_back(each.account);
    return out;
  }

 private:
  struct Held {
    EndingAccount account;
    std::string password;
  };
  static bool is_same(EndingAccount held, const EndingAccount& wanted) {
    held.id.clear();
    return held == wanted;
  }
  Status answer() const {
    if (fault_ == Fault::Away) return fail(Code::Unavailable, "no answer");
    return {};
  }
  Status confirmed() const {
    if (fault_ == Fault::Unconfirmed) return fail(Code::Unavailable, "no answer");
    return {};
  }

  const Clock& clock_;
  std::map<std::string, Held> held_;
  std::set<std::string> others_;
  unsigned made_ = 0;
  Fault fault_ = Fault::None;
};

}  // namespace assent::support
