#include "admin-cli/receipt_file.h"

#include "admin-cli/files.h"
#include "admin-cli/reply.h"
#include "admin-cli/words.h"
#include "core/formats/json.h"
#include "core/wire/gate.h"

namespace assent::cli {
namespace {

constexpr std::size_t kDepth = 8;

Failure contradicts(const std::string& what) {
  return fail(Code::Corrupt, "the record contradicts itself: " + what);
}

// docs/ledger.md: a version was published before anybody could answer it.
Status check_items(const Value& record, std::uint64_t index) {
  for (const Value& item : list_at(record, "items")) {
    const Value* published = item.find("idx");
    if (published && published->integer() && std::uint64_t(*published->integer()) >= index)
      return contradicts(text_at(item, "policy") + " was published after this answer");
  }
  return {};
}

// A deferral is "later" in a statement and may be "notified" in a record; those two are not told
// apart here. What was agreed or declined must be the same word in both.
bool is_same_act(const std::string& stated, const std::string& recorded) {
  const auto deliberate = [](const std::string& act) {
    return act == "agree" || act == "acknowledge" || act == "decline";
  };
  return deliberate(stated) || deliberate(recorded) ? stated == recorded : true;
}

Status check_answer(const Value& record, const Attestation& attestation) {
  const auto statement = wire::parse_statement(attestation.text);
  if (!statement) return contradicts("the device's statement cannot be read");
  if (statement->device != attestation.key) return contradicts("another device made the statement");
  const Value* shown = record.find("shown");
  if (!shown || text_at(*shown, "hash") != "sha256:" + statement->shown)
    return contradicts("the device showed another text");
  const Array& items = list_at(record, "items");
  if (items.size() != statement->answers.size()) return contradicts("answers are missing");
  for (std::size_t i = 0; i < items.size(); ++i)
    if (text_at(items[i], "policy") != statement->answers[i].policy ||
        !is_same_act(statement->answers[i].act, text_at(items[i], "act")))
      return contradicts("the device stated another answer");
  return {};
}

Status check_opened(const Value& record, const Attestation& attestation) {
  const auto statement = wire::parse_opened_statement(attestation.text);
  if (!statement) return contradicts("the device's statement cannot be read");
  if (statement->device != attestation.key) return contradicts("another device made the statement");
  if (statement->channel != text_at(record, "channel"))
    return contradicts("the device stated another channel");
  return {};
}

}  // namespace

Result<Receipt> parse_receipt_file(std::string_view json) {
  ASSENT_TRY(const Value value, parse_json(json, {.bytes = FileLimits::kReceipt, .depth = kDepth}));
  Fields fields(value);
  std::string record = fields.text("record", wire::Limits::kRecord);
  const std::string proof = fields.text("proof", wire::Limits::kProof);
  ASSENT_CHECK(fields.finish());
  return parse_tlog_proof(proof, std::move(record));
}

Result<Record> read_record(const Receipt& receipt) {
  Record out;
  auto value = parse_json(receipt.record, {.bytes = wire::Limits::kRecord, .depth = kDepth});
  if (!value || !value->object()) return contradicts("it is no JSON object");
  out.value = *std::move(value);
  ASSENT_CHECK(check_items(out.value, receipt.index));
  const Value* attestation = out.value.find("attestation");
  out.attested = attestation && attestation->find("stmt");
  if (!out.attested) return out;
  out.attestation = {text_at(*attestation, "key"),
                     text_at(out.value, "device"),
                     text_at(*attestation, "stmt"),
                     {}};
  const auto signature = exactly<64>(from_base64(text_at(*attestation, "sig")));
  if (!signature) return contradicts("the device's signature cannot be read");
  out.attestation.signature = *signature;
  const auto check = text_at(out.value, "type") == "opened" ? check_opened : check_answer;
  ASSENT_CHECK(check(out.value, out.attestation));
  return out;
}

std::string summary(const Value& record) {
  const Value* subject = record.find("subject");
  const std::string who = subject ? text_at(*subject, "login") : "";
  std::vector<std::string> items;
  for (const Value& item : list_at(record, "items"))
    items.push_back(text_at(item, "policy") + " version " + shown_at(item, "version") + ", " +
                    text_at(item, "act"));
  const std::string what = items.empty() ? text_at(record, "type") : joined(items);
  return who.empty() ? what : who + ": " + what;
}

}  // namespace assent::cli
