#include "service/directory/check_levels.h"

#include <algorithm>
#include <optional>

#include "core/base/letters.h"
#include "service/directory/account_ground.h"
#include "service/directory/dn.h"
#include "service/directory/filter.h"
#include "service/directory/grants.h"
#include "service/directory/membership.h"
#include "service/directory/reading.h"
#include "service/directory/rights.h"

namespace assent::directory {
namespace {

constexpr std::size_t kOthersMax = 20;  // other groups that are asked about
constexpr std::size_t kEntriesNamed = 5, kAttributesNamed = 2;

// "a, b and 3 more".
std::string listed(const std::vector<std::string>& names, std::size_t max) {
  std::string out;
  for (std::size_t i = 0; i < names.size() && i < max; ++i) out += (i == 0 ? "" : ", ") + names[i];
  return names.size() <= max ? out : out + " and " + std::to_string(names.size() - max) + " more";
}

bool is_one_of_classes(const Entry& group, std::initializer_list<std::string_view> classes) {
  return std::ranges::any_of(group.values("objectClass"), [&](const std::string& each) {
    return std::ranges::find(classes, lower(each)) != classes.end();
  });
}

class LevelChecking {
 public:
  LevelChecking(Directory& directory, const DirectorySettings& settings, Grantee grantee,
                CheckSteps& steps)
      : directory_(directory), settings_(settings), grantee_(std::move(grantee)), steps_(steps) {}

  void look_at(const std::string& name) {
    const auto dn = find_group(directory_, settings_, name);
    if (dn)
      look_at_group(*dn);
    else if (dn.error().code == Code::NotFound)
      missing_.push_back(name);
    else
      steps_.bad("find group " + name, dn.error().message);
  }

  // Behind the others: a new group is best made where they are.
  void look_at_missing() {
    const std::string unit = found_.empty() ? settings_.group_base : parent_of(found_.front());
    for (const std::string& name : missing_)
      steps_.bad("find group " + name,
                 "there is no such group below " + settings_.group_base +
                     ", or this account may not see it: make it in the unit where you want it, or "
                     "give the right to read",
                 make_group(grantee_, name, unit));
  }

  void look_for_too_much(const std::string& person) {
    const std::string what = "write no more than that";
    look_at_accounts();
    std::vector<std::string> wide;
    for (const std::string& group : found_) add_wide(group, {"description"}, {"member"}, wide);
    for (const std::string& group : other_groups()) add_wide(group, {"member"}, {}, wide);
    add_wide(person, {"description", "userPassword"}, {}, wide);
    if (wide.empty())
      steps_.good(what, "no right was found that is not needed");
    else
      steps_.note(what, "this account may also change " + listed(wide, kEntriesNamed) +
                            ": take these rights away. Whoever learns its password has them");
  }

 private:
  void look_at_group(const std::string& dn) {
    const std::string what = "change members of " + dn;
    const auto group = read_entry(directory_, dn, {"objectClass", "member"});
    if (!group) {
      steps_.bad("read group " + dn, group.error().message);
      return;
    }
    found_.push_back(dn);
    if (!is_ad() && !is_one_of_classes(*group, {"groupofnames", "groupofmembers"})) {
      steps_.bad(what,
                 "this group has no attribute member: levels need a groupOfNames or a "
                 "groupOfMembers");
      return;
    }
    const auto may = may_change(directory_, settings_.kind, dn, "member");
    if (!may)
      steps_.bad(what, may.error().message);
    else if (!*may)
      steps_.bad(what, "this account may not: give it the right", grant_members(grantee_, dn));
    else
      steps_.good(what,
                  "this account may; members: " + std::to_string(group->values("member").size()));
    look_for_last(*group);
    look_above(dn);
  }

  // A groupOfNames of people alone: the last of them could not be taken out of it.
  void look_for_last(const Entry& group) {
    const auto base = normal_dn(settings_.base);
    if (is_ad() || !base || !is_one_of_classes(group, {"groupofnames"})) return;
    const auto is_person = [&](const std::string& member) {
      const auto normal = normal_dn(member);
      return normal && is_within(*normal, *base);
    };
    if (!std::ranges::all_of(group.values("member"), is_person)) return;
    steps_.note("empty " + group.dn,
                "a groupOfNames must have a member, and all of this one's are people: its last one "
                "could not be taken out. Give it a member that stays and name that one as "
                "placeholder, or make it "
                "a groupOfMembers",
                add_dummy(grantee_, group.dn));
  }

  void look_above(const std::string& dn) {
    const auto above =
        find_all(directory_, {.base = settings_.group_base,
                              .filter = both(group_filter(settings_.kind), equals("member", dn)),
                              .attributes = {"1.1"}});
    if (above && !above->empty())
      steps_.note("groups above " + dn, "it is itself in " + above->front().dn +
                                            ": whoever gets this level gets what that group may");
  }

  // Of the account's rights on the entry those that are not needed.
  void add_wide(const std::string& dn, const std::vector<std::string>& asked,
                std::initializer_list<std::string_view> needed, std::vector<std::string>& wide) {
    auto found = writable(directory_, settings_.kind, dn, asked);
    if (!found) return;
    std::erase_if(*found, [&](const std::string& name) {
      return std::ranges::find(needed, lower(name)) != needed.end();
    });
    if (!found->empty()) wide.push_back(listed(*found, kAttributesNamed) + " of " + dn);
  }

  std::vector<std::string> other_groups() {
    std::vector<std::string> out;
    const auto page = directory_.page({.base = settings_.group_base,
                                       .filter = group_filter(settings_.kind),
                                       .attributes = {"1.1"}},
                                      "");
    if (!page) return out;
    for (const Entry& group : page->entries)
      if (out.size() < kOthersMax && !is_needed(group.dn)) out.push_back(group.dn);
    return out;
  }

  // The groups of levels, and those that accounts with an end are put into and taken out of.
  bool is_needed(const std::string& dn) const {
    return std::ranges::find(found_, dn) != found_.end() ||
           std::ranges::find(of_accounts_, dn) != of_accounts_.end();
  }

  void look_at_accounts() {
    if (!is_ad() || !settings_.accounts) return;
    const auto domain = find_domain(directory_);
    if (!domain) return;
    of_accounts_.push_back(domain->users);
    if (const auto group = find_primary_group(directory_, settings_, *domain))
      of_accounts_.push_back(group->dn);
  }

  bool is_ad() const { return settings_.kind == DirectoryKind::ActiveDirectory; }

  Directory& directory_;
  const DirectorySettings& settings_;
  const Grantee grantee_;
  CheckSteps& steps_;
  std::vector<std::string> found_, missing_, of_accounts_;
};

}  // namespace

void check_levels(Directory& directory, const DirectorySettings& settings,
                  const std::string& person, CheckSteps& steps) {
  if (settings.level_groups.empty()) return;
  auto grantee = grantee_of(directory, settings);
  if (!grantee) {
    steps.bad("find out who this account is", grantee.error().message);
    return;
  }
  LevelChecking checking(directory, settings, *std::move(grantee), steps);
  for (const std::string& name : settings.level_groups) checking.look_at(name);
  checking.look_at_missing();
  checking.look_for_too_much(person);
}

}  // namespace assent::directory
