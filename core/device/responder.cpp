// One request of the module, from the service's answer to the module's reply.
#include "core/device/responder.h"

#include <algorithm>

#include "core/base/text.h"
#include "core/device/presentation.h"
#include "core/device/receipt_check.h"

namespace assent::device {
namespace {

// For the person. The reason is the operator's, in the log.
constexpr std::string_view kNoAnswer = "The school's sign-in service cannot be reached just now.";

std::string_view verdict_class(wire::Verdict verdict) {
  switch (verdict) {
    case wire::Verdict::Clear: return "clear";
    case wire::Verdict::Ask: return "ask";
    case wire::Verdict::Acknowledge: return "acknowledge";
    case wire::Verdict::Refuse: break;
  }
  return "refuse";
}

// What this device will put its name to: see threats A3 and A8.
Status may_sign(const wire::Statement& statement) {
  const bool all_later = std::ranges::all_of(
      statement.answers, [](const wire::Answer& answer) { return answer.act == "later"; });
  if (statement.cannot_ask && !all_later)
    return fail(Code::Denied, "nobody was asked, so nothing but later can be signed");
  if (!statement.authenticated && !statement.cannot_ask)
    return fail(Code::Denied, "nobody proved who they are, so no answer can be signed");
  ASSENT_CHECK(wire::parse_statement(wire::to_statement(statement)));
  return {};
}

wire::AnswerRequest to_request(const wire::AgentAnswer& answer, const wire::Statement& statement,
                               const SigningKey& key) {
  wire::AnswerRequest request;
  request.ticket = answer.ticket;
  request.answers = answer.answers;
  request.cannot_ask = answer.cannot_ask;
  request.statement = wire::to_statement(statement);
  request.signature = key.sign(bytes_of(request.statement));
  return request;
}

}  // namespace

std::optional<wire::AgentReply> Responder::respond(const wire::AgentRequest& request,
                                                   Deadline deadline) {
  if (const auto* question = std::get_if<wire::AgentCheck>(&request))
    return check(*question, deadline);
  if (const auto* given = std::get_if<wire::AgentAnswer>(&request)) return answer(*given, deadline);
  if (std::holds_alternative<wire::AgentBanner>(request)) return banner(deadline);
  // What was withdrawn had not been sent to anybody.
  if (const auto* begun = std::get_if<wire::AgentOpened>(&request)) opened(*begun, deadline);
  return std::nullopt;
}

wire::AgentReply Responder::unavailable(const std::string& during, const Error& error) {
  const bool alarming = error.code == Code::Corrupt;
  log_(alarming ? Severity::Error : Severity::Warning,
       during + ": unavailable: " + one_line(error.message));
  return wire::AgentUnavailable{std::string(kNoAnswer)};
}

wire::AgentReply Responder::check(const wire::AgentCheck& request, Deadline deadline) {
  wire::CheckRequest question;
  question.login = request.login;
  question.channel = channel(request.service);
  question.full = request.full;
  const std::string what = "check " + one_line(question.channel);
  // No account of the school has such a name, and a service that says so is no outage.
  if (!check_line(question.login, wire::Limits::kLogin) || question.login.empty()) {
    log_(Severity::Warning, what + ": refused: a login name with control characters");
    return wire::AgentCheckReply{};
  }
  const auto reply = service_.check(question, deadline);
  if (!reply) return unavailable(what, reply.error());
  auto shown = to_agent_reply(*reply, request.screen);
  if (!shown) return unavailable(what, shown.error());
  log_(Severity::Info, what + " for " + one_line(request.login) + ": " +
                           std::string(verdict_class(shown->verdict)) +
                           (reply->stale ? ", by people as they were read before" : ""));
  return *std::move(shown);
}

// Rules are shown whole or not at all: what no longer fits is left out.
wire::AgentReply Responder::banner(Deadline deadline) {
  const auto reply = service_.banner(deadline);
  if (!reply) return unavailable("banner", reply.error());
  wire::AgentBannerReply out{reply->school, ""};
  for (const wire::BannerItem& item : reply->items) {
    const std::string parted = (out.text.empty() ? "" : "\n\n") + item.text;
    if (out.text.size() + parted.size() <= wire::AgentLimits::kText)
      out.text += parted;
    else
      log_(Severity::Warning, "banner: no room for the rules " + one_line(item.policy));
  }
  return out;
}

wire::Statement Responder::statement_of(const wire::AgentAnswer& request) const {
  wire::Statement statement;
  statement.device = identity_.enrolled.device;
  statement.ticket_hash = to_hex(sha256(request.ticket));
  statement.shown = to_hex(request.document);
  statement.channel = channel(request.service);
  statement.authenticated = request.authenticated;
  statement.cannot_ask = request.cannot_ask;
  statement.answers = request.answers;
  statement.at = clock_.now();
  return statement;
}

wire::AgentReply Responder::answer(const wire::AgentAnswer& request, Deadline deadline) {
  const std::string what = "answer " + one_line(channel(request.service));
  const wire::Statement statement = statement_of(request);
  if (const Status status = may_sign(statement); !status) {
    log_(Severity::Warning, what + ": not signed: " + one_line(status.error().message));
    return wire::AgentAnswerReply{};
  }
  auto reply = send(request, statement, deadline);
  if (!reply && reply.error().code == Code::Conflict) {
    log_(Severity::Info, what + ": overtaken");
    return wire::AgentAnswerReply{false, false, "overtaken", "", 0};
  }
  if (!reply && reply.error().code == Code::Denied) {
    log_(Severity::Warning, what + ": refused: " + one_line(reply.error().message));
    return wire::AgentAnswerReply{};
  }
  if (!reply) return unavailable(what, reply.error());
  log_(Severity::Info, what + (reply->recorded ? ": recorded" : ": not recorded"));
  return *std::move(reply);
}

Result<wire::AgentAnswerReply> Responder::send(const wire::AgentAnswer& request,
                                               const wire::Statement& statement,
                                               Deadline deadline) {
  ASSENT_TRY(const auto reply,
             service_.answer(to_request(request, statement, identity_.key), deadline));
  if (reply.recorded) ASSENT_CHECK(check_receipt(reply, statement, identity_));
  if (reply.outcome == "accepted" && !reply.recorded)
    return fail(Code::Corrupt, "the service said accepted and showed no receipt");
  return wire::AgentAnswerReply{reply.let_in, reply.recorded, reply.outcome, reply.message,
                                reply.index};
}

// Without a ticket there is nothing to complete, and nothing is signed.
Result<wire::OpenedRequest> Responder::request_for(const wire::AgentOpened& opened) const {
  wire::OpenedRequest request{opened.login, channel(opened.service), opened.ticket, "", {}};
  if (opened.ticket.empty()) return request;
  request.statement = wire::to_statement(wire::OpenedStatement{
      identity_.enrolled.device, to_hex(sha256(opened.ticket)), request.channel, clock_.now()});
  ASSENT_CHECK(wire::parse_opened_statement(request.statement));
  request.signature = identity_.key.sign(bytes_of(request.statement));
  return request;
}

void Responder::opened(const wire::AgentOpened& request, Deadline deadline) {
  const auto told = request_for(request);
  const Status status = told ? service_.opened(*told, deadline) : Status(fail(told.error()));
  if (!status)
    log_(Severity::Info, "opened " + one_line(channel(request.service)) +
                             ": not told: " + one_line(status.error().message));
}

}  // namespace assent::device
