// A receipt against the pinned log key and our own statement.
#include "core/device/receipt_check.h"

#include <algorithm>

#include "core/formats/json.h"
#include "core/ledger/receipt.h"

namespace assent::device {
namespace {

Failure wrong(const std::string& why) {
  return fail(Code::Corrupt, "the receipt " + why);
}

bool same_answers(const wire::Statement& a, const wire::Statement& b) {
  return std::ranges::equal(a.answers, b.answers, [](const auto& x, const auto& y) {
    return x.policy == y.policy && x.act == y.act;
  });
}

struct Attested {
  wire::Statement statement;
  std::string text;
  Signature signature{};
};

Result<Attested> read_attestation(const std::string& record) {
  ASSENT_TRY(const Value value, parse_json(record));
  const Value* attestation = value.find("attestation");
  const Value* text = attestation ? attestation->find("stmt") : nullptr;
  const Value* signature = attestation ? attestation->find("sig") : nullptr;
  if (!text || !text->text() || !signature || !signature->text())
    return fail(Code::Invalid, "holds no statement");
  Attested out;
  out.text = *text->text();
  ASSENT_TRY(out.statement, wire::parse_statement(out.text));
  ASSENT_TRY(out.signature, exactly<64>(from_base64(*signature->text())));
  return out;
}

Status check_log(const wire::AnswerReply& reply, const Identity& identity) {
  ASSENT_TRY(const Receipt receipt, parse_tlog_proof(reply.proof, reply.record));
  if (receipt.index != reply.index) return fail(Code::Corrupt, "has another index");
  ASSENT_CHECK(verify_receipt(receipt, {identity.enrolled.log_key}));
  return {};
}

}  // namespace

Status check_receipt(const wire::AnswerReply& reply, const wire::Statement& signed_now,
                     const Identity& identity) {
  if (const Status log = check_log(reply, identity); !log)
    return wrong("does not verify: " + log.error().message);
  const auto attested = read_attestation(reply.record);
  if (!attested) return wrong("has a record that is not ours: " + attested.error().message);
  if (!verify(identity.key.public_key(), bytes_of(attested->text), attested->signature))
    return wrong("has a statement that this device did not sign");
  const wire::Statement& held = attested->statement;
  if (held.device != signed_now.device || held.ticket_hash != signed_now.ticket_hash ||
      held.shown != signed_now.shown || !same_answers(held, signed_now))
    return wrong("is for another answer");
  return {};
}

}  // namespace assent::device
