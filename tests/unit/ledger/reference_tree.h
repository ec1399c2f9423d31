#pragma once
// RFC 6962 section 2.1 written down as it is defined, recursively, over leaves in memory: slow,
// obvious, and independent of core/ledger/merkle.cpp. Also a log that stores hashes in a vector.

#include <bit>
#include <vector>

#include "core/ledger/merkle.h"

namespace assent::reference {

using Leaves = std::span<const Digest>;

inline Digest root(Leaves leaves) {
  if (leaves.empty()) return sha256("");
  if (leaves.size() == 1) return leaves[0];
  const auto k = std::bit_floor(leaves.size() - 1);
  const auto left = root(leaves.first(k)), right = root(leaves.subspan(k));
  return sha256({bytes_of("\x01"), left, right});
}

inline Proof path(std::size_t m, Leaves leaves) {
  if (leaves.size() <= 1) return {};
  const auto k = std::bit_floor(leaves.size() - 1);
  auto proof = m < k ? path(m, leaves.first(k)) : path(m - k, leaves.subspan(k));
  proof.push_back(root(m < k ? leaves.subspan(k) : leaves.first(k)));
  return proof;
}

inline Proof subproof(std::size_t m, Leaves leaves, bool known) {
  if (m == leaves.size()) return known ? Proof{} : Proof{root(leaves)};
  const auto k = std::bit_floor(leaves.size() - 1);
  auto proof =
      m <= k ? subproof(m, leaves.first(k), known) : subproof(m - k, leaves.subspan(k), false);
  proof.push_back(root(m <= k ? leaves.subspan(k) : leaves.first(k)));
  return proof;
}

inline Proof consistency(std::size_t m, Leaves leaves) {
  return m == 0 ? Proof{} : subproof(m, leaves, true);
}

// Leaf hashes that differ: SHA-256 of 0x00 and the number as text.
inline std::vector<Digest> leaves(std::size_t count) {
  std::vector<Digest> made;
  for (std::size_t i = 0; i < count; ++i) made.push_back(leaf_hash(bytes_of(std::to_string(i))));
  return made;
}

// A log of `count` leaves made by Frontier, its stored hashes by position.
struct Log {
  Frontier frontier;
  std::vector<Digest> stored;
  int reads = 0;

  explicit Log(Leaves leaves) {
    for (const auto& leaf : leaves) append(leaf);
  }
  // True once a hash came that does not belong at the end.
  bool misplaced = false;
  void append(const Digest& leaf) {
    frontier.append(leaf, [&](const StoredHash& hash) {
      misplaced = misplaced || hash.position != stored.size();
      stored.push_back(hash.hash);
    });
  }
  ReadHashes reader() {
    return [this](std::span<const std::uint64_t> positions) -> Result<std::vector<Digest>> {
      ++reads;
      std::vector<Digest> hashes;
      for (const auto position : positions) hashes.push_back(stored.at(position));
      return hashes;
    };
  }
};

}  // namespace assent::reference
