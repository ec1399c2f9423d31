#include "service/directory/ldap_levels.h"

#include <algorithm>
#include <utility>

#include "core/base/text.h"
#include "service/directory/account_state.h"
#include "service/directory/accounts_by_id.h"
#include "service/directory/dn.h"
#include "service/directory/extended_name.h"
#include "service/directory/group_change.h"
#include "service/directory/reading.h"

namespace assent::directory {
namespace {

MoveResult failed(Error error) {
  const bool unknown = error.code == Code::Unavailable;
  return {unknown ? Moved::Unknown : Moved::Refused, std::move(error)};
}

using ChangeMembers = std::vector<Answer>(Directory&, const std::string&,
                                          std::span<const std::string>);
struct Way {
  ChangeMembers *add, *take;
};

// Whether `old` is a name, and another than `now`: servers keep names as they were written, so one
// may stand in a group in other letters than the account's own.
bool is_other_name(const std::string& old, const std::string& now) {
  if (old.empty()) return false;
  const auto before = normal_dn(old), after = normal_dn(now);
  return before && after && *before != *after;
}

// What becomes of each move, tried in one way.
class Moving {
 public:
  using Groups = std::map<std::string, Result<std::string>>;  // by level
  using Names = std::vector<std::string>;

  // By the name of each; who has none is not known.
  Moving(Directory& directory, std::span<const LevelMove> moves, const Groups& groups,
         const Names& names, Way way)
      : directory_(directory),
        moves_(moves),
        groups_(groups),
        names_(names),
        way_(way),
        results_(moves.size(), MoveResult{Moved::Held, {}}) {
    for (std::size_t i = 0; i < moves.size(); ++i)
      if (names_[i].empty())
        results_[i] = {Moved::Nobody, {Code::NotFound, "the directory knows nobody of this id"}};
  }

  // The new before the old: somebody is in two groups for a moment, and never in none.
  std::vector<MoveResult> run() {
    std::map<std::string, std::vector<std::size_t>> adding, taking;
    for (std::size_t i = 0; i < moves_.size(); ++i) {
      if (!moves_[i].to.empty()) adding[moves_[i].to].push_back(i);
      for (const std::string& level : moves_[i].from) taking[level].push_back(i);
    }
    for (auto& [level, which] : adding) change(level, way_.add, std::move(which));
    for (auto& [level, which] : taking) change(level, way_.take, std::move(which));
    return std::move(results_);
  }

  bool is_lost() const { return lost_.has_value(); }
  // The directory would not make some change.
  bool is_refused() const { return refused_; }

 private:
  void change(const std::string& level, ChangeMembers* members, std::vector<std::size_t> which) {
    std::erase_if(which, [&](std::size_t i) { return results_[i].moved != Moved::Held; });
    if (which.empty()) return;
    if (lost_) return settle(which, failed(*lost_));
    const auto& group = groups_.at(level);
    if (!group) return settle(which, failed(group.error()));
    std::vector<std::string> names;
    for (const std::size_t i : which) names.push_back(names_[i]);
    const auto answers = members(directory_, *group, names);
    for (std::size_t i = 0; i < which.size(); ++i) {
      if (answers[i].is_good()) continue;
      const Error error = error_of(answers[i], "cannot change " + *group);
      results_[which[i]] = failed(error);
      if (error.code == Code::Unavailable)
        lost_ = error;
      else
        refused_ = true;
    }
  }

  void settle(const std::vector<std::size_t>& which, const MoveResult& result) {
    for (const std::size_t i : which) results_[i] = result;
  }

  Directory& directory_;
  const std::span<const LevelMove> moves_;
  const Groups& groups_;
  const Names& names_;
  const Way way_;
  std::vector<MoveResult> results_;
  std::optional<Error> lost_;
  bool refused_ = false;
};

}  // namespace

LdapLevels::LdapLevels(DirectorySettings settings, Groups groups, OpenDirectory open)
    : settings_(std::move(settings)), groups_(std::move(groups)), open_(std::move(open)) {}

std::string LdapLevels::id_source() const {
  return id_attribute(settings_.kind);
}

// A change costs what rewriting the whole group costs, however many members it is about.
std::size_t LdapLevels::batch() const {
  return is_ad() ? 5000 : 100'000;
}

bool LdapLevels::is_ad() const {
  return settings_.kind == DirectoryKind::ActiveDirectory;
}

Result<std::string> LdapLevels::group_of(Directory& directory, const std::string& level) const {
  const auto name = groups_.find(level);
  if (name == groups_.end()) return fail(Code::Invalid, "no group is known for level " + level);
  return find_group(directory, settings_, name->second);
}

Status LdapLevels::read(std::span<const std::string> levels,
                        const std::function<void(HeldLevel)>& each) {
  if (levels.empty()) return {};
  ASSENT_TRY(const std::unique_ptr<Directory> directory, open_());
  if (is_ad()) return read_extended(*directory, levels, each);
  Members members;
  for (const std::string& level : levels) ASSENT_CHECK(read_group(*directory, level, members));
  if (members.empty()) return {};
  ASSENT_CHECK(
      each_account(*directory, settings_, [&](const std::string& id, const std::string& dn) {
        const auto found = members.find(dn);
        if (found == members.end()) return;
        for (const std::string* level : found->second.levels) each({id, *level, found->second.dn});
        members.erase(found);
      }));
  for (const auto& [normal, member] : members) {
    ASSENT_TRY(const std::string id, id_of_other(*directory, member.dn));
    for (const std::string* level : member.levels) each({id, *level, member.dn});
  }
  return {};
}

// Active Directory says the ids with the names.
Status LdapLevels::read_extended(Directory& directory, std::span<const std::string> levels,
                                 const std::function<void(HeldLevel)>& each) const {
  ASSENT_TRY(const std::string placeholder, normal_dn(settings_.placeholder));
  for (const std::string& level : levels) {
    ASSENT_TRY(const std::string group, group_of(directory, level));
    ASSENT_TRY(const Entry entry, read_entry(directory, group, {"member"}, true));
    for (const std::string& member : entry.values("member")) {
      auto parsed = parse_extended(member);
      if (!parsed)
        return fail(parsed.error().code, "the group " + group + " has a member without an id, " +
                                             one_line(member) + ": take it out of the group");
      ExtendedName name = *std::move(parsed);
      const auto normal = normal_dn(name.dn);
      if (normal && !placeholder.empty() && *normal == placeholder) continue;
      each({std::move(name.id), level, std::move(name.dn)});
    }
  }
  return {};
}

// Of a member who is not among the people: somebody who was moved away keeps their id. A name
// without an account is its own.
Result<std::string> LdapLevels::id_of_other(Directory& directory, const std::string& dn) const {
  const auto entry = read_entry(directory, dn, {id_attribute(settings_.kind)});
  if (!entry && entry.error().code == Code::Unavailable) return fail(entry.error());
  if (!entry) return one_line(dn);
  auto id = id_of(settings_.kind, *entry);
  return id ? *std::move(id) : one_line(dn);
}

Status LdapLevels::read_group(Directory& directory, const std::string& level,
                              Members& members) const {
  ASSENT_TRY(const std::string placeholder, normal_dn(settings_.placeholder));
  ASSENT_TRY(const std::string group, group_of(directory, level));
  ASSENT_TRY(const Entry entry, read_entry(directory, group, {"member"}));
  for (const std::string& member : entry.values("member")) {
    const auto normal = normal_dn(member);  // a server may hold what is no name: it is nobody's
    if (normal && !placeholder.empty() && *normal == placeholder) continue;
    Member& held = members[normal ? *normal : member];
    held.dn = member;
    held.levels.push_back(&level);
  }
  return {};
}

// By level. Whoever has no such group is told so with the move; nothing else is known of it yet.
Result<LdapLevels::GroupDns> LdapLevels::find_groups(std::span<const LevelMove> moves) const {
  GroupDns out;
  const auto find = [&](const std::string& level) -> Status {
    if (level.empty() || out.contains(level)) return {};
    auto group = group_of(*kept_, level);
    if (!group && group.error().code == Code::Unavailable) return fail(group.error());
    out.emplace(level, std::move(group));
    return {};
  };
  for (const LevelMove& move : moves) {
    ASSENT_CHECK(find(move.to));
    for (const std::string& level : move.from) ASSENT_CHECK(find(level));
  }
  return out;
}

// The kept connection may have been closed by the server long ago: then once more over a new one.
Result<LdapLevels::GroupDns> LdapLevels::begin(std::span<const LevelMove> moves) {
  if (kept_) {
    if (auto found = find_groups(moves)) return found;
    kept_.reset();
  }
  ASSENT_TRY(kept_, open_());
  return find_groups(moves);
}

// What people are called without asking: the name that came with the move, and in Active Directory
// their ids, which nobody else can have.
LdapLevels::Names LdapLevels::known_names(std::span<const LevelMove> moves) const {
  Names out;
  for (const LevelMove& move : moves) {
    out.push_back(move.name);
    if (!move.name.empty() || !is_ad()) continue;
    if (auto name = name_by_id(move.id)) out.back() = *std::move(name);
  }
  return out;
}

// Finds those of `names` that are missing.
Status LdapLevels::find_names(std::span<const LevelMove> moves, Names& names) {
  std::vector<std::string> ids;
  for (std::size_t i = 0; i < moves.size(); ++i)
    if (names[i].empty()) ids.push_back(moves[i].id);
  if (ids.empty()) return {};
  ASSENT_TRY(const auto found, find_by_id(*kept_, settings_, ids));
  for (std::size_t i = 0; i < moves.size(); ++i)
    if (const auto account = found.find(moves[i].id); names[i].empty() && account != found.end())
      names[i] = account->second;
  return {};
}

// With names that are known, as long as the directory makes every change of them: it may mean
// somebody else or nobody by them now, and how a server says so, or that something is so already,
// differs too much. So after a refusal everybody is found, and each change looked into.
Result<std::vector<MoveResult>> LdapLevels::try_all(std::span<const LevelMove> moves,
                                                    const GroupDns& groups) {
  Names names = known_names(moves);
  const bool believed = std::ranges::any_of(names, [](const auto& name) { return !name.empty(); });
  ASSENT_CHECK(find_names(moves, names));
  Moving first(*kept_, moves, groups, names,
               believed ? Way{add_all, take_all} : Way{add_members, take_members});
  auto results = first.run();
  if (first.is_lost()) kept_.reset();
  if (!believed || !first.is_refused() || first.is_lost()) return results;
  const Names believed_names = std::exchange(names, Names(moves.size()));
  ASSENT_CHECK(find_names(moves, names));
  Moving again(*kept_, moves, groups, names, {add_members, take_members});
  results = again.run();
  if (again.is_lost())
    kept_.reset();
  else if (!is_ad())
    take_old_names(moves, groups, believed_names, names);
  return results;
}

// OpenLDAP adds any name, somebody's or nobody's: what was added by one that is no longer theirs is
// taken out again. What fails is left to the next look.
void LdapLevels::take_old_names(std::span<const LevelMove> moves, const GroupDns& groups,
                                const Names& old, const Names& names) {
  std::map<std::string, std::vector<std::string>> by_level;
  for (std::size_t i = 0; i < moves.size(); ++i)
    if (is_other_name(old[i], names[i]) && !moves[i].to.empty())
      by_level[moves[i].to].push_back(old[i]);
  for (const auto& [level, gone] : by_level)
    if (const auto& group = groups.at(level)) take_members(*kept_, *group, gone);
}

std::vector<MoveResult> LdapLevels::apply(std::span<const LevelMove> moves) {
  if (moves.empty()) return {};
  const auto groups = begin(moves);
  auto results = groups ? try_all(moves, *groups) : fail(groups.error());
  if (results) return *std::move(results);
  kept_.reset();
  return std::vector<MoveResult>(moves.size(), MoveResult{Moved::Unknown, results.error()});
}

}  // namespace assent::directory
