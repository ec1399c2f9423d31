// Receipts: a record is provably in the signed log, and nothing else passes for it.
#include "core/ledger/receipt.h"

#include <gtest/gtest.h>

#include "core/formats/json.h"
#include "tests/unit/ledger/reference_tree.h"
#include "tests/unit/ledger/signer.h"

namespace assent {
namespace {

class Receipts : public ::testing::Test {
 protected:
  Receipts() {
    for (std::size_t i = 0; i < kSize; ++i) log_.append(leaf_hash(commit(salt(i), record(i))));
    head_ = {school_.key.name, kSize, log_.frontier.root()};
  }
  static std::string record(std::size_t i) {
    return R"({"id":")" + std::to_string(i) + R"(","type":"accept","v":1})";
  }
  static Salt salt(std::size_t i) { return sha256("salt" + std::to_string(i)); }
  Receipt receipt(std::size_t i) {
    return {record(i), salt(i), i, prove_inclusion(i, kSize, log_.reader()).value(),
            school_.sign(head_)};
  }
  Code refused(const Receipt& receipt) {
    const auto verified = verify_receipt(receipt, {school_.key});
    return verified ? Code::NotFound : verified.error().code;
  }

  static constexpr std::size_t kSize = 21;
  Signer school_{"assent.example.sch.uk/log", 7};
  reference::Log log_{{}};
  Checkpoint head_;
};

TEST_F(Receipts, VerifyForEveryRecord) {
  for (std::size_t i = 0; i < kSize; ++i) {
    const auto verified = verify_receipt(receipt(i), {school_.key}).value();
    EXPECT_EQ(verified.checkpoint, head_);
    EXPECT_EQ(verified.signers, std::vector<std::string>{school_.key.name});
  }
}

TEST_F(Receipts, AreRefusedForAnythingChanged) {
  for (const auto& change : std::vector<std::function<void(Receipt&)>>{
           [](Receipt& r) { r.record += " "; }, [](Receipt& r) { r.record[2] ^= 1; },
           [](Receipt& r) { r.salt[31] ^= std::byte{1}; }, [](Receipt& r) { r.index ^= 1; },
           [](Receipt& r) { r.index = kSize; }, [](Receipt& r) { r.proof.pop_back(); },
           [](Receipt& r) { r.proof[0][0] ^= std::byte{1}; },
           [](Receipt& r) { r.proof.emplace_back(); }, [](Receipt& r) { r.note.pop_back(); }}) {
    auto changed = receipt(13);
    change(changed);
    EXPECT_EQ(refused(changed), Code::Corrupt);
  }
  auto forged = receipt(13);
  forged.note = Signer("assent.example.sch.uk/log", 8).sign(head_);
  EXPECT_EQ(refused(forged), Code::Denied);
}

TEST_F(Receipts, CommitAsTheSpecificationSays) {
  const auto entry = commit(Salt{}, "x");
  const std::string committed = std::string("assent/record/v1") + std::string(33, '\0') + "x";
  EXPECT_EQ(entry[0], std::byte{1});
  EXPECT_EQ(to_hex(Bytes(entry).subspan(1)), to_hex(sha256(committed)));
}

TEST_F(Receipts, AreWrittenAsTlogProofs) {
  const auto receipt = this->receipt(2);
  auto expected = "c2sp.org/tlog-proof@v1\nextra " + to_base64(salt(2)) + "\nindex 2\n";
  for (const auto& hash : receipt.proof) expected += to_base64(hash) + "\n";
  EXPECT_EQ(to_tlog_proof(receipt), expected + "\n" + school_.sign(head_));
}

TEST_F(Receipts, ReadBackByteForByte) {
  for (std::size_t i = 0; i < kSize; ++i) {
    const auto text = to_tlog_proof(receipt(i));
    const auto parsed = parse_tlog_proof(text, record(i)).value();
    EXPECT_EQ(to_tlog_proof(parsed), text);
    EXPECT_TRUE(verify_receipt(parsed, {school_.key}));
  }
}

TEST_F(Receipts, ProveALogOfOneRecordWithoutHashes) {
  const Checkpoint head{school_.key.name, 1, leaf_hash(commit(salt(0), record(0)))};
  const auto text = to_tlog_proof({record(0), salt(0), 0, {}, school_.sign(head)});
  EXPECT_NE(text.find("index 0\n\nassent."), text.npos);
  EXPECT_TRUE(verify_receipt(parse_tlog_proof(text, record(0)).value(), {school_.key}));
}

TEST_F(Receipts, AreRefusedInAnyOtherSpelling) {
  const auto good = to_tlog_proof(receipt(2));
  const auto with = [&](std::string_view from, std::string_view to) {
    auto text = good;
    return text.replace(text.find(from), from.size(), to);
  };
  const auto hash = to_base64(receipt(2).proof[0]);
  std::string long_path = hash + "\n";
  for (int i = 0; i < 64; ++i) long_path += hash + "\n";
  for (const auto& bad : {std::string(),
                          good.substr(1),
                          "\n" + good,
                          with("@v1", "@v2"),
                          with("@v1\n", "@v1\r\n"),
                          with("@v1\n", "@v1 \n"),
                          with("extra ", "extra  "),
                          with("extra ", "Extra "),
                          with("extra ", "extra AA"),
                          with("index 2", "index 02"),
                          with("index 2", "index +2"),
                          with("index 2", "index -2"),
                          with("index 2", "index 2 "),
                          with("index 2", "index "),
                          with("index 2", "index 9223372036854775808"),
                          with("index 2\n", ""),
                          with("index 2\n", "index 2\nindex 2\n"),
                          with(hash, hash + "="),
                          with(hash, hash + " "),
                          with(hash, hash.substr(4)),
                          with(hash + "\n", hash + "\r\n"),
                          with(hash + "\n", long_path),
                          good.substr(0, good.find("\n\n") + 2),
                          good.substr(0, good.find("\n\n") + 1),
                          good.substr(0, good.find("index")),
                          std::string(NoteLimits::kNote + 1, 'a')})
    EXPECT_FALSE(parse_tlog_proof(bad, record(2))) << bad.substr(0, 300);
}

TEST_F(Receipts, AreRefusedWithAnythingBehindTheCheckpoint) {
  for (const auto* behind : {"\n", "x", "x\n", "\r\n", "— a b\n"})
    EXPECT_EQ(refused(parse_tlog_proof(to_tlog_proof(receipt(2)) + behind, record(2)).value()),
              Code::Corrupt)
        << behind;
}

TEST_F(Receipts, KeepTheRecordAsAStringInTheirFile) {
  const auto file = parse_json(to_file(receipt(5))).value();
  EXPECT_EQ(*file.find("record")->text(), record(5));
  EXPECT_EQ(*file.find("proof")->text(), to_tlog_proof(receipt(5)));
}

}  // namespace
}  // namespace assent
