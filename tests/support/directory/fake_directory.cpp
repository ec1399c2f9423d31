#include "tests/support/directory/fake_directory.h"

#include <algorithm>

#include "service/directory/dn.h"
#include "service/directory/values.h"

namespace assent::support {

using directory::Answer;
using directory::Attribute;
using directory::Entry;
using directory::error_of;
using directory::normal_dn;
using directory::Scope;
using directory::Search;

Entry& FakeDirectory::put(std::string dn, std::vector<Attribute> attributes) {
  const std::string normal = normal_dn(dn).value();
  const auto [at, fresh] = places_.try_emplace(normal, entries_.size());
  if (fresh) {
    entries_.emplace_back();
    normal_.push_back(normal);
  }
  return entries_[at->second] = {std::move(dn), std::move(attributes)};
}

Entry* FakeDirectory::find(const std::string& dn) {
  const auto normal = normal_dn(dn);
  const auto at = normal ? places_.find(*normal) : places_.end();
  return at == places_.end() ? nullptr : &entries_[at->second];
}

// Everybody in the group, through groups within it; `to` also ends a circle of groups.
void FakeDirectory::add_members(const std::string& group, std::set<std::string>& to) const {
  const auto at = places_.find(normal_dn(group).value());
  if (at == places_.end()) return;
  for (const std::string& member : entries_[at->second].values("member"))
    if (to.insert(normal_dn(member).value()).second) add_members(member, to);
}

std::vector<const Entry*> FakeDirectory::found(const Search& search) const {
  std::map<std::string, std::set<std::string>> members;
  const FakeFilter filter(search.filter, [&](const std::string& member, const std::string& group) {
    const auto [at, fresh] = members.try_emplace(group);
    if (fresh) add_members(group, at->second);
    return at->second.contains(normal_dn(member).value());
  });
  std::vector<const Entry*> out;
  const std::string base = normal_dn(search.base).value();
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    const bool inside =
        search.scope == Scope::Base ? normal_[i] == base : directory::is_within(normal_[i], base);
    if (inside && filter.is_well_formed() && filter.matches(entries_[i]))
      out.push_back(&entries_[i]);
  }
  return out;
}

// "<GUID=…>;CN=x", as Active Directory gives a name when it is asked to.
std::string FakeDirectory::extended(const std::string& name) const {
  const auto at = places_.find(normal_dn(name).value());
  const std::string guid = at == places_.end() ? "" : entries_[at->second].first("objectGUID");
  const auto id = directory::guid_text(guid);
  return "<GUID=" + (id ? *id : "00000000-0000-0000-0000-000000000000") + ">;<SID=S-1-5-1>;" + name;
}

// The DN that a value means: of "<GUID=…>" the entry's, where there is one.
std::string FakeDirectory::named(const std::string& value) const {
  if (habits_.is_ad)
    for (const Entry& entry : entries_)
      if (const auto id = directory::guid_text(entry.first("objectGUID")))
        if (value == "<GUID=" + *id + ">") return entry.dn;
  return value;
}

// The attributes asked for, the many-valued ones in ranges.
Entry FakeDirectory::shown(const Entry& entry, const Search& search) const {
  Entry out{search.extended_names ? extended(entry.dn) : entry.dn, {}};
  for (const std::string& asked : search.attributes) {
    const auto range = directory::parse_ranged(asked);
    const std::string name = range ? range->name : asked;
    const auto values = entry.values(name);
    const std::size_t first = habits_.repeats_ranges || !range ? 0 : range->first;
    if (values.empty() || first >= values.size()) continue;
    const std::size_t most = habits_.range == 0 ? values.size() : habits_.range;
    const std::size_t count = std::min(most, values.size() - first);
    const auto part = values.subspan(first, count);
    std::string called = name;
    if (range || count < values.size()) {
      const bool last = first + count == values.size();
      out.attributes.push_back({name, {}});
      called += ";range=" + std::to_string(first) + "-" +
                (last ? "*" : std::to_string(first + count - 1));
    }
    out.attributes.push_back({called, {part.begin(), part.end()}});
    if (search.extended_names && name == "member")
      for (std::string& value : out.attributes.back().values) value = extended(value);
  }
  return out;
}

Result<directory::Page> FakeDirectory::page(const Search& search, const std::string& cookie) {
  filters_.push_back(search.filter);
  if (habits_.before_page) habits_.before_page(search);
  if (breaks_now()) return fail(error_of({directory::kServerDown, ""}, "cannot read"));
  const auto all = found(search);
  if (search.scope == Scope::Base && all.empty()) return fail(error_of({32, ""}, "cannot read"));
  const std::size_t from = cookie.empty() ? 0 : std::stoul(cookie);
  const std::size_t to = std::min(all.size(), from + habits_.page);
  if (habits_.size_limit != 0 && to > habits_.size_limit)
    return fail(error_of({4, ""}, "cannot read"));
  directory::Page out;
  for (std::size_t i = from; i < to; ++i) out.entries.push_back(shown(*all[i], search));
  if (to < all.size()) out.cookie = std::to_string(to);
  if (habits_.never_ends) out.cookie = "0";
  return out;
}

// Values that are DNs compare as DNs do; a directory with references keeps no dangling one.
Answer FakeDirectory::change_values(std::vector<std::string>& held,
                                    const directory::Modification& change) const {
  if (change.kind == directory::Modification::Kind::Replace) {
    held = change.attribute.values;
    return {};
  }
  const bool adds = change.kind == directory::Modification::Kind::Add;
  const bool names = change.attribute.name == "member";
  const auto normal = [&](const std::string& value) {
    const auto name = normal_dn(value);
    return names && name ? *name : value;
  };
  for (const std::string& given : change.attribute.values) {
    const std::string value = names ? named(given) : given;
    if (adds && names && habits_.is_ad && !places_.contains(normal(value))) return {32, ""};
    const auto at = std::ranges::find(held, normal(value), normal);
    if (adds && at != held.end()) return {habits_.is_ad ? 68 : 20, ""};
    if (!adds && at == held.end()) return {habits_.is_ad ? 53 : 16, ""};
    if (adds)
      held.push_back(value);
    else
      held.erase(at);
  }
  return {};
}

Answer FakeDirectory::modify(const std::string& dn,
                             std::span<const directory::Modification> changes) {
  ++modifications_;
  if (breaks_now()) return {directory::kServerDown, ""};
  if (habits_.read_only) return {53, "operation restricted"};
  Entry* entry = find(dn);
  if (!entry) return {32, ""};
  for (const auto& change : changes)
    if (habits_.may_change && !habits_.may_change(normal_dn(dn).value(), change.attribute.name))
      return {50, ""};
  Entry changed = *entry;
  for (const auto& change : changes) {
    auto at = std::ranges::find(changed.attributes, change.attribute.name, &Attribute::name);
    if (at == changed.attributes.end())
      at = changed.attributes.insert(at, {change.attribute.name, {}});
    if (Answer answer = change_values(at->values, change); !answer.is_good()) return answer;
  }
  const auto named = changed.first("objectClass");
  if (named == "groupOfNames" && changed.values("member").empty()) return {65, ""};
  *entry = std::move(changed);
  return {};
}

Answer FakeDirectory::add(const std::string& dn, std::span<const Attribute> attributes) {
  if (breaks_now()) return {directory::kServerDown, ""};
  if (!normal_dn(dn)) return {34, ""};
  const auto passwords = Entry{dn, {attributes.begin(), attributes.end()}}.values("userPassword");
  if (habits_.heeds_policies && passwords.size() > 1) return {19, "only one password value"};
  if (!find(directory::parent_of(dn))) return {32, ""};
  if (find(dn)) return {68, ""};
  std::vector<Attribute> all{attributes.begin(), attributes.end()};
  // The server's own ids: never the same again, whatever was removed.
  std::string number = std::to_string(++added_);
  number.insert(0, 12 - number.size(), '0');
  all.push_back({"entryUUID", {"00000000-0000-4000-8000-" + number}});
  all.push_back({"objectGUID", {"guid" + number}});
  put(dn, std::move(all));
  return {};
}

Answer FakeDirectory::remove(const std::string& dn) {
  if (breaks_now()) return {directory::kServerDown, ""};
  const auto normal = normal_dn(dn);
  const auto at = normal ? places_.find(*normal) : places_.end();
  if (at == places_.end()) return {32, ""};
  entries_[at->second] = {};
  normal_[at->second] = "removed";  // no name, and not the root's either
  places_.erase(at);
  return {};
}

Answer FakeDirectory::set_password(const std::string& dn, const std::string& password) {
  const directory::Modification change{directory::Modification::Kind::Replace,
                                       {"userPassword", {password}}};
  return modify(dn, {&change, 1});
}

}  // namespace assent::support
