// The contract of level outputs over directories of both kinds, in memory.

#include "service/directory/account_state.h"
#include "service/directory/ldap_levels.h"
#include "tests/contract/level_output_contract.h"
#include "tests/support/directory/lent_directory.h"
#include "tests/unit/directory/school_directory.h"

namespace assent::contract {
namespace {

using namespace directory;

// Pages of three and ranges of two, so that neither is ever whole at once.
template <DirectoryKind kKind>
class DirectoryWorld final : public LevelWorld {
 public:
  DirectoryWorld() {
    for (const auto& [level, group] : groups()) school_.group(group, {nobody_});
  }
  LevelOutput& output() override { return levels_; }
  std::string person(const std::string& name) override {
    const directory::Entry* entry = school_.server.find(school_.person(name));
    const std::string id = id_of(kKind, *entry).value();
    dns_[id] = entry->dn;
    return id;
  }
  std::set<std::string> held_by(const std::string& id) override {
    std::set<std::string> out;
    for (const auto& [level, group] : groups())
      for (const std::string& member : members(group))
        if (member == dns_.at(id)) out.insert(level);
    return out;
  }
  void set(const std::string& id, const std::set<std::string>& levels) override {
    for (const auto& [level, group] : groups()) {
      auto held = members(group);
      std::erase(held, dns_.at(id));
      if (levels.contains(level)) held.push_back(dns_.at(id));
      school_.group(group, std::move(held));
    }
  }
  std::string unknown_id() override { return "00000000-0000-0000-0000-00000000ffff"; }

 private:
  static LdapLevels::Groups groups() {
    return {{"unsigned", "nsw-unsigned"}, {"ks3", "nsw-ks3"}, {"staff", "nsw-staff"}};
  }
  static DirectorySettings settings() {
    DirectorySettings out = school_settings(kKind);
    out.placeholder = nobody_;
    return out;
  }
  std::vector<std::string> members(const std::string& group) {
    const auto values = school_.server.find("cn=" + group + "," + kGroups)->values("member");
    return {values.begin(), values.end()};
  }

  static inline const std::string nobody_ = "cn=Nobody,dc=school,dc=test";
  SchoolDirectory school_{
      kKind, {.page = 3, .range = 2, .is_ad = kKind == DirectoryKind::ActiveDirectory}};
  std::map<std::string, std::string> dns_;
  LdapLevels levels_{settings(), groups(), support::lent(school_.server)};
};

template <DirectoryKind kKind>
std::unique_ptr<LevelWorld> make_world() {
  return std::make_unique<DirectoryWorld<kKind>>();
}

INSTANTIATE_TEST_SUITE_P(
    Directories, LevelOutputContract,
    testing::Values(LevelWorldKind{"OpenLdap", make_world<DirectoryKind::OpenLdap>},
                    LevelWorldKind{"ActiveDirectory", make_world<DirectoryKind::ActiveDirectory>}),
    name_of_world);

}  // namespace
}  // namespace assent::contract
