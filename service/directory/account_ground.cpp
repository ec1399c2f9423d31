#include "service/directory/account_ground.h"

#include <algorithm>

#include "core/base/letters.h"
#include "core/base/number.h"
#include "service/directory/dn.h"
#include "service/directory/filter.h"
#include "service/directory/membership.h"
#include "service/directory/reading.h"

namespace assent::directory {
namespace {

constexpr const char* kQuota = "ms-DS-MachineAccountQuota";
constexpr std::uint32_t kDomainUsers = 513;      // MS-SAMR 2.2.1.14
constexpr std::uint32_t kFirstOwnGroup = 1000;   // what a domain gives to groups that it is given
constexpr int kConstraint = 19, kNoParent = 32;  // RFC 4511, A.1

// The domain's SID with another last part, in bytes: a revision, the number of parts, six bytes of
// authority, and the parts with their lowest byte first (MS-DTYP 2.4.2.2).
std::string sid_within(std::string domain_sid, std::uint32_t relative) {
  if (domain_sid.size() > 1) ++domain_sid[1];
  for (int shift = 0; shift < 32; shift += 8) domain_sid += char(relative >> shift & 0xff);
  return domain_sid;
}

}  // namespace

Status check_unit(Directory& directory, const EndingAccountSettings& accounts) {
  const auto unit = read_entry(directory, accounts.unit, {"1.1"});
  if (unit) return {};
  if (unit.error().code != Code::NotFound) return fail(unit.error());
  return fail(Code::NotFound, "there is no " + accounts.unit +
                                  ", or this account may not see it: make it, or correct unit");
}

Status check_policy(Directory& directory, const EndingAccountSettings& accounts) {
  const auto policy = read_entry(directory, accounts.policy, {"objectClass"});
  if (!policy && policy.error().code != Code::NotFound) return fail(policy.error());
  const auto is_policy = [](const std::string& each) { return lower(each) == "pwdpolicy"; };
  if (!policy || std::ranges::none_of(policy->values("objectClass"), is_policy))
    return fail(Code::NotFound, "there is no password policy " + accounts.policy +
                                    ": without one nobody looks at pwdEndTime");
  const std::vector<Attribute> asked{{"objectClass", {"inetOrgPerson"}},
                                     {"uid", {"assent-asks"}},
                                     {"cn", {"assent-asks"}},
                                     {"sn", {"assent-asks"}},
                                     {"userPassword", {"one", "another"}},
                                     {"pwdPolicySubentry", {accounts.policy}}};
  const Answer answer = directory.add("uid=assent-asks,ou=assent-asks," + accounts.unit, asked);
  if (answer.code == kConstraint) return {};
  if (answer.code != kNoParent)
    return fail(error_of(answer, "cannot ask whether the policy is heeded"));
  return fail(Code::Denied, "slapd does not heed password policies below " + accounts.unit +
                                ": its database needs the overlay ppolicy");
}

Result<Domain> find_domain(Directory& directory) {
  ASSENT_TRY(const Entry root, read_entry(directory, "", {"defaultNamingContext"}));
  Domain out{root.first("defaultNamingContext"), ""};
  ASSENT_TRY(const Entry domain, read_entry(directory, out.dn, {"objectSid"}));
  const std::string sid = sid_within(domain.first("objectSid"), kDomainUsers);
  ASSENT_TRY(const auto found,
             find_all(directory, {.base = out.dn,
                                  .filter = both(group_filter(DirectoryKind::ActiveDirectory),
                                                 equals("objectSid", sid)),
                                  .attributes = {"1.1"}}));
  if (found.size() != 1)
    return fail(Code::NotFound, "Domain Users of " + out.dn + " cannot be found: may it be read?");
  out.users = found.front().dn;
  return out;
}

Status check_quota(Directory& directory, const Domain& domain) {
  ASSENT_TRY(const Entry entry, read_entry(directory, domain.dn, {kQuota}));
  const std::string& quota = entry.first(kQuota);
  if (quota == "0") return {};
  return fail(Code::Denied, std::string(kQuota) + " of " + domain.dn + " is " +
                                (quota.empty() ? "not to be read" : quota) +
                                ": each guest could join machines to the domain. Set it to 0");
}

Result<PrimaryGroup> find_primary_group(Directory& directory, const DirectorySettings& settings,
                                        const Domain& domain) {
  DirectorySettings whole = settings;
  whole.group_base = domain.dn;
  ASSENT_TRY(const std::string dn, find_group(directory, whole, settings.accounts->primary_group));
  ASSENT_TRY(const Entry group, read_entry(directory, dn, {"primaryGroupToken"}));
  PrimaryGroup out{dn, group.first("primaryGroupToken")};
  if (whole_number<std::uint32_t>(out.token).value_or(0) < kFirstOwnGroup)
    return fail(Code::Denied, dn + " is a group of the system: guests need one of their own, which "
                                   "is let into nothing");
  return out;
}

}  // namespace assent::directory
