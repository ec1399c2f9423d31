#pragma once
// A person's facts in at most 79 bytes, for the cache. What does not fit (a fourth policy, numbers
// beyond any that a school reaches) is not packed, and so not cached.

#include <array>
#include <optional>

#include "service/domain/gate.h"

namespace assent {

inline constexpr std::size_t kPackedStandings = 3;

struct [[gnu::packed]] PackedStanding {  // 18 bytes
  std::uint64_t at : 48;                 // milliseconds: until the year 10889
  std::uint64_t entry : 40;
  std::uint64_t policy : 16;
  std::uint64_t version : 12;
  std::uint64_t deferred_version : 12;
  std::uint64_t deferred_count : 8;
  std::uint64_t style : 2;
  std::uint64_t act : 4;
  std::uint64_t spare : 2;
};

struct [[gnu::packed]] PackedFacts {
  std::array<std::byte, 16> key;
  std::uint64_t person : 40;
  std::uint64_t profile : 24;
  std::uint64_t state : 1;
  std::uint64_t count : 2;
  std::uint64_t held : 1;  // 0: the place is kept, but what it said no longer counts
  std::uint64_t spare : 4;
  PackedStanding standings[kPackedStandings];
};

static_assert(sizeof(PackedStanding) == 18 && sizeof(PackedFacts) == 79);

// Nothing when it does not fit exactly.
std::optional<PackedFacts> pack(const std::array<std::byte, 16>& key, const Facts& facts);
Facts unpack(const PackedFacts& packed, SchoolKey school);

}  // namespace assent
