// Writes a small log with known keys into a folder, for programs by others to verify: the tests in
// tests/integration run it. Not a tool for real logs: its keys come from fixed numbers.

#include <filesystem>
#include <fstream>
#include <iostream>

#include "core/base/value.h"
#include "core/ledger/receipt.h"

namespace assent {
namespace {

constexpr std::uint64_t kRecords = 11;
constexpr std::uint64_t kOldSize = 6;

struct Log {
  Frontier frontier;
  std::vector<Digest> stored;
  std::vector<std::string> records;
  std::vector<Salt> salts;

  void append(std::string record) {
    records.push_back(std::move(record));
    salts.push_back(sha256("salt " + std::to_string(records.size())));
    frontier.append(leaf_hash(commit(salts.back(), records.back())),
                    [this](const StoredHash& hash) { stored.push_back(hash.hash); });
  }
  ReadHashes reader() const {
    return [this](std::span<const std::uint64_t> positions) -> Result<std::vector<Digest>> {
      std::vector<Digest> hashes;
      for (const auto position : positions) hashes.push_back(stored.at(position));
      return hashes;
    };
  }
};

std::string record(std::uint64_t index) {
  const auto nonce = sha256("nonce " + std::to_string(index));
  const auto zero = "sha256:" + to_hex(Digest{});
  const Value item =
      Object{{"policy", "student"}, {"version", 7},  {"from", 5}, {"hash", zero}, {"idx", 0},
             {"kind", "amendment"}, {"act", "agree"}};
  return to_canonical_json(
      Object{{"v", 1},
             {"type", "accept"},
             {"id", to_base64url(Bytes(nonce).first(16))},
             {"t", "2026-11-21T08:41:07.123Z"},
             {"clock", "ok"},
             {"school", "carre"},
             {"subject", Object{{"id", "p_sample"}, {"login", "siôn" + std::to_string(index)}}},
             {"items", Array{item}}});
}

void write(const std::filesystem::path& path, std::string_view text) {
  std::ofstream(path, std::ios::binary) << text;
}

std::string lines(const Proof& proof) {
  std::string text;
  for (const auto& hash : proof) text += to_base64(hash) + "\n";
  return text;
}

Status write_log(const std::filesystem::path& folder) {
  const SigningKey signer(SecretKey(sha256("the sample log's key")));
  const VerifierKey key{"assent.example.sch.uk/log", signer.public_key()};
  const auto note = [&](const Log& log) {
    const Checkpoint head{key.name, log.frontier.size(), log.frontier.root()};
    return signed_note(head, key, signer.sign(bytes_of(to_text(head))));
  };
  Log log;
  for (std::uint64_t i = 0; i < kRecords; ++i) {
    if (i == kOldSize) write(folder / "old_checkpoint", note(log));
    log.append(record(i));
  }
  write(folder / "verifier_key", to_text(key));
  write(folder / "checkpoint", note(log));
  ASSENT_TRY(const auto grown, prove_consistency(kOldSize, kRecords, log.reader()));
  write(folder / "consistency", lines(grown));
  for (std::uint64_t i = 0; i < kRecords; ++i) {
    ASSENT_TRY(auto proof, prove_inclusion(i, kRecords, log.reader()));
    const Receipt receipt{log.records[i], log.salts[i], i, std::move(proof), note(log)};
    const auto name = std::to_string(i);
    write(folder / (name + ".record.json"), receipt.record);
    write(folder / (name + ".tlog-proof"), to_tlog_proof(receipt));
    write(folder / (name + ".receipt.json"), to_file(receipt));
  }
  return {};
}

}  // namespace
}  // namespace assent

int main(int argc, char** argv) {
  if (argc != 2) {
    std::cerr << "usage: sample_log FOLDER\n";
    return 2;
  }
  if (auto ready = assent::start_crypto(); !ready) return 1;
  if (auto written = assent::write_log(argv[1]); !written) {
    std::cerr << written.error().message << '\n';
    return 1;
  }
  return 0;
}
