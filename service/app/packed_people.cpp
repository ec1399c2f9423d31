#include "service/app/packed_people.h"

#include <algorithm>
#include <cstring>

namespace assent {
namespace {

constexpr std::size_t kChunk = 64;  // entries
constexpr std::size_t kIndexMin = 64;

static_assert(kPackedStandings == 3);  // a pool for each number of standings; none counts as one
constexpr std::size_t pool_for(const PackedFacts& facts) {
  return std::max<std::size_t>(facts.count, 1) - 1;
}
constexpr std::size_t bytes_with(std::size_t standings) {
  return offsetof(PackedFacts, standings) + standings * sizeof(PackedStanding);
}

}  // namespace

std::byte* PackedPeople::Pool::at(std::size_t place) const {
  return chunks_[place / kChunk].get() + place % kChunk * entry_bytes_;
}

std::size_t PackedPeople::Pool::take() {
  if (!free_.empty()) {
    const std::size_t place = free_.back();
    free_.pop_back();
    return place;
  }
  if (taken_ % kChunk == 0) chunks_.push_back(std::make_unique<std::byte[]>(kChunk * entry_bytes_));
  return taken_++;
}

PackedFacts PackedPeople::Pool::read(std::size_t place) const {
  PackedFacts facts{};
  std::memcpy(&facts, at(place), entry_bytes_);
  return facts;
}

void PackedPeople::Pool::write(std::size_t place, const PackedFacts& facts) {
  std::memcpy(at(place), &facts, entry_bytes_);
}

std::array<PackedPeople::Pool, kPackedStandings> PackedPeople::empty_pools() {
  return {Pool{bytes_with(1)}, Pool{bytes_with(2)}, Pool{bytes_with(3)}};
}

PackedPeople::Slot PackedPeople::slot_for(std::size_t pool, std::size_t place) {
  return static_cast<Slot>(place << kPoolBits | (pool + 1));
}

bool PackedPeople::has_key(Slot slot, const Key& key) const {
  return std::memcmp(pools_[pool_of(slot)].at(place_of(slot)), key.data(), key.size()) == 0;
}

std::size_t PackedPeople::home_of(const Key& key) const {
  std::uint64_t hash;
  std::memcpy(&hash, key.data() + 8, sizeof hash);  // the first bytes may have chosen a shard
  return hash & (index_.size() - 1);
}

std::size_t PackedPeople::index_place_of(const Key& key) const {
  std::size_t at = home_of(key);
  while (index_[at] != 0 && !has_key(index_[at], key)) at = (at + 1) & (index_.size() - 1);
  return at;
}

std::optional<PackedFacts> PackedPeople::find(const Key& key) const {
  if (index_.empty()) return std::nullopt;
  const Slot slot = index_[index_place_of(key)];
  if (slot == 0) return std::nullopt;
  return pools_[pool_of(slot)].read(place_of(slot));
}

void PackedPeople::put(const PackedFacts& facts) {
  if ((count_ + 1) * 4 > index_.size() * 3) grow_index();
  Slot& slot = index_[index_place_of(facts.key)];
  const std::size_t pool = pool_for(facts);
  if (slot == 0) {
    ++count_;
  } else if (pool_of(slot) != pool) {
    pools_[pool_of(slot)].give_back(place_of(slot));
    slot = 0;
  }
  if (slot == 0) slot = slot_for(pool, pools_[pool].take());
  pools_[pool].write(place_of(slot), facts);
}

void PackedPeople::grow_index() {
  const auto old = std::move(index_);
  index_ = std::vector<Slot>(std::max(kIndexMin, old.size() * 2));
  for (const Slot slot : old)
    if (slot != 0) index_[index_place_of(pools_[pool_of(slot)].read(place_of(slot)).key)] = slot;
}

void PackedPeople::clear() {
  pools_ = empty_pools();
  index_ = decltype(index_)();
  count_ = 0;
}

}  // namespace assent
