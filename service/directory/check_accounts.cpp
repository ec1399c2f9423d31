#include "service/directory/check_accounts.h"

#include "core/base/letters.h"
#include "service/directory/account_ground.h"
#include "service/directory/dn.h"
#include "service/directory/grants.h"
#include "service/directory/reading.h"
#include "service/directory/rights.h"
#include "service/directory/values.h"

namespace assent::directory {
namespace {

class AccountChecking {
 public:
  AccountChecking(Directory& directory, const DirectorySettings& settings, Grantee grantee,
                  CheckSteps& steps)
      : directory_(directory),
        settings_(settings),
        accounts_(settings.accounts.value()),
        grantee_(std::move(grantee)),
        steps_(steps) {}

  void run() {
    if (!said("find unit " + accounts_.unit, check_unit(directory_, accounts_))) return;
    auto there = find_all(directory_,
                          {.base = accounts_.unit,
                           .filter = is_ad() ? "(objectClass=user)" : "(objectClass=inetOrgPerson)",
                           .attributes = {end_attribute()}});
    if (!there) {
      steps_.bad("read accounts below " + accounts_.unit, there.error().message);
      return;
    }
    there_ = *std::move(there);
    is_ad() ? look_at_domain() : look_at_policy();
    look_at_making();
    look_at_place();
    look_for_endless();
  }

 private:
  bool is_ad() const { return settings_.kind == DirectoryKind::ActiveDirectory; }

  std::string end_attribute() const { return is_ad() ? "accountExpires" : "pwdEndTime"; }

  bool said(const std::string& what, const Status& status, Lines lines = {}) {
    if (!status) return steps_.bad(what, status.error().message, std::move(lines));
    steps_.good(what, "it is there");
    return true;
  }

  void look_at_domain() {
    const auto domain = find_domain(directory_);
    if (!domain) {
      steps_.bad("find the domain", domain.error().message);
      return;
    }
    said("machine quota of " + domain->dn, check_quota(directory_, *domain),
         {"Set-ADDomain " + dns_name_of(domain->dn) +
          " -Replace @{'ms-DS-MachineAccountQuota'='0'}"});
    const auto group = find_primary_group(directory_, settings_, *domain);
    const std::string what = "find group " + accounts_.primary_group;
    if (!group)
      steps_.bad(what, group.error().message,
                 make_group(grantee_, accounts_.primary_group, accounts_.unit));
    else
      look_at_members(group->dn);
    look_at_members(domain->users);
  }

  // Each new account is put into its group and taken out of Domain Users.
  void look_at_members(const std::string& group) {
    granted("change members of " + group, may_change(directory_, settings_.kind, group, "member"),
            grant_members(grantee_, group));
  }

  void granted(const std::string& what, const Result<bool>& may, Lines lines) {
    if (!may)
      steps_.bad(what, may.error().message);
    else if (!*may)
      steps_.bad(what, "this account may not: give it the right", std::move(lines));
    else
      steps_.good(what, "this account may");
  }

  void look_at_policy() {
    said("use policy " + accounts_.policy, check_policy(directory_, accounts_));
  }

  void look_at_making() {
    const std::string below = "accounts below " + accounts_.unit;
    const Lines lines = grant_accounts(grantee_, accounts_.unit);
    if (is_ad())
      granted("make " + below, may_create(directory_, accounts_.unit, "user"), lines);
    else if (there_.empty())
      steps_.note("make " + below,
                  "whether this account may is not known before there is one: OpenLDAP can only be "
                  "asked by making it. If it may not yet, this gives the right",
                  lines);
    if (!there_.empty())
      granted("change " + below,
              may_change(directory_, settings_.kind, there_.front().dn, end_attribute()), lines);
  }

  void look_at_place() {
    const auto unit = normal_dn(accounts_.unit), base = normal_dn(settings_.base);
    if (settings_.gives_roster && unit && base && is_within(*unit, *base))
      steps_.note("place of " + accounts_.unit,
                  "it is below base, so an import takes these accounts for people of the roster: "
                  "leave them out by people, or by a rule with kind = \"service\"");
  }

  bool has_end(const Entry& entry) const {
    if (!is_ad()) return !entry.first(end_attribute()).empty();
    const auto end = parse_filetime(entry.first(end_attribute()));
    return end && *end;
  }

  void look_for_endless() {
    for (const Entry& entry : there_)
      if (!has_end(entry))
        steps_.note("end of " + entry.dn,
                    "it has none: the service did not make it. The unit is for accounts with an "
                    "end; move it elsewhere");
  }

  Directory& directory_;
  const DirectorySettings& settings_;
  const EndingAccountSettings& accounts_;
  const Grantee grantee_;
  CheckSteps& steps_;
  std::vector<Entry> there_;
};

}  // namespace

void check_accounts(Directory& directory, const DirectorySettings& settings, CheckSteps& steps) {
  if (!settings.accounts)
    return steps.good("accounts with an end", "off: the school's file has no [directory.accounts]");
  auto grantee = grantee_of(directory, settings);
  if (!grantee) {
    steps.bad("find out who this account is", grantee.error().message);
    return;
  }
  AccountChecking(directory, settings, *std::move(grantee), steps).run();
}

}  // namespace assent::directory
