#include "service/app/answer_record.h"

#include <algorithm>

#include "core/formats/json.h"

namespace assent {
namespace {

Array items_of(const std::string& body) {
  const auto record = parse_json(body);
  const Value* items = record ? record->find("items") : nullptr;
  return items && items->array() ? *items->array() : Array{};
}

std::string text_at(const Value& object, std::string_view key) {
  const Value* value = object.find(key);
  return value && value->text() ? *value->text() : "";
}

// What the device's key signed, as a record keeps it.
Object attestation_of(const DeviceRow& device, const std::string& statement,
                      const Signature& signature) {
  return {{"key", to_text(device.id)}, {"stmt", statement}, {"sig", to_base64(signature)}};
}

bool any(const std::vector<GivenAnswer>& answers, Act act) {
  return std::ranges::any_of(answers, [&](const GivenAnswer& a) { return a.act == act; });
}

}  // namespace

Object subject_of(const PersonRow& person, const Audience& audience) {
  return {{"id", to_text(person.id)},
          {"login", person.login},
          {"audience", audience.name},
          {"stage", audience.stage}};
}

Object shown_of(const Rendered& rendered) {
  return {{"hash", "sha256:" + to_hex(rendered.hash)},
          {"lang", rendered.language},
          {"style", to_text(rendered.style)}};
}

Object record_item(const Owed& owed, Kind kind, Act act) {
  return {{"policy", owed.policy->name.value},
          {"version", owed.to->number()},
          {"from", owed.from},
          {"hash", "sha256:" + to_hex(owed.to->text->manifest_hash)},
          {"idx", owed.to->entry},
          {"kind", to_text(kind)},
          {"act", to_text(act)}};
}

Object AnswerRecord::body(const AnswerQuestion& question) const {
  const Rendered as_asked{"", ticket.shown, ticket.language, ticket.style, {}, {}};
  const Rendered& words = rendered ? *rendered : as_asked;
  Array items;
  for (std::size_t i = 0; i < shown.size(); ++i) {
    const Kind asked = shown[i].from == 0 ? Kind::Full : Kind::Amendment;
    items.push_back(record_item(shown[i], i < words.kinds.size() ? words.kinds[i] : asked,
                                question.answers[i].act));
  }
  Object out{{"school", school.name.value},
             {"subject", subject_of(person, audience)},
             {"proof", question.self == 0 ? "device" : "self"},
             {"items", std::move(items)},
             {"shown", shown_of(words)},
             {"channel", question.channel}};
  if (question.self != 0) return out;
  out.emplace_back("attestation", attestation_of(device, question.statement, question.signature));
  out.emplace_back("device", device.name);
  out.emplace_back("room", device.room);
  return out;
}

bool same_answer(const std::string& body, const std::vector<GivenAnswer>& answers,
                 const DeviceId& device) {
  const auto record = parse_json(body);
  const Value* attestation = record ? record->find("attestation") : nullptr;
  const std::string key = attestation ? text_at(*attestation, "key") : to_text(DeviceId{});
  if (!record || key != to_text(device)) return false;
  const Array items = items_of(body);
  return std::ranges::equal(items, answers, [](const Value& item, const GivenAnswer& answer) {
    return text_at(item, "act") == to_text(answer.act);
  });
}

bool was_acknowledged(const std::string& body) {
  return std::ranges::any_of(items_of(body), [](const Value& item) {
    return text_at(item, "act") == to_text(Act::Acknowledge);
  });
}

AnswerOutcome outcome_of(const std::vector<GivenAnswer>& answers, const School& school) {
  std::vector<GivenAnswer> main;
  for (const GivenAnswer& answer : answers)
    if (!(answer.add_on && answer.act == Act::Decline)) main.push_back(answer);
  AnswerOutcome out{true, "accepted", "", "", {}};
  const auto follow = [&](Act act, std::string word, const Outcome PolicySettings::*outcome) {
    for (const GivenAnswer& answer : main) {
      if (answer.act != act) continue;
      const Outcome& set = school.settings({answer.policy}).*outcome;
      out.let_in = out.let_in && set.let_in;
      out.level = set.level;
    }
    out.outcome = std::move(word);
    if (!school.help.empty()) out.message = school.help;
  };
  if (any(main, Act::Decline)) {
    follow(Act::Decline, "declined", &PolicySettings::on_decline);
  } else if (any(main, Act::Help)) {
    follow(Act::Help, "help", &PolicySettings::on_help);
  } else if (any(main, Act::Defer)) {
    out.outcome = "later";
  }
  return out;
}

Nonce opened_nonce(const Nonce& answered) {
  const Digest digest = sha256({bytes_of("assent/opened/v1"), answered});
  Nonce nonce = answered;  // stays time-ordered
  std::copy_n(digest.begin(), 10, nonce.begin() + 6);
  return nonce;
}

Object opened_body(std::uint64_t answered, const School& school, const DeviceRow& device,
                   const OpenedQuestion& question) {
  return {{"school", school.name.value},
          {"of", answered},
          {"proof", "device"},
          {"attestation", attestation_of(device, question.statement, question.signature)},
          {"channel", question.channel},
          {"device", device.name},
          {"room", device.room}};
}

}  // namespace assent
