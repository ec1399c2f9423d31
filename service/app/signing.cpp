#include "service/app/signing.h"

#include <algorithm>
#include <array>

namespace assent {
namespace {

using After = ToSign::After;

constexpr std::string_view kSigningChannel = "browser";
constexpr std::array<std::string_view, 4> kSays = {"yes", "no", "later", "help"};

Act act_for(const TicketPart& part, Say say) {
  switch (say) {
    case Say::Yes: return part.mode == Mode::Agree ? Act::Agree : Act::Acknowledge;
    case Say::No: return Act::Decline;
    case Say::Later: return Act::Defer;
    case Say::Help: break;
  }
  return Act::Help;
}

CheckQuestion question_of(const Reading& reading) {
  CheckQuestion question{"", reading.language, reading.full};
  if (reading.easy) question.style = Style::Easy;
  return question;
}

}  // namespace

std::string_view to_text(Say say) {
  return kSays[std::size_t(say)];
}

Result<Say> parse_say(std::string_view text) {
  const auto found = std::ranges::find(kSays, text);
  if (found == kSays.end()) return fail(Code::Invalid, "must be yes, no, later or help");
  return Say(found - kSays.begin());
}

SigningView Signing::look(const School& school, const PersonRow& person,
                          const Reading& reading) const {
  return look(school, person, reading, After::Nothing);
}

SigningView Signing::look(const School& school, const PersonRow& person, const Reading& reading,
                          After after) const {
  auto checked = needs_.gate.check_in_browser(school, person, question_of(reading));
  if (!checked) return NotAnswering{};
  if (checked->verdict == Verdict::Clear) return nothing(person);
  if (!checked->shown) return CannotSign{};
  return ToSign{*std::move(checked->shown), after};
}

NothingToSign Signing::nothing(const PersonRow& person) const {
  NothingToSign out;
  const auto facts = needs_.standings.find(person.school, person.login);
  if (!facts) return out;
  const auto catalogue = needs_.registry.catalogue();
  for (const Standing& standing : facts->standings) {
    const PublishedPolicy* policy = catalogue->find(standing.policy);
    const PublishedVersion* version = policy ? policy->version(standing.version) : nullptr;
    if (!version) continue;
    Held held{version->text->title, standing.version, standing.at, {}};
    if (accepts(standing.act)) held.receipt = standing.entry;
    out.held.push_back(std::move(held));
  }
  return out;
}

Result<std::vector<GivenAnswer>> Signing::answers_of(const SignedForm& form) const {
  ASSENT_TRY(const Ticket ticket, open_ticket(needs_.ticket_key, form.ticket));
  const auto catalogue = needs_.registry.catalogue();
  std::vector<GivenAnswer> answers;
  for (const TicketPart& part : ticket.parts) {
    const PublishedPolicy* policy = catalogue->find(part.policy);
    if (!policy) return fail(Code::Invalid, "a policy that there is not");
    const std::string& name = policy->name.value;
    Say say = form.say;
    if (part.add_on && say == Say::Yes) {
      const auto chosen = form.add_ons.find(name);
      if (chosen == form.add_ons.end()) return fail(Code::Invalid, "no choice for " + name);
      say = chosen->second ? Say::Yes : Say::No;
    }
    answers.push_back({name, act_for(part, say)});
  }
  return answers;
}

void Signing::answer(const School& school, const PersonRow& person, const SignedForm& form,
                     const Reading& reading, const Then& then) {
  auto answers = answers_of(form);
  if (!answers) return then(look(school, person, reading, After::Incomplete));
  AnswerQuestion question;
  question.ticket = form.ticket;
  question.shown = form.shown;
  question.channel = kSigningChannel;
  question.answers = *std::move(answers);
  needs_.gate.answer_in_browser(
      school, person, question, [this, &school, person, form, reading, then](const auto& result) {
        if (const auto* outcome = std::get_if<AnswerOutcome>(&result))
          return then(HasSaid{form.say, *outcome});
        const Refusal refusal = std::get<AnswerFailure>(result).refusal;
        if (refusal == Refusal::NotWritten) return then(NotAnswering{});
        // Overtaken, too late, or answered on another device: what is owed now decides.
        then(look(school, person, reading,
                  refusal == Refusal::NoMoreLater ? After::NoMoreLater : After::Changed));
      });
}

}  // namespace assent
