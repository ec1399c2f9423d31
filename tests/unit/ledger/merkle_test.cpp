// The tree against known roots, and against RFC 6962 written down recursively.
#include "core/ledger/merkle.h"

#include <gtest/gtest.h>

#include "tests/unit/ledger/reference_tree.h"

namespace assent {
namespace {

constexpr std::size_t kMost = 130;

struct KnownRoot {
  const char* leaf;  // hex of the entry that makes the tree one longer
  const char* root;
};
constexpr KnownRoot kKnownRoots[] = {
    {"", "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"},
    {"00", "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"},
    {"10", "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77"},
    {"2021", "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"},
    {"3031", "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4"},
    {"40414243", "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef"},
    {"5051525354555657", "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c"},
    {"606162636465666768696a6b6c6d6e6f",
     "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"},
};

TEST(Tree, HasTheKnownRootsOfRfc6962) {
  Frontier frontier;
  EXPECT_EQ(to_hex(frontier.root()),
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  for (const auto& known : kKnownRoots) {
    frontier.append(leaf_hash(from_hex(known.leaf).value()), [](const StoredHash&) {});
    EXPECT_EQ(to_hex(frontier.root()), known.root) << frontier.size();
  }
}

TEST(Tree, StoresEveryHashAtTheEnd) {
  reference::Log log(reference::leaves(kMost));
  EXPECT_FALSE(log.misplaced);
  EXPECT_EQ(log.stored.size(), stored_position(0, kMost));
}

TEST(Tree, StoresEveryCompleteSubtreeWhereItsPositionSays) {
  const auto leaves = reference::leaves(kMost);
  const reference::Log log(leaves);
  for (unsigned level = 0; level < 8; ++level)
    for (std::size_t index = 0; (index + 1) << level <= kMost; ++index)
      EXPECT_EQ(log.stored.at(stored_position(level, index)),
                reference::root(reference::Leaves(leaves).subspan(index << level, 1u << level)))
          << level << ' ' << index;
}

TEST(Tree, NumbersHashesAsTheGoChecksumDatabaseDoes) {
  // Level, index, and what tlog.StoredHashIndex answers.
  EXPECT_EQ(stored_position(0, 0), 0u);
  EXPECT_EQ(stored_position(0, 1), 1u);
  EXPECT_EQ(stored_position(1, 0), 2u);
  EXPECT_EQ(stored_position(0, 2), 3u);
  EXPECT_EQ(stored_position(2, 0), 6u);
  EXPECT_EQ(stored_position(3, 0), 14u);
  EXPECT_EQ(stored_position(3, 1), 29u);
  EXPECT_LT(stored_position(0, kMaxLogSize - 1), std::uint64_t{1} << 62);
}

TEST(Inclusion, ProvesEveryLeafOfEverySize) {
  const auto leaves = reference::leaves(kMost);
  reference::Log log(leaves);
  for (std::size_t size = 1; size <= kMost; ++size) {
    const auto part = reference::Leaves(leaves).first(size);
    const auto root = reference::root(part);
    for (std::size_t index = 0; index < size; ++index) {
      log.reads = 0;
      const auto proof = prove_inclusion(index, size, log.reader()).value();
      ASSERT_EQ(proof, reference::path(index, part)) << index << " of " << size;
      ASSERT_EQ(log.reads, size > 1 ? 1 : 0);
      ASSERT_TRUE(check_inclusion(proof, index, size, leaves[index], root)) << index << size;
    }
  }
}

TEST(Consistency, ProvesEveryPairOfSizes) {
  const auto leaves = reference::leaves(kMost);
  reference::Log log(leaves);
  std::vector<Digest> roots;
  for (std::size_t size = 0; size <= kMost; ++size)
    roots.push_back(reference::root(reference::Leaves(leaves).first(size)));
  for (std::size_t size = 0; size <= kMost; ++size)
    for (std::size_t old = 0; old <= size; ++old) {
      log.reads = 0;
      const auto proof = prove_consistency(old, size, log.reader()).value();
      ASSERT_EQ(proof, reference::consistency(old, reference::Leaves(leaves).first(size)))
          << old << " to " << size;
      ASSERT_LE(log.reads, 1);
      ASSERT_TRUE(check_consistency(proof, old, size, roots[old], roots[size])) << old << size;
    }
}

TEST(Inclusion, RefusesEveryOtherIndexAndEveryChangedHash) {
  const auto leaves = reference::leaves(40);
  for (std::size_t size = 1; size <= leaves.size(); ++size) {
    const auto part = reference::Leaves(leaves).first(size);
    const auto root = reference::root(part);
    for (std::size_t index = 0; index < size; ++index) {
      auto proof = reference::path(index, part);
      for (std::size_t other = 0; other <= size; ++other)
        EXPECT_EQ(bool(check_inclusion(proof, other, size, leaves[index], root)), other == index);
      for (auto& hash : proof) {
        hash[index % 32] ^= std::byte{0x40};
        EXPECT_FALSE(check_inclusion(proof, index, size, leaves[index], root));
        hash[index % 32] ^= std::byte{0x40};
      }
    }
  }
}

TEST(Proofs, AreRefusedOutsideTheLog) {
  reference::Log log(reference::leaves(5));
  const auto code = [](const auto& result) { return result.error().code; };
  EXPECT_EQ(code(prove_inclusion(5, 5, log.reader())), Code::Invalid);
  EXPECT_EQ(code(prove_inclusion(0, 0, log.reader())), Code::Invalid);
  EXPECT_EQ(code(prove_inclusion(0, kMaxLogSize + 1, log.reader())), Code::Invalid);
  EXPECT_EQ(code(prove_consistency(6, 5, log.reader())), Code::Invalid);
  EXPECT_EQ(code(prove_consistency(1, ~std::uint64_t{0}, log.reader())), Code::Invalid);
  EXPECT_EQ(log.reads, 0);
}

TEST(Proofs, PassOnAReadersErrorAndRefuseMissingHashes) {
  const auto away = [](auto) -> Result<std::vector<Digest>> {
    return fail(Code::Unavailable, "away");
  };
  const auto few = [](auto) -> Result<std::vector<Digest>> { return std::vector<Digest>(1); };
  EXPECT_EQ(prove_inclusion(1, 5, away).error().code, Code::Unavailable);
  EXPECT_EQ(prove_inclusion(1, 5, few).error().code, Code::Corrupt);
  EXPECT_EQ(prove_consistency(3, 5, few).error().code, Code::Corrupt);
}

TEST(Frontier, GoesOnFromItsPeaks) {
  const auto leaves = reference::leaves(kMost);
  const auto ignore = [](const StoredHash&) {};
  for (std::size_t size = 0; size < kMost; ++size) {
    const reference::Log log(reference::Leaves(leaves).first(size));
    const auto peaks = log.frontier.peaks();
    auto restored = Frontier::restore(size, {peaks.begin(), peaks.end()}).value();
    EXPECT_EQ(restored.root(), reference::root(reference::Leaves(leaves).first(size)));
    restored.append(leaves[size], ignore);
    EXPECT_EQ(restored.size(), size + 1);
    EXPECT_EQ(restored.root(), reference::root(reference::Leaves(leaves).first(size + 1)));
  }
}

TEST(Frontier, RefusesPeaksThatDoNotFitTheSize) {
  const auto code = [](std::uint64_t size, std::size_t peaks) {
    const auto restored = Frontier::restore(size, std::vector<Digest>(peaks));
    return restored ? Code::NotFound : restored.error().code;
  };
  EXPECT_EQ(code(0, 1), Code::Corrupt);
  EXPECT_EQ(code(7, 2), Code::Corrupt);
  EXPECT_EQ(code(8, 2), Code::Corrupt);
  EXPECT_EQ(code(8, 0), Code::Corrupt);
  EXPECT_EQ(code(kMaxLogSize * 2, 1), Code::Corrupt);
  EXPECT_EQ(code(kMaxLogSize, 1), Code::NotFound);
}

}  // namespace
}  // namespace assent
