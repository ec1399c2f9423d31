#pragma once
// An enrolled device, a log and a service that tests can bend: what every agent test starts from.

#include <gtest/gtest.h>

#include <atomic>

#include "core/device/identity.h"
#include "core/device/log.h"
#include "core/device/service.h"
#include "core/formats/json.h"
#include "core/ledger/receipt.h"
#include "core/presentation/document.h"

namespace assent::device {

class FixedClock final : public Clock {
 public:
  Time now() const override { return parse_rfc3339("2026-09-01T08:00:00.000Z").value(); }
};

class CountingRandom final : public Random {
 public:
  void fill(std::span<std::byte> out) override {
    for (std::byte& byte : out) byte = std::byte(++next_);
  }

 private:
  unsigned char next_ = 0;
};

inline SigningKey key_number(unsigned char number) {
  std::array<std::byte, SecretKey::kSize> seed{};
  seed[0] = std::byte{number};
  return SigningKey(SecretKey(seed));
}

inline const SigningKey& log_signer() {
  static const SigningKey key = key_number(9);
  return key;
}

inline Identity identity(unsigned char device_key = 1) {
  const std::string id = "d_" + to_base32(std::array<std::byte, 16>{});
  return {{id, "LIB-0039", "oakfield", {"oakfield.example/log", log_signer().public_key()}},
          key_number(device_key)};
}

// A receipt in a log of one entry.
inline Receipt receipt_for(const std::string& record, const VerifierKey& log) {
  Receipt receipt;
  receipt.record = record;
  receipt.salt.fill(std::byte{7});
  const Entry entry = commit(receipt.salt, record);
  const Checkpoint head{log.name, 1, leaf_hash(entry)};
  receipt.note = signed_note(head, log, log_signer().sign(bytes_of(to_text(head))));
  return receipt;
}

inline std::string record_of(const std::string& statement, const Signature& signature) {
  return to_canonical_json(
      Object{{"attestation", Object{{"stmt", statement}, {"sig", to_base64(signature)}}}});
}

inline std::string canonical_document() {
  Document document{"en-GB", "ks2", {}};
  DocumentPart part;
  part.policy = "student";
  part.to = 3;
  part.mode = "agree";
  part.title = "Our computer rules";
  part.ask = "Do you understand the rules?";
  part.help = "Talk to Mrs Khan.";
  part.rules = {
      {"keep.password", DocumentRule::Change::Full, "Keep safe", "", "I keep my password secret."}};
  document.parts = {part};
  return to_canonical(document).value();
}

// Behaves like the real one for one device; the members say what it does instead.
class FakeService : public Service {
 public:
  explicit FakeService(const Identity& device) : device_(device) {}

  Result<wire::CheckReply> check(const wire::CheckRequest& request, Deadline) override {
    ++checks;
    last_check = request;
    if (fault) return fail(*fault);
    return next_check;
  }
  Result<wire::AnswerReply> answer(const wire::AnswerRequest& request, Deadline) override {
    ++answers;
    last_answer = request;
    if (fault) return fail(*fault);
    wire::AnswerReply reply{true, true, "accepted", "", "", 0, "", ""};
    reply.record = record_of(request.statement, request.signature);
    reply.proof = to_tlog_proof(receipt_for(reply.record, device_.enrolled.log_key));
    if (spoil) spoil(reply);
    return reply;
  }
  Status opened(const wire::OpenedRequest& request, Deadline) override {
    ++openings;
    last_opened = request;
    return {};
  }

  Result<wire::BannerReply> banner(Deadline) override {
    ++banners;
    if (fault) return fail(*fault);
    return next_banner;
  }

  static wire::CheckReply clear() {
    wire::CheckReply reply;
    reply.verdict = wire::Verdict::Clear;
    return reply;
  }
  static wire::CheckReply asking() {
    wire::CheckReply reply;
    reply.verdict = wire::Verdict::Ask;
    reply.school = "Oakfield Primary School";
    wire::Presentation shown;
    shown.ticket = "sealed-ticket";
    shown.document = canonical_document();
    shown.hash = sha256(shown.document);
    shown.deferrals_left = 2;
    shown.later_until = "01 Dec 00:00";
    reply.presentation = shown;
    return reply;
  }

  std::optional<Error> fault;
  std::function<void(wire::AnswerReply&)> spoil;
  wire::CheckReply next_check = clear();
  wire::BannerReply next_banner;
  std::atomic<int> checks = 0, answers = 0, openings = 0, banners = 0;
  wire::CheckRequest last_check;
  wire::AnswerRequest last_answer;
  wire::OpenedRequest last_opened;

 private:
  const Identity& device_;
};

}  // namespace assent::device
