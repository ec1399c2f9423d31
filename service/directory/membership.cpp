#include "service/directory/membership.h"

#include <algorithm>
#include <unordered_set>

#include "service/directory/dn.h"
#include "service/directory/filter.h"
#include "service/directory/reading.h"

namespace assent::directory {
namespace {

constexpr const char* kNoAttributes = "1.1";  // RFC 4511, 4.5.1.8
constexpr const char* kInChain = "memberOf:1.2.840.113556.1.4.1941:";
constexpr const char* kAdGroups = "(objectClass=group)";
constexpr const char* kOpenLdapGroups =
    "(|(objectClass=groupOfNames)(objectClass=groupOfUniqueNames)(objectClass=groupOfMembers)"
    "(objectClass=posixGroup))";

bool is_ad(const DirectorySettings& settings) {
  return settings.kind == DirectoryKind::ActiveDirectory;
}

Failure no_groups(const DirectorySettings& settings) {
  return fail(Code::NotFound, "there is no " + settings.group_base +
                                  ", or this account may not see it: correct group_base, or give "
                                  "it the right to read");
}

void add(std::vector<std::size_t>& places, std::size_t place) {
  if (places.empty() || places.back() != place) places.push_back(place);
}

}  // namespace

std::string group_filter(DirectoryKind kind) {
  return kind == DirectoryKind::ActiveDirectory ? kAdGroups : kOpenLdapGroups;
}

Result<std::string> find_group(Directory& directory, const DirectorySettings& settings,
                               const std::string& name) {
  const std::string named = is_ad(settings)
                                ? "(|" + equals("sAMAccountName", name) + equals("cn", name) + ")"
                                : equals("cn", name);
  auto all = find_all(directory, {.base = settings.group_base,
                                  .filter = both(group_filter(settings.kind), named),
                                  .attributes = {kNoAttributes}});
  if (!all && all.error().code == Code::NotFound) return no_groups(settings);
  ASSENT_TRY(const auto found, std::move(all));
  if (found.size() == 1) return found.front().dn;
  if (found.empty())
    return fail(Code::NotFound, "there is no group \"" + name + "\" below " + settings.group_base +
                                    ", or this account may not see it: correct the rule that "
                                    "names it, group_base, or the right to read");
  return fail(Code::Conflict, "more than one group below " + settings.group_base + " is called \"" +
                                  name + "\": " + found[0].dn + " and " + found[1].dn);
}

Result<Membership> Membership::read(Directory& directory, const DirectorySettings& settings,
                                    const std::vector<std::string>& groups) {
  Membership out;
  if (!groups.empty() && !is_ad(settings)) {
    ASSENT_CHECK(out.list_groups(directory, settings));
  }
  for (std::size_t place = 0; place < groups.size(); ++place) {
    ASSENT_TRY(const std::string dn, find_group(directory, settings, groups[place]));
    ASSENT_CHECK(is_ad(settings) ? out.follow_in_chain(directory, settings, dn, place)
                                 : out.follow_here(directory, dn, place));
  }
  out.groups_.clear();
  return out;
}

Status Membership::list_groups(Directory& directory, const DirectorySettings& settings) {
  const Search every{
      .base = settings.group_base, .filter = kOpenLdapGroups, .attributes = {kNoAttributes}};
  const Status listed = search_all(directory, every, [&](const Entry& entry) -> Status {
    ASSENT_TRY(std::string normal, normal_dn(entry.dn));
    groups_.emplace(std::move(normal), entry.dn);
    return {};
  });
  if (!listed && listed.error().code == Code::NotFound) return no_groups(settings);
  return listed;
}

Status Membership::follow_in_chain(Directory& directory, const DirectorySettings& settings,
                                   const std::string& group, std::size_t place) {
  return search_all(directory,
                    {.base = settings.base,
                     .filter = both(settings.people, equals(kInChain, group)),
                     .attributes = {kNoAttributes}},
                    [&](const Entry& entry) -> Status {
                      ASSENT_TRY(const std::string normal, normal_dn(entry.dn));
                      add(by_dn_[normal], place);
                      return {};
                    });
}

// Each group is read once, so that two groups within each other end as well.
Status Membership::follow_here(Directory& directory, const std::string& group, std::size_t place) {
  std::vector<std::string> waiting{group};
  std::unordered_set<std::string> seen;
  while (!waiting.empty()) {
    const std::string dn = std::move(waiting.back());
    waiting.pop_back();
    ASSENT_TRY(std::string normal, normal_dn(dn));
    if (!seen.insert(std::move(normal)).second) continue;
    ASSENT_TRY(const Entry entry,
               read_entry(directory, dn, {"member", "uniqueMember", "memberUid"}));
    for (const char* attribute : {"member", "uniqueMember"}) {
      for (const std::string& member : entry.values(attribute)) {
        const auto key = normal_dn(member);
        if (!key) continue;  // a server takes anything as a uniqueMember; nobody has that name
        if (const auto inner = groups_.find(*key); inner != groups_.end())
          waiting.push_back(inner->second);
        else
          add(by_dn_[*key], place);
      }
    }
    for (const std::string& login : entry.values("memberUid")) add(by_login_[login], place);
  }
  return {};
}

std::vector<std::size_t> Membership::meet(const std::string& normal_dn, const std::string& login) {
  Places out;
  if (auto found = by_dn_.extract(normal_dn)) out = std::move(found.mapped());
  if (const auto found = by_login_.find(login); found != by_login_.end())
    out.insert(out.end(), found->second.begin(), found->second.end());
  std::ranges::sort(out);
  out.erase(std::ranges::unique(out).begin(), out.end());
  return out;
}

Status Membership::check_nobody_moved(Directory& directory, const DirectorySettings& settings,
                                      const std::vector<std::string>& groups) const {
  ASSENT_TRY(const std::string base, normal_dn(settings.base));
  const auto not_met = [&](const auto& each) { return is_within(each.first, base); };
  if (std::ranges::none_of(by_dn_, not_met)) return {};
  ASSENT_TRY(const Membership now, read(directory, settings, groups));
  const auto has_gone = [&](const auto& each) {
    return not_met(each) && !now.by_dn_.contains(each.first);
  };
  if (std::ranges::none_of(by_dn_, has_gone)) return {};
  return fail(Code::Unavailable,
              "somebody was renamed, moved or deleted while people were read, so nothing of it "
              "counts: read again");
}

}  // namespace assent::directory
