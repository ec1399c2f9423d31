#pragma once
// Levels as groups of a directory: each person a direct member of one. Groups are found by name
// every time, so that one that was made again, or moved, is found.

#include <memory>

#include "service/app/level_ports.h"
#include "service/directory/ldap_roster.h"

namespace assent::directory {

class LdapLevels final : public LevelOutput {
 public:
  // By level, the name of its group.
  using Groups = std::map<std::string, std::string>;

  LdapLevels(DirectorySettings settings, Groups groups, OpenDirectory open);
  std::string id_source() const override;
  std::size_t batch() const override;
  // A member without an id that can be read has their DN for one. `settings.placeholder` is
  // left out. Over a connection of its own.
  Status read(std::span<const std::string> levels,
              const std::function<void(HeldLevel)>& each) override;
  // Over a connection that is kept, and made anew when it has broken.
  std::vector<MoveResult> apply(std::span<const LevelMove> moves) override;

 private:
  // By level, its group's DN, or why it is not known.
  using GroupDns = std::map<std::string, Result<std::string>>;
  using Names = std::vector<std::string>;  // of each move; empty: not known
  // By normal DN, who is in which levels' groups.
  struct Member {
    std::string dn;  // as the directory writes it
    std::vector<const std::string*> levels;
  };
  using Members = std::unordered_map<std::string, Member>;
  bool is_ad() const;
  Status read_extended(Directory& directory, std::span<const std::string> levels,
                       const std::function<void(HeldLevel)>& each) const;
  Status read_group(Directory& directory, const std::string& level, Members& members) const;
  Result<std::string> id_of_other(Directory& directory, const std::string& dn) const;
  Result<std::string> group_of(Directory& directory, const std::string& level) const;
  Result<GroupDns> find_groups(std::span<const LevelMove> moves) const;
  Result<GroupDns> begin(std::span<const LevelMove> moves);
  Names known_names(std::span<const LevelMove> moves) const;
  Status find_names(std::span<const LevelMove> moves, Names& names);
  void take_old_names(std::span<const LevelMove> moves, const GroupDns& groups, const Names& old,
                      const Names& names);
  Result<std::vector<MoveResult>> try_all(std::span<const LevelMove> moves, const GroupDns& groups);

  const DirectorySettings settings_;
  const Groups groups_;
  const OpenDirectory open_;
  std::unique_ptr<Directory> kept_;
};

}  // namespace assent::directory
