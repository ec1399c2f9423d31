// Receipts are written and read by one spelling, so equal receipts have equal bytes.
#include "core/ledger/receipt.h"

#include <algorithm>

#include "core/base/value.h"
#include "core/ledger/lines.h"

namespace assent {
namespace {

constexpr std::string_view kHeader = "c2sp.org/tlog-proof@v1";
constexpr std::string_view kDomain{"assent/record/v1\0", 17};  // the NUL parts it from the salt
constexpr std::byte kCommitmentVersion{1};
constexpr std::size_t kMaxProof = 64;  // hashes: a tree of 2^64 leaves has no longer path

Result<std::string_view> take_field(std::string_view& text, std::string_view name) {
  ASSENT_TRY(auto line, take_line(text));
  if (!line.starts_with(name))
    return fail(Code::Invalid, "the proof lacks its line \"" + std::string(name) + "…\"");
  return line.substr(name.size());
}

Result<Proof> take_hashes(std::string_view& text) {
  Proof proof;
  for (;;) {
    ASSENT_TRY(const auto line, take_line(text));
    if (line.empty()) return proof;
    if (proof.size() == kMaxProof) return fail(Code::Invalid, "the proof has too many hashes");
    ASSENT_TRY(const auto hash, exactly<32>(from_base64(line)));
    proof.push_back(hash);
  }
}

// What the caller was handed is wrong as data, whatever the layer below calls it.
Failure broken(const Error& error) {
  const auto code = error.code == Code::Invalid ? Code::Corrupt : error.code;
  return fail(code, error.message);
}

}  // namespace

Entry commit(const Salt& salt, std::string_view record) {
  const auto commitment = sha256({bytes_of(kDomain), salt, bytes_of(record)});
  Entry entry;
  entry[0] = kCommitmentVersion;
  std::copy(commitment.begin(), commitment.end(), entry.begin() + 1);
  return entry;
}

std::string to_tlog_proof(const Receipt& receipt) {
  auto text = std::string(kHeader) + "\nextra " + to_base64(receipt.salt) + "\nindex " +
              std::to_string(receipt.index) + "\n";
  for (const auto& hash : receipt.proof) text += to_base64(hash) + "\n";
  return text + "\n" + receipt.note;
}

Result<Receipt> parse_tlog_proof(std::string_view text, std::string record) {
  if (text.size() > NoteLimits::kNote) return fail(Code::Invalid, "the proof is too long");
  ASSENT_TRY(const auto header, take_line(text));
  if (header != kHeader) return fail(Code::Invalid, "this is no " + std::string(kHeader));
  Receipt receipt;
  receipt.record = std::move(record);
  ASSENT_TRY(const auto salt, take_field(text, "extra "));
  ASSENT_TRY(receipt.salt, exactly<32>(from_base64(salt)));
  ASSENT_TRY(const auto index, take_field(text, "index "));
  ASSENT_TRY(receipt.index, parse_decimal(index));
  ASSENT_TRY(receipt.proof, take_hashes(text));
  if (text.empty()) return fail(Code::Invalid, "the proof has no checkpoint");
  receipt.note = text;
  return receipt;
}

std::string to_file(const Receipt& receipt) {
  return to_json(Object{{"record", receipt.record}, {"proof", to_tlog_proof(receipt)}}) + "\n";
}

Result<Verified> verify_receipt(const Receipt& receipt, const std::vector<VerifierKey>& keys) {
  auto opened = open_note(receipt.note, keys);
  if (!opened) return broken(opened.error());
  const auto& head = opened->checkpoint;
  const auto leaf = leaf_hash(commit(receipt.salt, receipt.record));
  if (auto held = check_inclusion(receipt.proof, receipt.index, head.size, leaf, head.root); !held)
    return fail(Code::Corrupt,
                "the record is not in the log that was signed: " + held.error().message);
  return Verified{head, std::move(opened->signers)};
}

}  // namespace assent
