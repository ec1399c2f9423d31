#pragma once
// The arithmetic of the RFC 6962 Merkle tree: bytes in, digests out, nothing stored. Stored hashes
// are numbered in append order, as golang.org/x/mod/sumdb/tlog StoredHashIndex does, so that every
// append writes at the end and others can check the layout. docs/ledger.md is the specification.

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "core/crypto/crypto.h"

namespace assent {

// Sizes and indexes stay below this, so that a position still fits 63 bits, as others store it.
constexpr std::uint64_t kMaxLogSize = std::uint64_t{1} << 61;

Digest leaf_hash(Bytes entry);
Digest node_hash(const Digest& left, const Digest& right);

// Where the hash of the complete subtree `index` of `level` (0 = leaves) is stored. The subtree
// must end at or below kMaxLogSize.
std::uint64_t stored_position(unsigned level, std::uint64_t index);

struct StoredHash {
  std::uint64_t position;
  Digest hash;
};

// The right edge of a tree, one digest for each set bit of its size, largest subtree first.
// Appending needs nothing else, so the service starts at once however long the log is.
class Frontier {
 public:
  Frontier() = default;
  // Corrupt if the number of peaks does not fit the size, or the size is over kMaxLogSize.
  static Result<Frontier> restore(std::uint64_t size, std::vector<Digest> peaks);

  // Adds a leaf; `store(StoredHash)` hears of every hash that became final, leaf first.
  void append(const Digest& leaf, const std::function<void(const StoredHash&)>& store);
  // Of an empty tree: SHA-256 of nothing.
  Digest root() const;
  std::uint64_t size() const { return size_; }
  std::span<const Digest> peaks() const { return peaks_; }

 private:
  std::uint64_t size_ = 0;
  std::vector<Digest> peaks_;
};

using Proof = std::vector<Digest>;
// Reads stored hashes by position, in the order asked.
using ReadHashes = std::function<Result<std::vector<Digest>>(std::span<const std::uint64_t>)>;

// RFC 6962 2.1.1 and 2.1.2, for any size that the log has had. Invalid unless index < size <=
// kMaxLogSize, old_size <= size; Corrupt if `read` gives another number of hashes. At most one call
// of `read`, with all positions; none where the proof is empty.
Result<Proof> prove_inclusion(std::uint64_t index, std::uint64_t size, const ReadHashes& read);
Result<Proof> prove_consistency(std::uint64_t old_size, std::uint64_t size, const ReadHashes& read);

// Invalid, saying why, unless the proof is exactly right. Every tree is consistent with the empty
// one, by an empty proof, provided that `old_root` is the empty tree's.
Status check_inclusion(const Proof& proof, std::uint64_t index, std::uint64_t size,
                       const Digest& leaf, const Digest& root);
Status check_consistency(const Proof& proof, std::uint64_t old_size, std::uint64_t size,
                         const Digest& old_root, const Digest& root);

}  // namespace assent
