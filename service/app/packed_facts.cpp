#include "service/app/packed_facts.h"

namespace assent {
namespace {

// Masks in the open: so the compiler sees that nothing is cut off unawares.
constexpr std::uint64_t bits(unsigned count) {
  return (std::uint64_t{1} << count) - 1;
}
constexpr auto k1 = bits(1), k2 = bits(2), k4 = bits(4), k12 = bits(12), k24 = bits(24),
               k40 = bits(40), k48 = bits(48);

PackedStanding pack(const Standing& standing) {
  PackedStanding packed{};
  packed.at = static_cast<std::uint64_t>(standing.at.time_since_epoch().count()) & k48;
  packed.entry = standing.entry & k40;
  packed.policy = standing.policy;
  packed.version = standing.version & k12;
  packed.deferred_version = standing.deferred_version & k12;
  packed.deferred_count = standing.deferred_count;
  packed.style = static_cast<std::uint64_t>(standing.style) & k2;
  packed.act = static_cast<std::uint64_t>(standing.act) & k4;
  return packed;
}

Standing unpack(const PackedStanding& packed) {
  Standing standing;
  standing.at = Time{milliseconds{static_cast<std::int64_t>(packed.at)}};
  standing.entry = packed.entry;
  standing.policy = static_cast<PolicyKey>(packed.policy);
  standing.version = static_cast<std::uint32_t>(packed.version);
  standing.deferred_version = static_cast<std::uint32_t>(packed.deferred_version);
  standing.deferred_count = static_cast<std::uint8_t>(packed.deferred_count);
  standing.style = static_cast<Style>(packed.style);
  standing.act = static_cast<Act>(packed.act);
  return standing;
}

}  // namespace

std::optional<PackedFacts> pack(const std::array<std::byte, 16>& key, const Facts& facts) {
  if (facts.standings.size() > kPackedStandings) return std::nullopt;
  PackedFacts packed{};
  packed.key = key;
  packed.person = static_cast<std::uint64_t>(facts.person) & k40;
  packed.profile = facts.profile & k24;
  packed.state = static_cast<std::uint64_t>(facts.state) & k1;
  packed.count = facts.standings.size() & k2;
  packed.held = 1;
  for (std::size_t i = 0; i < facts.standings.size(); ++i)
    packed.standings[i] = pack(facts.standings[i]);
  // Whatever was cut off shows here, whichever field it was.
  if (unpack(packed, facts.school) != facts) return std::nullopt;
  return packed;
}

Facts unpack(const PackedFacts& packed, SchoolKey school) {
  Facts facts;
  facts.person = static_cast<PersonKey>(packed.person);
  facts.school = school;
  facts.profile = static_cast<std::uint32_t>(packed.profile);
  facts.state = static_cast<PersonState>(packed.state);
  facts.standings.reserve(packed.count);
  for (std::size_t i = 0; i < packed.count; ++i)
    facts.standings.push_back(unpack(packed.standings[i]));
  return facts;
}

}  // namespace assent
