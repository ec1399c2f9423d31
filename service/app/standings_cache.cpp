#include "service/app/standings_cache.h"

#include <algorithm>

#include "core/crypto/table_hash.h"
#include "service/app/packed_people.h"

namespace assent {

// One sixty-fourth of the people.
class StandingsCache::Shard {
 public:
  struct Found {
    std::optional<Facts> facts;
    std::uint64_t version;  // of the shard when it was asked
  };

  void limit(std::size_t people_max) { people_max_ = people_max; }

  Found find(const Key& key, SchoolKey school) {
    const std::lock_guard lock(mutex_);
    const auto entry = people_.find(key);
    if (!entry || !entry->held) return {std::nullopt, version_};
    return {unpack(*entry, school), version_};
  }

  // Not if anything was committed since `version`: the facts may be from before it.
  void insert(const PackedFacts& packed, std::uint64_t version) {
    const std::lock_guard lock(mutex_);
    if (version != version_) return;
    if (people_.size() < people_max_ || people_.find(packed.key)) people_.put(packed);
  }

  void update(const Key& key, const StandingRow& row) {
    const std::lock_guard lock(mutex_);
    ++version_;
    auto entry = people_.find(key);
    if (!entry || !entry->held) return;
    const auto next = changed(*entry, row);
    if (!next) entry->held = 0;
    people_.put(next.value_or(*entry));
  }

  void clear() {
    const std::lock_guard lock(mutex_);
    ++version_;
    people_.clear();
  }

  std::size_t size() {
    const std::lock_guard lock(mutex_);
    return people_.size();
  }

 private:
  // Nothing when the login has another person now, or the facts no longer fit.
  static std::optional<PackedFacts> changed(const PackedFacts& entry, const StandingRow& row) {
    auto facts = unpack(entry, row.school);
    if (facts.person != row.person) return std::nullopt;
    auto& standings = facts.standings;
    const auto place = std::lower_bound(
        standings.begin(), standings.end(), row.standing.policy,
        [](const Standing& standing, PolicyKey policy) { return standing.policy < policy; });
    if (place != standings.end() && place->policy == row.standing.policy)
      *place = row.standing;
    else
      standings.insert(place, row.standing);
    return pack(entry.key, facts);
  }

  std::mutex mutex_;  // guards everything below
  PackedPeople people_;
  std::size_t people_max_ = 0;
  std::uint64_t version_ = 0;
};

StandingsCache::StandingsCache(const Standings& store, Random& random, std::size_t people_max)
    : store_(store),
      secret_(random.bytes<SecretKey::kSize>()),
      shards_(std::make_unique<Shard[]>(kShards)) {
  for (std::size_t i = 0; i < kShards; ++i) shards_[i].limit((people_max + kShards - 1) / kShards);
}

StandingsCache::~StandingsCache() = default;

StandingsCache::Key StandingsCache::key_of(SchoolKey school, const std::string& login) const {
  std::string text{static_cast<char>(school & 0xff), static_cast<char>(school >> 8)};
  text += login;
  return table_hash(secret_, text);
}

StandingsCache::Shard& StandingsCache::shard_of(const Key& key) const {
  return shards_[std::to_integer<std::size_t>(key[0]) % kShards];
}

Result<Facts> StandingsCache::find(SchoolKey school, const std::string& login) const {
  const auto key = key_of(school, login);
  auto& shard = shard_of(key);
  auto found = shard.find(key, school);
  if (found.facts) return *std::move(found.facts);
  ASSENT_TRY(auto facts, store_.find(school, login));
  if (const auto packed = pack(key, facts)) shard.insert(*packed, found.version);
  return facts;
}

void StandingsCache::committed(const std::vector<CommittedChange>& changes) {
  bool people_changed = false;
  for (const auto& [change, number] : changes) {
    if (const auto* row = std::get_if<StandingRow>(&change)) {
      const auto key = key_of(row->school, row->login);
      shard_of(key).update(key, *row);
    }
    people_changed |=
        std::holds_alternative<PersonRow>(change) || std::holds_alternative<IdentityRow>(change);
  }
  // Logins may have changed hands: rare, and the point reads that follow are cheap.
  for (std::size_t i = 0; people_changed && i < kShards; ++i) shards_[i].clear();
}

std::size_t StandingsCache::size() const {
  std::size_t people = 0;
  for (std::size_t i = 0; i < kShards; ++i) people += shards_[i].size();
  return people;
}

}  // namespace assent
