// The codecs of the gate's requests and replies; the signed statements are in statement.cpp.
#include "core/wire/gate.h"

#include <algorithm>
#include <array>
#include <limits>
#include <utility>

#include "core/base/id.h"
#include "core/formats/json.h"
#include "core/wire/read.h"

namespace assent::wire {
namespace {

constexpr std::array<std::string_view, 4> kVerdicts{"refuse", "clear", "ask", "acknowledge"};
constexpr JsonLimits kRequest{.bytes = Limits::kBody, .depth = 6};
constexpr JsonLimits kReply{.bytes = Limits::kReply, .depth = 8};

void add(std::string& out, std::string_view key, std::string_view text) {
  if (text.empty()) return;
  out.append(",\"").append(key).append("\":");
  append_json_string(out, text);
}

void add_marks(std::string& out, const std::vector<MarkSpan>& marks) {
  out += '[';
  for (const MarkSpan& mark : marks) {
    if (out.back() != '[') out += ',';
    out.append("[\"").append(1, mark.kind).append("\",");
    out.append(std::to_string(mark.bytes)).append("]");
  }
  out += ']';
}

template <class List, class Add>
void add_list(std::string& out, std::string_view key, const List& list, Add add_item) {
  out.append(",\"").append(key).append("\":[");
  bool first = true;
  for (const auto& item : list) {
    if (!std::exchange(first, false)) out += ',';
    add_item(out, item);
  }
  out += ']';
}

void add_presentation(std::string& out, const Presentation& shown) {
  out += ",\"presentation\":{\"ticket\":";
  append_json_string(out, shown.ticket);
  add(out, "document", shown.document);
  add(out, "hash", to_base64(shown.hash));
  add_list(out, "marks", shown.marks, add_marks);
  add_list(out, "add_ons", shown.add_ons, append_json_string);
  out += ",\"deferrals_left\":" + std::to_string(shown.deferrals_left);
  add(out, "later_until", shown.later_until);
  add(out, "expires", to_rfc3339(shown.expires));
  out += '}';
}

std::optional<MarkSpan> to_mark(const Value& value) {
  const Array* pair = value.array();
  if (!pair || pair->size() != 2) return std::nullopt;
  const std::string* kind = (*pair)[0].text();
  const std::int64_t* bytes = (*pair)[1].integer();
  if (!kind || (*kind != "=" && *kind != "-" && *kind != "+")) return std::nullopt;
  if (!bytes || *bytes < 1 || *bytes > std::int64_t(Limits::kDocument)) return std::nullopt;
  return MarkSpan{kind->front(), std::uint32_t(*bytes)};
}

std::vector<MarkSpan> to_marks(Fields& fields, const Value& value) {
  std::vector<MarkSpan> marks;
  const Array* list = value.array();
  if (!list || list->size() > Limits::kMarks) return fields.reject("marks", "holds no list"), marks;
  for (const Value& item : *list) {
    const auto mark = to_mark(item);
    if (!mark) return fields.reject("marks", "holds what is no mark"), marks;
    marks.push_back(*mark);
  }
  return marks;
}

std::string policy_name(Fields& fields, std::string_view key, std::string name) {
  if (const Status status = check_name(name); !status) fields.reject(key, status.error().message);
  return name;
}

Result<Presentation> to_presentation(const Value& value) {
  Fields fields(value, "presentation");
  Presentation shown;
  shown.ticket = line(fields, "ticket", Limits::kTicket);
  shown.document = fields.text("document", Limits::kDocument);
  shown.hash = binary<32>(fields, "hash");
  for (const Value& marks : fields.array("marks", Limits::kMarkLists))
    shown.marks.push_back(to_marks(fields, marks));
  for (std::string& name : fields.texts("add_ons", Limits::kLogin, Limits::kParts))
    shown.add_ons.push_back(policy_name(fields, "add_ons", std::move(name)));
  shown.deferrals_left = unsigned(fields.integer("deferrals_left", 0, 1000));
  shown.later_until = line_or_empty(fields, "later_until", Limits::kWhen);
  shown.expires = time(fields, "expires");
  return fields.finish(std::move(shown));
}

Verdict verdict(Fields& fields) {
  const auto found = std::ranges::find(kVerdicts, fields.text("verdict", Limits::kWhen));
  if (found == kVerdicts.end()) return fields.reject("verdict", "is not known"), Verdict::Refuse;
  return Verdict(found - kVerdicts.begin());
}

bool shows(Verdict verdict) {
  return verdict == Verdict::Ask || verdict == Verdict::Acknowledge;
}

std::vector<Answer> answers(Fields& fields) {
  std::vector<Answer> out;
  for (const Value& item : fields.array("answers", Limits::kParts)) {
    Fields answer(item, "answers");
    out.push_back({answer.text("policy", Limits::kLogin), answer.text("act", Limits::kWhen)});
    const Status read = answer.finish(), good = check_answer(out.back());
    if (!read || !good) fields.reject("answers", (read ? good : read).error().message);
  }
  if (out.empty()) fields.reject("answers", "must hold an answer for each part");
  return out;
}

}  // namespace

std::string to_json(const CheckRequest& request) {
  Object out{{"login", request.login}, {"channel", request.channel}};
  if (request.language) out.emplace_back("language", *request.language);
  if (request.full) out.emplace_back("full", true);
  return assent::to_json(out);
}

// No tree: a clear verdict is the answer to nearly every login.
std::string to_json(const CheckReply& reply) {
  std::string out = "{\"verdict\":\"";
  out.append(kVerdicts[std::size_t(reply.verdict)]).append("\"");
  add(out, "school", reply.school);
  add(out, "message", reply.message);
  if (reply.presentation) add_presentation(out, *reply.presentation);
  if (reply.stale) out += ",\"stale\":true";
  out += '}';
  return out;
}

std::string to_json(const AnswerRequest& request) {
  Array list;
  for (const Answer& answer : request.answers)
    list.push_back(Object{{"policy", answer.policy}, {"act", answer.act}});
  return assent::to_json(Object{{"ticket", request.ticket},
                                {"answers", std::move(list)},
                                {"cannot_ask", request.cannot_ask},
                                {"statement", request.statement},
                                {"signature", to_base64(request.signature)}});
}

std::string to_json(const AnswerReply& reply) {
  Object out{{"let_in", reply.let_in}, {"recorded", reply.recorded}, {"outcome", reply.outcome}};
  if (!reply.level.empty()) out.emplace_back("level", reply.level);
  if (!reply.message.empty()) out.emplace_back("message", reply.message);
  if (reply.recorded) {
    out.emplace_back("index", reply.index);
    out.emplace_back("record", reply.record);
    out.emplace_back("proof", reply.proof);
  }
  return assent::to_json(out);
}

std::string to_json(const OpenedRequest& request) {
  Object out{{"login", request.login}, {"channel", request.channel}};
  if (!request.ticket.empty()) {
    out.emplace_back("ticket", request.ticket);
    out.emplace_back("statement", request.statement);
    out.emplace_back("signature", to_base64(request.signature));
  }
  return assent::to_json(out);
}

Result<CheckRequest> parse_check_request(std::string_view json) {
  ASSENT_TRY(const Value value, parse_json(json, kRequest));
  Fields fields(value);
  CheckRequest request;
  request.login = line(fields, "login", Limits::kLogin);
  request.channel = line(fields, "channel", Limits::kChannel);
  if (fields.any("language")) request.language = line(fields, "language", Limits::kLanguage);
  request.full = fields.boolean_or("full", false);
  return fields.finish(std::move(request));
}

Result<CheckReply> parse_check_reply(std::string_view json) {
  ASSENT_TRY(const Value value, parse_json(json, kReply));
  Fields fields(value);
  CheckReply reply;
  reply.verdict = verdict(fields);
  reply.school = line_or_empty(fields, "school", Limits::kTitle);
  reply.message = text_or_empty(fields, "message", Limits::kMessage);
  if (const Value* shown = fields.any("presentation"))
    reply.presentation = fields.accept("presentation", to_presentation(*shown));
  reply.stale = fields.boolean_or("stale", false);
  if (reply.presentation.has_value() != shows(reply.verdict))
    fields.reject("presentation", "must come with ask and acknowledge, and with nothing else");
  return fields.finish(std::move(reply));
}

Result<AnswerRequest> parse_answer_request(std::string_view json) {
  ASSENT_TRY(const Value value, parse_json(json, kRequest));
  Fields fields(value);
  AnswerRequest request;
  request.ticket = line(fields, "ticket", Limits::kTicket);
  request.answers = answers(fields);
  request.cannot_ask = fields.boolean_or("cannot_ask", false);
  request.statement = fields.text("statement", Limits::kStatement);
  request.signature = binary<64>(fields, "signature");
  return fields.finish(std::move(request));
}

Result<AnswerReply> parse_answer_reply(std::string_view json) {
  ASSENT_TRY(const Value value, parse_json(json, kReply));
  Fields fields(value);
  AnswerReply reply;
  reply.let_in = boolean(fields, "let_in");
  reply.recorded = boolean(fields, "recorded");
  reply.outcome = line(fields, "outcome", Limits::kWhen);
  reply.level = line_or_empty(fields, "level", Limits::kWhen);
  reply.message = text_or_empty(fields, "message", Limits::kMessage);
  if (reply.recorded) {
    reply.index =
        std::uint64_t(fields.integer("index", 0, std::numeric_limits<std::int64_t>::max()));
    reply.record = fields.text("record", Limits::kRecord);
    reply.proof = fields.text("proof", Limits::kProof);
  }
  return fields.finish(std::move(reply));
}

Result<OpenedRequest> parse_opened_request(std::string_view json) {
  ASSENT_TRY(const Value value, parse_json(json, kRequest));
  Fields fields(value);
  OpenedRequest request;
  request.login = line(fields, "login", Limits::kLogin);
  request.channel = line(fields, "channel", Limits::kChannel);
  request.ticket = line_or_empty(fields, "ticket", Limits::kTicket);
  if (!request.ticket.empty()) {
    request.statement = fields.text("statement", Limits::kStatement);
    request.signature = binary<64>(fields, "signature");
  }
  return fields.finish(std::move(request));
}

}  // namespace assent::wire
