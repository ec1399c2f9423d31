// GateService::check: what a login owes, and the presentation that shows it; the rules in short.

#include "service/app/gate_service.h"
#include "service/app/guest_door.h"
#include "service/domain/banner.h"
#include "service/domain/login.h"

namespace assent {
namespace {

std::string refusal_text(const School& school) {
  std::string text = "This login cannot be used here at the moment.";
  if (!school.help.empty()) text += " " + school.help;
  return text;
}

// The day before which "later" still works, for people; empty where nothing ends it.
std::string later_until(const Decision& decision, const School& school, const Calendar& calendar) {
  std::optional<Time> first;
  for (const Owed& owed : decision.asked) {
    if (school.settings(owed.policy->name).enforcement != Enforcement::Enforce) continue;
    if (!first || owed.to->enforced < *first) first = owed.to->enforced;
  }
  return first ? calendar.local(*first, school.zone) : "";
}

// What stands for a device where there is none: nobody's key, so it can sign nothing.
DeviceRow browser_of(const School& school) {
  DeviceRow none;
  none.school = school.key;
  return none;
}

// All parts must allow it, and the fewest left decides.
unsigned deferrals_left(const Decision& decision) {
  unsigned left = 255;
  for (const Owed& owed : decision.asked)
    left = std::min(left, owed.may_defer ? unsigned(owed.deferrals_left) : 0u);
  return decision.asked.empty() ? 0 : left;
}

}  // namespace

Result<CheckAnswer> GateService::check(const DeviceRow& device, const CheckQuestion& question) {
  const School* school = needs_.registry.school(device.school);
  if (!school) return fail(Code::Unavailable, "the device's school is not configured");
  const auto unknown = [&] {
    return school->unknown_let_in
               ? CheckAnswer{Verdict::Clear, school->title, "", {}}
               : CheckAnswer{Verdict::Refuse, school->title, refusal_text(*school), {}};
  };
  const auto login = canonical_login(question.login);
  if (!login) return unknown();
  const auto facts = needs_.standings.find(school->key, *login);
  if (!facts && facts.error().code == Code::NotFound) return unknown();
  if (!facts) return fail(facts.error());
  const auto audience = needs_.registry.audience(school->key, facts->profile);
  if (!audience->guest.empty() && !may_be_here(*school, *login))
    return CheckAnswer{Verdict::Refuse, school->title, refusal_text(*school), {}};
  return judge(device, *school, *facts, *audience, question);
}

Result<BannerAnswer> GateService::banner(const DeviceRow& device) const {
  const School* school = needs_.registry.school(device.school);
  if (!school) return fail(Code::Unavailable, "the device's school is not configured");
  const auto catalogue = needs_.registry.catalogue();
  return BannerAnswer{school->title, banners_in_force(*catalogue, school->key, needs_.clock.now())};
}

Result<CheckAnswer> GateService::judge(const DeviceRow& device, const School& school,
                                       const Facts& facts, const Audience& audience,
                                       const CheckQuestion& question) {
  const auto catalogue = needs_.registry.catalogue();
  const Decision decision = decide(facts, audience, school, *catalogue, needs_.clock.now());
  if (decision.verdict == Verdict::Clear) return CheckAnswer{Verdict::Clear, school.title, "", {}};
  if (decision.verdict == Verdict::Refuse)
    return CheckAnswer{Verdict::Refuse, school.title, refusal_text(school), {}};
  return show(device, school, facts, audience, decision, catalogue, question);
}

// A guest's login works as long as the guest does: not before, not after, not while it is
// suspended.
bool GateService::may_be_here(const School& school, const std::string& account) const {
  return needs_.guests && needs_.guests->look(school, account);
}

Result<CheckAnswer> GateService::check_in_browser(const School& school, const PersonRow& person,
                                                  const CheckQuestion& question) {
  CheckQuestion asked = question;
  asked.login = person.login;
  return check(browser_of(school), asked);
}

Result<CheckAnswer> GateService::check_guest(const GuestEntry& here,
                                             const CheckQuestion& question) {
  const School& school = *here.school;
  ASSENT_TRY(const Facts facts, needs_.standings.find(school.key, here.row.guest.account));
  const auto audience = needs_.registry.audience(school.key, facts.profile);
  return judge(browser_of(school), school, facts, *audience, question);
}

void GateService::answer_in_browser(const School& school, const PersonRow& person,
                                    AnswerQuestion question, AnswerDone done) {
  question.self = person.key;
  answer(browser_of(school), question, std::move(done));
}

Result<CheckAnswer> GateService::show(const DeviceRow& device, const School& school,
                                      const Facts& facts, const Audience& audience,
                                      Decision decision,
                                      const std::shared_ptr<const Catalogue>& catalogue,
                                      const CheckQuestion& question) {
  const std::string& language = question.language.empty() ? school.language : question.language;
  const Style style = question.style.value_or(audience.style);
  auto shown_text = presentations_.render(catalogue, decision.asked, language, style,
                                          school.language, question.full);
  if (!shown_text && decision.asked.size() > 1) {
    // Together they are too long for one document: one now, the others at the next check.
    decision.asked.resize(1);
    shown_text = presentations_.render(catalogue, decision.asked, language, style, school.language,
                                       question.full);
  }
  ASSENT_TRY(auto rendered, std::move(shown_text));
  const Time now = needs_.clock.now();
  Ticket ticket;
  ticket.nonce = make_nonce(now, needs_.random);
  ticket.person = facts.person;
  ticket.school = school.key;
  ticket.device = device.key;
  ticket.style = style;
  ticket.language = language;
  ticket.full = question.full;
  ticket.shown = rendered->hash;
  ticket.issued = now;
  ticket.expires = now + kTicketLife;
  Shown shown;
  for (const Owed& owed : decision.asked) {
    ticket.parts.push_back(
        {owed.policy->key, owed.from, owed.to->number(), owed.mode, owed.add_on});
    if (owed.add_on) shown.add_ons.push_back(owed.policy->name.value);
  }
  shown.ticket = seal_ticket(needs_.ticket_key, ticket);
  shown.rendered = std::move(rendered);
  shown.deferrals_left = deferrals_left(decision);
  if (shown.deferrals_left > 0) shown.later_until = later_until(decision, school, needs_.calendar);
  shown.expires = ticket.expires;
  return CheckAnswer{decision.verdict, school.title, "", std::move(shown)};
}

}  // namespace assent
