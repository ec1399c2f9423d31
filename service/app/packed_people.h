#pragma once
// Packed facts by key, in as little memory as they need: most people have answered one policy, and
// take 43 bytes and a place in the index. One thread at a time.

#include <array>
#include <cstddef>
#include <memory>
#include <vector>

#include "service/app/packed_facts.h"

namespace assent {

class PackedPeople {
 public:
  using Key = std::array<std::byte, 16>;  // evenly spread, such as table_hash() makes

  std::optional<PackedFacts> find(const Key& key) const;
  // In place of what its key had.
  void put(const PackedFacts& facts);
  void clear();  // gives the memory back
  std::size_t size() const { return count_; }

 private:
  // Entries of one length, in chunks that never move. A place that is given back is taken again.
  class Pool {
   public:
    explicit Pool(std::size_t entry_bytes) : entry_bytes_(entry_bytes) {}
    std::byte* at(std::size_t place) const;
    std::size_t take();
    void give_back(std::size_t place) { free_.push_back(static_cast<std::uint32_t>(place)); }
    PackedFacts read(std::size_t place) const;
    void write(std::size_t place, const PackedFacts& facts);

   private:
    std::size_t entry_bytes_;
    std::size_t taken_ = 0;
    std::vector<std::unique_ptr<std::byte[]>> chunks_;
    std::vector<std::uint32_t> free_;
  };

  // Where an entry is: its place and its pool's number from 1, so that 0 is nowhere.
  using Slot = std::uint32_t;
  static constexpr unsigned kPoolBits = 2;
  static Slot slot_for(std::size_t pool, std::size_t place);
  static std::size_t pool_of(Slot slot) { return (slot & ((1u << kPoolBits) - 1)) - 1; }
  static std::size_t place_of(Slot slot) { return slot >> kPoolBits; }

  std::size_t home_of(const Key& key) const;         // where in the index its search begins
  std::size_t index_place_of(const Key& key) const;  // its own, or the empty one where it would be
  bool has_key(Slot slot, const Key& key) const;
  void grow_index();

  std::array<Pool, kPackedStandings> pools_ = empty_pools();
  static std::array<Pool, kPackedStandings> empty_pools();
  std::vector<Slot> index_;  // open addressing; a power of two, at most three quarters full
  std::size_t count_ = 0;
};

}  // namespace assent
