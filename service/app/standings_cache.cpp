#include "service/app/standings_cache.h"

#include <algorithm>
#include <cstring>
#include <vector>

#include "core/crypto/table_hash.h"
#include "service/app/packed_facts.h"

namespace assent {

// One sixty-fourth of the people: chunks of entries that never move, and an open-addressing index
// of their places + 1. A place is kept for its key until clear(), so nothing is ever unlinked.
class StandingsCache::Shard {
 public:
  struct Found {
    std::optional<Facts> facts;
    std::uint64_t version;  // of the shard when it was asked
  };

  void limit(std::size_t people_max) { people_max_ = people_max; }

  Found find(const Key& key, SchoolKey school) {
    const std::lock_guard lock(mutex_);
    const auto* entry = entry_of(key);
    if (!entry || !entry->held) return {std::nullopt, version_};
    return {unpack(*entry, school), version_};
  }

  // Not if anything was committed since `version`: the facts may be from before it.
  void insert(const PackedFacts& packed, std::uint64_t version) {
    const std::lock_guard lock(mutex_);
    if (version != version_) return;
    if (auto* entry = entry_of(packed.key)) {
      *entry = packed;
    } else if (count_ < people_max_) {
      add(packed);
    }
  }

  void update(const Key& key, const StandingRow& row) {
    const std::lock_guard lock(mutex_);
    ++version_;
    auto* entry = entry_of(key);
    if (!entry || !entry->held) return;
    const auto next = changed(*entry, row);
    if (next)
      *entry = *next;
    else
      entry->held = 0;
  }

  void clear() {
    const std::lock_guard lock(mutex_);
    ++version_;
    chunks_ = decltype(chunks_)();  // gives the memory back
    index_ = decltype(index_)();
    count_ = 0;
  }

  std::size_t size() {
    const std::lock_guard lock(mutex_);
    return count_;
  }

 private:
  static constexpr std::size_t kChunk = 64;
  static constexpr std::size_t kIndexMin = 64;

  PackedFacts& at(std::size_t place) { return chunks_[place / kChunk][place % kChunk]; }

  static std::size_t slot_of(const Key& key, std::size_t slots) {
    std::uint64_t hash;
    std::memcpy(&hash, key.data() + 8, sizeof hash);  // the first bytes chose the shard
    return hash & (slots - 1);
  }

  PackedFacts* entry_of(const Key& key) {
    if (index_.empty()) return nullptr;
    for (auto slot = slot_of(key, index_.size());; slot = (slot + 1) & (index_.size() - 1)) {
      if (index_[slot] == 0) return nullptr;
      auto& entry = at(index_[slot] - 1);
      if (entry.key == key) return &entry;
    }
  }

  void add(const PackedFacts& packed) {
    if ((count_ + 1) * 4 > index_.size() * 3) grow_index();
    if (count_ % kChunk == 0) chunks_.push_back(std::make_unique<PackedFacts[]>(kChunk));
    at(count_) = packed;
    link(count_++);
  }

  void link(std::size_t place) {
    auto slot = slot_of(at(place).key, index_.size());
    while (index_[slot] != 0) slot = (slot + 1) & (index_.size() - 1);
    index_[slot] = static_cast<std::uint32_t>(place + 1);
  }

  void grow_index() {
    index_ = std::vector<std::uint32_t>(std::max(kIndexMin, index_.size() * 2));
    for (std::size_t place = 0; place < count_; ++place) link(place);
  }

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
  std::vector<std::unique_ptr<PackedFacts[]>> chunks_;
  std::vector<std::uint32_t> index_;
  std::size_t count_ = 0;
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
