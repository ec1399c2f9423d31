// POST /v1/gate/{check,answer,opened,banner}: for devices, each within its own school.

#include "core/formats/json.h"
#include "core/wire/banner.h"
#include "core/wire/gate.h"
#include "service/http/routes.h"

namespace assent::http {
namespace {

wire::Verdict to_wire(Verdict verdict) {
  switch (verdict) {
    case Verdict::Clear: return wire::Verdict::Clear;
    case Verdict::Ask: return wire::Verdict::Ask;
    case Verdict::Acknowledge: return wire::Verdict::Acknowledge;
    case Verdict::Refuse: break;
  }
  return wire::Verdict::Refuse;
}

char to_wire(Mark::Kind kind) {
  return kind == Mark::Kind::Keep ? '=' : kind == Mark::Kind::Delete ? '-' : '+';
}

wire::Presentation to_wire(const Shown& shown) {
  wire::Presentation out;
  out.ticket = shown.ticket;
  out.document = shown.rendered->document;
  out.hash = shown.rendered->hash;
  for (const auto& marks : shown.rendered->marks) {
    auto& spans = out.marks.emplace_back();
    for (const Mark& mark : marks) spans.push_back({to_wire(mark.kind), mark.bytes});
  }
  out.add_ons = shown.add_ons;
  out.deferrals_left = shown.deferrals_left;
  out.later_until = shown.later_until;
  out.expires = shown.expires;
  return out;
}

wire::CheckReply to_wire(const CheckAnswer& answer, bool stale) {
  wire::CheckReply reply{to_wire(answer.verdict), answer.school, answer.message, {}, stale};
  if (answer.shown) reply.presentation = to_wire(*answer.shown);
  return reply;
}

// "later" on the wire is a deferral in the records.
Result<Act> act_of(const std::string& word) {
  if (word == "later") return Act::Defer;
  return parse_act(word);
}

struct ProblemKind {
  int status = 0;  // 0: the error's own code says which
  std::string_view word, title;
};

ProblemKind kind_of(Refusal refusal) {
  switch (refusal) {
    case Refusal::BadTicket: return {400, "bad-ticket", "Not a ticket of this service"};
    case Refusal::Expired: return {409, "expired", "Shown too long ago"};
    case Refusal::OtherDevice: return {403, "other-device", "Shown on another device"};
    case Refusal::BadSignature: return {403, "bad-signature", "The signature does not fit"};
    case Refusal::Unproven: return {403, "unproven", "Nobody proved who they are"};
    case Refusal::NotOffered: return {400, "not-offered", "This answer was not offered"};
    case Refusal::NoMoreLater: return {403, "no-more-later", "Later is no longer possible"};
    case Refusal::Overtaken: return {409, "overtaken", "What is owed has changed"};
    case Refusal::AnsweredOtherwise: return {409, "answered", "Answered before, otherwise"};
    case Refusal::NotWritten:
    case Refusal::None: break;
  }
  return {};
}

Response refusal_of(const AnswerFailure& failure, bool stale) {
  const ProblemKind kind = kind_of(failure.refusal);
  if (kind.status == 0) return problem_for(failure.error);
  Value extra;
  if (failure.now) {
    const JsonLimits limits{.bytes = wire::Limits::kReply, .depth = 16};
    if (auto fresh = parse_json(wire::to_json(to_wire(*failure.now, stale)), limits))
      extra = Object{{"check", *std::move(fresh)}};
  }
  return problem(kind.status, kind.word, kind.title, failure.error.message, std::move(extra));
}

bool is_stale(const GateServices& services, const DeviceRow& device) {
  return services.rosters && services.rosters->is_stale(device.school);
}

Result<DeviceRow> calling_device(const Access& access, const Request& request) {
  ASSENT_TRY(const std::string_view token, bearer(request));
  return access.device(token);
}

void answer_check(const GateServices& services, const Request& request, const Respond& respond) {
  const auto device = calling_device(services.access, request);
  if (!device) return respond(not_signed_in(device.error()));
  const auto asked = wire::parse_check_request(request.body);
  if (!asked) return respond(problem_for(asked.error()));
  const auto answer =
      services.gate.check(*device, {asked->login, asked->language.value_or(""), asked->full});
  if (!answer) return respond(problem_for(answer.error()));
  respond(ok(wire::to_json(to_wire(*answer, is_stale(services, *device)))));
}

// The statement is what the device signed: the request must say the same.
Result<AnswerQuestion> question_of(const wire::AnswerRequest& asked, const DeviceRow& device) {
  ASSENT_TRY(const wire::Statement statement, wire::parse_statement(asked.statement));
  AnswerQuestion question;
  question.ticket = asked.ticket;
  question.cannot_ask = asked.cannot_ask;
  question.authenticated = statement.authenticated;
  question.channel = statement.channel;
  question.statement = asked.statement;
  question.signature = asked.signature;
  bool same = statement.device == to_text(device.id) && statement.cannot_ask == asked.cannot_ask &&
              statement.ticket_hash == to_hex(sha256(asked.ticket)) &&
              statement.answers.size() == asked.answers.size();
  for (std::size_t i = 0; same && i < asked.answers.size(); ++i)
    same = statement.answers[i].policy == asked.answers[i].policy &&
           statement.answers[i].act == asked.answers[i].act;
  if (!same) return fail(Code::Invalid, "the signed statement says something else");
  for (const wire::Answer& answer : asked.answers) {
    ASSENT_TRY(const Act act, act_of(answer.act));
    question.answers.push_back({answer.policy, act});
  }
  question.shown = statement.shown;
  return question;
}

Result<OpenedQuestion> question_of(const wire::OpenedRequest& told, const DeviceRow& device) {
  ASSENT_TRY(const auto statement, wire::parse_opened_statement(told.statement));
  if (statement.device != to_text(device.id) || statement.channel != told.channel ||
      statement.ticket_hash != to_hex(sha256(told.ticket)))
    return fail(Code::Invalid, "the signed statement says something else");
  return OpenedQuestion{told.ticket, told.channel, told.statement, told.signature};
}

wire::AnswerReply to_wire(const AnswerOutcome& outcome) {
  wire::AnswerReply reply;
  reply.let_in = outcome.let_in;
  reply.recorded = true;
  reply.outcome = outcome.outcome;
  reply.level = outcome.level;
  reply.message = outcome.message;
  reply.index = outcome.receipt.index;
  reply.record = outcome.receipt.record;
  reply.proof = to_tlog_proof(outcome.receipt);
  return reply;
}

void record_answer(const GateServices& services, const Request& request, const Respond& respond) {
  const auto device = calling_device(services.access, request);
  if (!device) return respond(not_signed_in(device.error()));
  const auto asked = wire::parse_answer_request(request.body);
  if (!asked) return respond(problem_for(asked.error()));
  const auto question = question_of(*asked, *device);
  if (!question) return respond(problem_for(question.error()));
  const bool stale = is_stale(services, *device);
  services.gate.answer(*device, *question, [respond, stale](auto result) {
    if (const auto* failure = std::get_if<AnswerFailure>(&result))
      return respond(refusal_of(*failure, stale));
    respond(ok(wire::to_json(to_wire(std::get<AnswerOutcome>(result)))));
  });
}

void opened(const GateServices& services, const Request& request, const Respond& respond) {
  const auto device = calling_device(services.access, request);
  if (!device) return respond(not_signed_in(device.error()));
  const auto asked = wire::parse_opened_request(request.body);
  if (!asked) return respond(problem_for(asked.error()));
  if (asked->ticket.empty()) return respond(ok("{}"));  // nothing to complete
  const auto question = question_of(*asked, *device);
  if (!question) return respond(problem_for(question.error()));
  services.gate.opened(*device, *question, [respond](const auto& result) {
    const auto* failure = std::get_if<AnswerFailure>(&result);
    respond(failure ? refusal_of(*failure, false) : ok("{}"));
  });
}

wire::BannerReply to_wire(const BannerAnswer& answer) {
  wire::BannerReply reply;
  reply.school = answer.school;
  for (const auto& version : answer.versions) {
    if (reply.items.size() == wire::BannerLimits::kItems) break;
    reply.items.push_back(
        {version->policy.value, version->number, version->manifest_hash, version->banner});
  }
  return reply;
}

void banner(const GateServices& services, const Request& request, const Respond& respond) {
  const auto device = calling_device(services.access, request);
  if (!device) return respond(not_signed_in(device.error()));
  const auto answer = services.gate.banner(*device);
  respond(answer ? ok(wire::to_json(to_wire(*answer))) : problem_for(answer.error()));
}

}  // namespace

std::vector<Route> gate_routes(const GateServices& services) {
  const auto bind = [services](auto handle) {
    return [services, handle](const Request& request, const Params&, const Respond& respond) {
      handle(services, request, respond);
    };
  };
  return {{"POST", "/v1/gate/check", bind(answer_check)},
          {"POST", "/v1/gate/answer", bind(record_answer)},
          {"POST", "/v1/gate/opened", bind(opened)},
          {"POST", "/v1/gate/banner", bind(banner)}};
}

}  // namespace assent::http
