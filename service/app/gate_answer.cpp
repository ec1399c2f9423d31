// GateService::answer and opened: what the person said becomes a record, once.

#include <algorithm>

#include "service/app/answer_record.h"
#include "service/app/gate_service.h"
#include "service/app/night_filter.h"
#include "service/app/wanted_levels.h"

namespace assent {

// One answer on its way: made on a server thread, then owned by the writer's job.
struct GateService::Answering {
  DeviceRow device;
  AnswerQuestion question;
  AnswerDone done;
  Ticket ticket;
  const School* school = nullptr;
  PersonRow person;
  AnswerFailure failure;                 // set by the job when it refuses
  std::optional<std::uint64_t> earlier;  // the same answer was recorded before, here
  std::string language;  // of what was shown; of a repeated answer, what was asked for
};

namespace {

AnswerFailure no(Refusal refusal, Code code, std::string message) {
  return {refusal, {code, std::move(message)}, {}};
}

// Nothing, with `ticket` set to what was shown on this device; or why not.
std::optional<AnswerFailure> take_ticket(const SecretKey& key, const std::string& sealed,
                                         const DeviceRow& device, Ticket& ticket) {
  auto opened = open_ticket(key, sealed);
  if (!opened) return no(Refusal::BadTicket, Code::Invalid, opened.error().message);
  ticket = *std::move(opened);
  if (ticket.device != device.key || ticket.school != device.school)
    return no(Refusal::OtherDevice, Code::Denied, "this was shown on another device");
  return std::nullopt;
}

// Nothing, where the device's key signed the statement.
std::optional<AnswerFailure> check_signature(const DeviceRow& device, const std::string& statement,
                                             const Signature& signature) {
  if (device.public_key && verify(*device.public_key, bytes_of(statement), signature))
    return std::nullopt;
  return no(Refusal::BadSignature, Code::Denied, "the device's signature does not fit");
}

// Nothing, where somebody vouches that it was this person: the device, or the service itself.
std::optional<AnswerFailure> check_proof(const DeviceRow& device, const AnswerQuestion& question,
                                         const Ticket& ticket) {
  if (question.self != 0) {
    if (question.self == ticket.person && ticket.device == 0) return std::nullopt;
    return no(Refusal::OtherDevice, Code::Denied, "this was shown to somebody else");
  }
  if (!question.authenticated && !question.cannot_ask)
    return no(Refusal::Unproven, Code::Denied, "nobody proved who they are: nothing is recorded");
  return check_signature(device, question.statement, question.signature);
}

bool accepts_part(Act act, const TicketPart& part) {
  switch (act) {
    case Act::Agree: return true;
    case Act::Acknowledge: return part.mode == Mode::Acknowledge;
    case Act::Decline:
    case Act::Defer:
    case Act::Help: return true;
    default: return false;
  }
}

// What was owed, rebuilt from a ticket. Null where the catalogue no longer has it.
std::optional<Owed> owed_by(const TicketPart& part, const Catalogue& catalogue) {
  const PublishedPolicy* policy = catalogue.find(part.policy);
  const PublishedVersion* to = policy ? policy->version(part.to) : nullptr;
  if (!to) return std::nullopt;
  Owed owed{policy, to, part.from, part.mode, Why::Amended};
  owed.add_on = part.add_on;
  return owed;
}

}  // namespace

void GateService::answer(const DeviceRow& device, const AnswerQuestion& question, AnswerDone done) {
  auto answering = std::make_shared<Answering>();
  answering->device = device;
  answering->question = question;
  answering->done = std::move(done);
  if (auto failure = examine(*answering)) return answering->done(std::move(*failure));
  const Status queued = needs_.writer.submit(
      [this, answering](Transaction& transaction, const JobContext& context) {
        return record(*answering, transaction, context);
      },
      [this, answering](Result<Written> written) { finish(*answering, std::move(written)); });
  if (!queued) answering->done(AnswerFailure{Refusal::NotWritten, queued.error(), {}});
}

// Everything that can be judged without the transaction, cheapest first.
std::optional<AnswerFailure> GateService::examine(Answering& a) const {
  if (auto failure = take_ticket(needs_.ticket_key, a.question.ticket, a.device, a.ticket))
    return failure;
  if (needs_.clock.now() >= a.ticket.expires)
    return no(Refusal::Expired, Code::Conflict, "this was shown too long ago: check again");
  if (a.question.shown != to_hex(a.ticket.shown))
    return no(Refusal::BadTicket, Code::Invalid, "another document was shown than the ticket's");
  auto& answers = a.question.answers;
  if (answers.size() != a.ticket.parts.size())
    return no(Refusal::NotOffered, Code::Invalid, "one answer for each policy shown, in order");
  const auto catalogue = needs_.registry.catalogue();
  for (std::size_t i = 0; i < answers.size(); ++i) {
    const PublishedPolicy* policy = catalogue->find(a.ticket.parts[i].policy);
    if (!policy || policy->name.value != answers[i].policy)
      return no(Refusal::NotOffered, Code::Invalid, "one answer for each policy, in order");
  }
  for (std::size_t i = 0; i < answers.size(); ++i)
    if (!accepts_part(answers[i].act, a.ticket.parts[i]))
      return no(Refusal::NotOffered, Code::Invalid, "this answer was not offered");
  for (std::size_t i = 0; i < answers.size(); ++i) answers[i].add_on = a.ticket.parts[i].add_on;
  const bool all_later = std::ranges::all_of(
      answers, [](const GivenAnswer& answer) { return answer.act == Act::Defer; });
  if (a.question.cannot_ask && !all_later)
    return no(Refusal::NotOffered, Code::Invalid, "nobody was asked: only later is possible");
  if (auto failure = check_proof(a.device, a.question, a.ticket)) return failure;
  auto person = needs_.people.person(a.ticket.person);
  if (!person) return no(Refusal::NotWritten, person.error().code, person.error().message);
  a.person = *std::move(person);
  a.school = needs_.registry.school(a.ticket.school);
  if (!a.school) return no(Refusal::NotWritten, Code::Unavailable, "the school has gone");
  return std::nullopt;
}

// Runs inside the transaction: versions and standing are looked at again, then it is written.
Result<std::vector<Draft>> GateService::record(Answering& a, Transaction& transaction,
                                               const JobContext& context) {
  const auto refuse = [&](Refusal refusal, Code code, std::string message) -> Failure {
    a.failure = {refusal, {code, message}, {}};
    return fail(code, std::move(message));
  };
  ASSENT_TRY(const auto earlier, transaction.by_nonce(a.ticket.nonce));
  if (earlier) {
    if (!same_answer(earlier->body, a.question.answers, a.device.id))
      return refuse(Refusal::AnsweredOtherwise, Code::Conflict, "this was answered before");
    a.earlier = earlier->index;
    a.language = a.ticket.language;
    return std::vector<Draft>{};
  }
  ASSENT_TRY(const Facts facts, transaction.facts(a.ticket.person));
  const auto catalogue = needs_.registry.catalogue();
  const auto audience = needs_.registry.audience(a.ticket.school, facts.profile);
  const Decision decision = decide(facts, *audience, *a.school, *catalogue, context.now);
  std::vector<Owed> shown;
  for (std::size_t i = 0; i < a.ticket.parts.size(); ++i) {
    const TicketPart& part = a.ticket.parts[i];
    const auto asked = std::ranges::find_if(decision.asked, [&](const Owed& owed) {
      return owed.policy->key == part.policy && owed.to->number() == part.to &&
             owed.from == part.from && owed.mode <= part.mode;
    });
    const auto owed = owed_by(part, *catalogue);
    if (asked == decision.asked.end() || !owed)
      return refuse(Refusal::Overtaken, Code::Conflict,
                    "what is owed has changed since this was shown: check again");
    const bool may_defer = a.question.cannot_ask ? asked->may_defer_unasked : asked->may_defer;
    if (a.question.answers[i].act == Act::Defer && !may_defer)
      return refuse(Refusal::NoMoreLater, Code::Denied, "later is no longer possible");
    shown.push_back(*owed);
  }
  ASSENT_TRY(const auto rendered,
             presentations_.render(catalogue, shown, a.ticket.language, a.ticket.style,
                                   a.school->language, a.ticket.full));
  if (rendered->hash != a.ticket.shown)
    return refuse(Refusal::Overtaken, Code::Conflict,
                  "the text has changed since this was shown: check again");
  a.language = rendered->language;
  ASSENT_CHECK(transaction.put(ShownRow{rendered->hash, rendered->document}));
  // Easy read is for whoever asks, and no band to grow out of: they stand as their audience does.
  const Style band = a.ticket.style == Style::Easy ? audience->style : a.ticket.style;
  for (std::size_t i = 0; i < shown.size(); ++i) {
    Standing before;
    before.policy = a.ticket.parts[i].policy;
    const auto known = std::ranges::find(facts.standings, before.policy, &Standing::policy);
    if (known != facts.standings.end()) before = *known;
    const Standing next = after(before, a.question.answers[i].act, a.ticket.parts[i].to, band,
                                context.now, context.next_index);
    ASSENT_CHECK(transaction.put(StandingRow{a.person.key, next, a.person.school, a.person.login}));
  }
  const auto before = level_of(decision, facts, *audience, *a.school, context.now).choice;
  ASSENT_TRY(const LevelChoice level,
             put_level(transaction, needs_.registry, *a.school, a.person.key, context.now));
  told_.add(a.ticket.nonce, opening_message(*a.school, before.level, level.level,
                                            rendered->language, needs_.calendar, context.now));
  AnswerRecord record{*a.school, a.person, *audience, a.device, a.ticket, shown, rendered.get()};
  return std::vector<Draft>{{"accept", a.ticket.nonce, a.person.key, record.body(a.question)}};
}

void GateService::finish(Answering& a, Result<Written> written) {
  if (!written) {
    if (a.failure.refusal == Refusal::None) a.failure = {Refusal::NotWritten, written.error(), {}};
    if (a.failure.refusal == Refusal::Overtaken)
      if (auto now = check(a.device, {a.person.login, a.ticket.language, a.ticket.full}))
        a.failure.now = *std::move(now);
    return a.done(a.failure);
  }
  AnswerOutcome outcome = outcome_of(a.question.answers, *a.school);
  if (a.earlier) {
    auto receipt = needs_.receipts.receipt(*a.earlier);
    if (!receipt) return a.done(AnswerFailure{Refusal::NotWritten, receipt.error(), {}});
    outcome.receipt = *std::move(receipt);
  } else {
    outcome.receipt = std::move(written->receipts.front());
  }
  if (outcome.outcome == "accepted") outcome.message = told_.find(a.ticket.nonce);
  if (outcome.outcome == "declined" || outcome.outcome == "help") keep_out_till_night(a, outcome);
  a.done(std::move(outcome));
}

// A no or a call for help has taken websites away, and a filter that reads the directory at night
// would still show them. Where the store cannot say, the configured outcome stands.
void GateService::keep_out_till_night(const Answering& a, AnswerOutcome& outcome) const {
  const auto behind =
      filter_is_behind(*a.school, a.person.key, needs_.levels, needs_.calendar, needs_.clock.now());
  if (!outcome.let_in || !behind || !*behind) return;
  outcome.let_in = false;
  const std::string why = tomorrow_words(a.language);
  outcome.message = outcome.message.empty() ? why : why + " " + outcome.message;
}

void GateService::opened(const DeviceRow& device, const OpenedQuestion& question, OpenedDone done) {
  Ticket ticket;
  if (auto failure = take_ticket(needs_.ticket_key, question.ticket, device, ticket))
    return done(std::move(*failure));
  if (auto failure = check_signature(device, question.statement, question.signature))
    return done(std::move(*failure));
  const School* school = needs_.registry.school(ticket.school);
  if (!school) return done(no(Refusal::NotWritten, Code::Unavailable, "the school has gone"));
  const auto job = [ticket, school, device, question](
                       Transaction& transaction, const JobContext&) -> Result<std::vector<Draft>> {
    ASSENT_TRY(const auto answered, transaction.by_nonce(ticket.nonce));
    if (!answered || !was_acknowledged(answered->body)) return std::vector<Draft>{};
    const Nonce nonce = opened_nonce(ticket.nonce);
    ASSENT_TRY(const auto earlier, transaction.by_nonce(nonce));
    if (earlier) return std::vector<Draft>{};
    return std::vector<Draft>{{"opened", nonce, answered->person,
                               opened_body(answered->index, *school, device, question)}};
  };
  const Status queued = needs_.writer.submit(job, [done](Result<Written> written) {
    if (!written) return done(AnswerFailure{Refusal::NotWritten, written.error(), {}});
    done(*std::move(written));
  });
  if (!queued) done(AnswerFailure{Refusal::NotWritten, queued.error(), {}});
}

}  // namespace assent
