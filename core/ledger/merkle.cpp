// Proofs are made of ranges of leaves. Each range is one stored hash or, at the right edge, a few,
// so a proof first lists its ranges, reads every hash at once, then folds each range to a digest.
#include "core/ledger/merkle.h"

#include <algorithm>
#include <bit>

namespace assent {
namespace {

struct Range {  // leaves [begin, end); never empty
  std::uint64_t begin, end;
};

// RFC 6962's k: the largest power of two smaller than `count`, which is at least 2.
std::uint64_t split_of(std::uint64_t count) {
  return std::bit_floor(count - 1);
}

// Positions of the complete subtrees that make up `range`, largest first.
std::vector<std::uint64_t> positions_of(Range range) {
  std::vector<std::uint64_t> positions;
  while (range.begin < range.end) {
    const auto count = std::bit_floor(range.end - range.begin);
    const auto level = static_cast<unsigned>(std::countr_zero(count));
    positions.push_back(stored_position(level, range.begin >> level));
    range.begin += count;
  }
  return positions;
}

Digest fold(std::span<const Digest> peaks) {
  if (peaks.empty()) return sha256("");
  auto root = peaks.back();
  for (auto left = peaks.rbegin() + 1; left != peaks.rend(); ++left) root = node_hash(*left, root);
  return root;
}

Result<Proof> read_proof(const std::vector<Range>& ranges, const ReadHashes& read) {
  if (ranges.empty()) return Proof{};
  std::vector<std::uint64_t> positions;
  std::vector<std::size_t> counts;
  for (const auto& range : ranges) {
    const auto more = positions_of(range);
    positions.insert(positions.end(), more.begin(), more.end());
    counts.push_back(more.size());
  }
  ASSENT_TRY(const auto hashes, read(positions));
  if (hashes.size() != positions.size())
    return fail(Code::Corrupt, "the ledger's hashes are incomplete: asked for " +
                                   std::to_string(positions.size()) + ", got " +
                                   std::to_string(hashes.size()));
  Proof proof;
  auto rest = std::span<const Digest>(hashes);
  for (const auto count : counts) {
    proof.push_back(fold(rest.first(count)));
    rest = rest.subspan(count);
  }
  return proof;
}

Status check_size(std::uint64_t size) {
  if (size > kMaxLogSize) return fail(Code::Invalid, "the log's size is out of range");
  return {};
}

Status not_right(std::string_view what) {
  return fail(Code::Invalid, std::string(what));
}

// Consistency of two sizes that need no proof: equal ones, or an empty old tree.
Status check_trivial(const Proof& proof, std::uint64_t old_size, std::uint64_t size,
                     const Digest& old_root, const Digest& root) {
  if (!proof.empty()) return not_right("the consistency proof must be empty for these sizes");
  if (old_size == 0 && old_root != sha256("")) return not_right("wrong root for an empty log");
  if (old_size == size && old_root != root) return not_right("two roots for one size");
  return {};
}

}  // namespace

Digest leaf_hash(Bytes entry) {
  constexpr std::byte kLeaf[] = {std::byte{0}};
  return sha256({kLeaf, entry});
}

Digest node_hash(const Digest& left, const Digest& right) {
  constexpr std::byte kNode[] = {std::byte{1}};
  return sha256({kNode, left, right});
}

std::uint64_t stored_position(unsigned level, std::uint64_t index) {
  // A subtree's hash is written right after the last leaf below it and that leaf's lower parents.
  const auto last_leaf = ((index + 1) << level) - 1;
  std::uint64_t before = 0;
  for (auto rest = last_leaf; rest > 0; rest >>= 1) before += rest;
  return before + level;
}

Result<Frontier> Frontier::restore(std::uint64_t size, std::vector<Digest> peaks) {
  if (size > kMaxLogSize || peaks.size() != static_cast<std::size_t>(std::popcount(size)))
    return fail(Code::Corrupt, "the ledger's right edge does not fit its size " +
                                   std::to_string(size) + ": " + std::to_string(peaks.size()) +
                                   " hashes");
  Frontier frontier;
  frontier.size_ = size;
  frontier.peaks_ = std::move(peaks);
  return frontier;
}

void Frontier::append(const Digest& leaf, const std::function<void(const StoredHash&)>& store) {
  auto hash = leaf;
  unsigned level = 0;
  store({stored_position(0, size_), hash});
  for (auto rest = size_; rest & 1; rest >>= 1) {
    hash = node_hash(peaks_.back(), hash);
    peaks_.pop_back();
    ++level;
    store({stored_position(level, size_ >> level), hash});
  }
  peaks_.push_back(hash);
  ++size_;
}

Digest Frontier::root() const {
  return fold(peaks_);
}

Result<Proof> prove_inclusion(std::uint64_t index, std::uint64_t size, const ReadHashes& read) {
  ASSENT_CHECK(check_size(size));
  if (index >= size) return fail(Code::Invalid, "the index is not below the log's size");
  std::vector<Range> siblings;  // from the root down
  for (Range at{0, size}; at.end - at.begin > 1;) {
    const auto middle = at.begin + split_of(at.end - at.begin);
    siblings.push_back(index < middle ? Range{middle, at.end} : Range{at.begin, middle});
    (index < middle ? at.end : at.begin) = middle;
  }
  std::reverse(siblings.begin(), siblings.end());
  return read_proof(siblings, read);
}

Result<Proof> prove_consistency(std::uint64_t old_size, std::uint64_t size,
                                const ReadHashes& read) {
  ASSENT_CHECK(check_size(size));
  if (old_size > size) return fail(Code::Invalid, "the old size is over the log's size");
  if (old_size == 0 || old_size == size) return Proof{};
  std::vector<Range> ranges;  // from the root down
  Range at{0, size};
  while (at.end != old_size) {
    const auto middle = at.begin + split_of(at.end - at.begin);
    ranges.push_back(old_size <= middle ? Range{middle, at.end} : Range{at.begin, middle});
    (old_size <= middle ? at.end : at.begin) = middle;
  }
  if (at.begin != 0) ranges.push_back(at);  // else the verifier knows it: the old root itself
  std::reverse(ranges.begin(), ranges.end());
  return read_proof(ranges, read);
}

// RFC 9162 2.1.3.2.
Status check_inclusion(const Proof& proof, std::uint64_t index, std::uint64_t size,
                       const Digest& leaf, const Digest& root) {
  if (index >= size) return not_right("the index is not below the log's size");
  auto hash = leaf;
  auto at = index, last = size - 1;
  for (const auto& sibling : proof) {
    if (last == 0) return not_right("the inclusion proof is too long");
    if ((at & 1) || at == last) {
      hash = node_hash(sibling, hash);
      for (; !(at & 1) && at != 0; at >>= 1) last >>= 1;
    } else {
      hash = node_hash(hash, sibling);
    }
    at >>= 1;
    last >>= 1;
  }
  if (last != 0) return not_right("the inclusion proof is too short");
  if (hash != root) return not_right("the inclusion proof leads to another root");
  return {};
}

// RFC 9162 2.1.4.2.
Status check_consistency(const Proof& proof, std::uint64_t old_size, std::uint64_t size,
                         const Digest& old_root, const Digest& root) {
  if (old_size > size) return not_right("the old size is over the log's size");
  if (old_size == 0 || old_size == size)
    return check_trivial(proof, old_size, size, old_root, root);

  auto rest = std::span<const Digest>(proof);
  if (rest.empty()) return not_right("the consistency proof is too short");
  auto old_hash = old_root;
  if (!std::has_single_bit(old_size)) {
    old_hash = rest.front();
    rest = rest.subspan(1);
  }
  auto hash = old_hash;
  auto at = old_size - 1, last = size - 1;
  for (; at & 1; at >>= 1) last >>= 1;
  for (const auto& node : rest) {
    if (last == 0) return not_right("the consistency proof is too long");
    if ((at & 1) || at == last) {
      old_hash = node_hash(node, old_hash);
      hash = node_hash(node, hash);
      for (; !(at & 1) && at != 0; at >>= 1) last >>= 1;
    } else {
      hash = node_hash(hash, node);
    }
    at >>= 1;
    last >>= 1;
  }
  if (last != 0) return not_right("the consistency proof is too short");
  if (old_hash != old_root) return not_right("the consistency proof leads to another old root");
  if (hash != root) return not_right("the consistency proof leads to another root");
  return {};
}

}  // namespace assent
