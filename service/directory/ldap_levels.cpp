#include "service/directory/ldap_levels.h"

#include "core/base/text.h"
#include "service/directory/account_state.h"
#include "service/directory/accounts_by_id.h"
#include "service/directory/dn.h"
#include "service/directory/group_change.h"
#include "service/directory/reading.h"

namespace assent::directory {
namespace {

MoveResult failed(Error error) {
  const bool unknown = error.code == Code::Unavailable;
  return {unknown ? Moved::Unknown : Moved::Refused, std::move(error)};
}

// One call of apply(): what becomes of each move.
class Moving {
 public:
  using FindGroup = std::function<Result<std::string>(const std::string& level)>;
  using Accounts = std::unordered_map<std::string, std::string>;

  Moving(Directory& directory, std::span<const LevelMove> moves, const Accounts& accounts,
         FindGroup find_group)
      : directory_(directory),
        moves_(moves),
        find_group_(std::move(find_group)),
        results_(moves.size(), MoveResult{Moved::Held, {}}) {
    for (std::size_t i = 0; i < moves.size(); ++i) {
      const auto account = accounts.find(moves[i].id);
      dns_.push_back(account == accounts.end() ? "" : account->second);
      if (account == accounts.end())
        results_[i] = {Moved::Nobody, {Code::NotFound, "the directory knows nobody of this id"}};
    }
  }

  // The new before the old: somebody is in two groups for a moment, and never in none.
  std::vector<MoveResult> run() {
    std::map<std::string, std::vector<std::size_t>> adding, taking;
    for (std::size_t i = 0; i < moves_.size(); ++i) {
      if (!moves_[i].to.empty()) adding[moves_[i].to].push_back(i);
      for (const std::string& level : moves_[i].from) taking[level].push_back(i);
    }
    for (auto& [level, which] : adding) change(level, add_members, std::move(which));
    for (auto& [level, which] : taking) change(level, take_members, std::move(which));
    return std::move(results_);
  }

  bool is_lost() const { return lost_.has_value(); }

 private:
  using ChangeMembers = std::vector<Answer>(Directory&, const std::string&,
                                            std::span<const std::string>);

  void change(const std::string& level, ChangeMembers* members, std::vector<std::size_t> which) {
    std::erase_if(which, [&](std::size_t i) { return results_[i].moved != Moved::Held; });
    if (which.empty()) return;
    if (lost_) return settle(which, failed(*lost_));
    const auto group = find_group_(level);
    if (!group) {
      note(group.error());
      return settle(which, failed(group.error()));
    }
    std::vector<std::string> dns;
    for (const std::size_t i : which) dns.push_back(dns_[i]);
    const auto answers = members(directory_, *group, dns);
    for (std::size_t i = 0; i < which.size(); ++i) {
      if (answers[i].is_good()) continue;
      const Error error = error_of(answers[i], "cannot change " + *group);
      note(error);
      results_[which[i]] = failed(error);
    }
  }

  void note(const Error& error) {
    if (error.code == Code::Unavailable) lost_ = error;
  }
  void settle(const std::vector<std::size_t>& which, const MoveResult& result) {
    for (const std::size_t i : which) results_[i] = result;
  }

  Directory& directory_;
  const std::span<const LevelMove> moves_;
  const FindGroup find_group_;
  std::vector<std::string> dns_;
  std::vector<MoveResult> results_;
  std::optional<Error> lost_;
};

}  // namespace

LdapLevels::LdapLevels(DirectorySettings settings, Groups groups, OpenDirectory open)
    : settings_(std::move(settings)), groups_(std::move(groups)), open_(std::move(open)) {}

std::string LdapLevels::id_source() const {
  return id_attribute(settings_.kind);
}

// A change costs what rewriting the whole group costs, however many members it is about.
std::size_t LdapLevels::batch() const {
  return settings_.kind == DirectoryKind::ActiveDirectory ? 5000 : 100'000;
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
  Members members;
  for (const std::string& level : levels) ASSENT_CHECK(read_group(*directory, level, members));
  if (members.empty()) return {};
  ASSENT_CHECK(
      each_account(*directory, settings_, [&](const std::string& id, const std::string& dn) {
        const auto found = members.find(dn);
        if (found == members.end()) return;
        for (const std::string* level : found->second.levels)
          each({id, *level, one_line(found->second.dn)});
        members.erase(found);
      }));
  for (const auto& [normal, member] : members) {
    ASSENT_TRY(const std::string id, id_of_other(*directory, member.dn));
    for (const std::string* level : member.levels) each({id, *level, one_line(member.dn)});
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

// The kept connection may have been closed by the server long ago: then once more over a new one.
Result<LdapLevels::Found> LdapLevels::find(std::span<const LevelMove> moves) {
  std::vector<std::string> ids;
  for (const LevelMove& move : moves) ids.push_back(move.id);
  if (kept_) {
    if (auto found = find_by_id(*kept_, settings_, ids)) return found;
    kept_.reset();
  }
  ASSENT_TRY(kept_, open_());
  auto found = find_by_id(*kept_, settings_, ids);
  if (!found) kept_.reset();
  return found;
}

std::vector<MoveResult> LdapLevels::apply(std::span<const LevelMove> moves) {
  if (moves.empty()) return {};
  const auto found = find(moves);
  // Nothing was tried yet, and the same is true for everybody: the output is as good as away.
  if (!found)
    return std::vector<MoveResult>(moves.size(), MoveResult{Moved::Unknown, found.error()});
  Moving moving(*kept_, moves, *found,
                [this](const std::string& level) { return group_of(*kept_, level); });
  auto results = moving.run();
  if (moving.is_lost()) kept_.reset();
  return results;
}

}  // namespace assent::directory
