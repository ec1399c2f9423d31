#pragma once
// What is small and asked all the time, kept in memory: schools, the catalogue, audiences,
// devices, tokens. Snapshots are immutable; a committed change swaps them. Any thread.

#include <map>
#include <memory>
#include <mutex>

#include "service/app/ledger_writer.h"

namespace assent {

class Registry {
 public:
  static Result<std::unique_ptr<Registry>> load(Registers& registers, const Calendar& calendar,
                                                std::vector<School> schools);

  std::shared_ptr<const Catalogue> catalogue() const;
  const School* school(SchoolKey key) const;  // nullptr: no such school
  const School* school(const SchoolName& name) const;
  const std::vector<School>& schools() const { return schools_; }
  // What people of this profile owe; never null (an unknown profile owes nothing, and no name).
  std::shared_ptr<const Audience> audience(SchoolKey school, std::uint32_t profile) const;
  std::optional<std::uint32_t> profile_key(SchoolKey school, const Profile& profile) const;
  std::optional<Profile> profile(std::uint32_t key) const;
  std::optional<DeviceRow> device(const DeviceId& id) const;
  std::optional<DeviceRow> device(std::int64_t key) const;
  std::vector<DeviceRow> devices(SchoolKey school) const;
  std::optional<TokenRow> token(const TokenId& id) const;
  std::vector<TokenRow> tokens() const;                   // every school's
  std::vector<RoleGrant> grants(SchoolKey school) const;  // whatever their state, by when asked for
  // The roles that somebody of the school has at `now`: by its file and by grants, no doubles.
  std::vector<std::string> roles_of(const School& school, const PersonRow& person, Time now) const;

  // The observer to give to the writer.
  void committed(const std::vector<CommittedChange>& changes);

  // Reads a published version's files and dates into what the catalogue holds.
  Result<PublishedVersion> to_published(const School& school, const VersionRow& row) const;

 private:
  Registry(const Calendar& calendar, std::vector<School> schools);
  void apply(const CommittedChange& change);
  void add_profile(const ProfileRow& row);
  Status add_version(Catalogue& catalogue, const VersionRow& row);

  const Calendar& calendar_;
  std::vector<School> schools_;
  mutable std::mutex mutex_;  // guards everything below
  std::shared_ptr<const Catalogue> catalogue_;
  struct KnownProfile {
    SchoolKey school;
    Profile profile;
    std::shared_ptr<const Audience> audience;
  };
  std::map<std::uint32_t, KnownProfile> profiles_;
  std::map<std::pair<SchoolKey, std::string>, std::uint32_t> profile_keys_;
  std::map<std::int64_t, DeviceRow> devices_;
  std::map<DeviceId, std::int64_t> device_keys_;
  std::map<TokenId, TokenRow> tokens_;
  std::map<RoleGrantId, RoleGrantRow> grants_;
  std::map<std::pair<SchoolKey, PolicyName>, PolicyKey> policy_keys_;
};

}  // namespace assent
