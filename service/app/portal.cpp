#include "service/app/portal.h"

#include "service/domain/login.h"

namespace assent {
namespace {

using Step = PortalState::Step;
using After = AskForCode::After;

constexpr std::string_view kChannel = "portal";

// Capitals and spaces around it do not matter. What is no login at all stays as it is.
std::string account_of(std::string_view typed) {
  while (typed.starts_with(' ')) typed.remove_prefix(1);
  while (typed.ends_with(' ')) typed.remove_suffix(1);
  const auto login = canonical_login(typed);
  return login ? *login : std::string{typed};
}

}  // namespace

PortalAnswer Portal::begin(const School& school, PortalDevice device, After after,
                           std::string account) const {
  PortalState state;
  state.school = school.key;
  state.device = std::move(device);
  state.expires = needs_.clock.now() + kCodePageLife;
  if (is_past_gateway(school, state.device)) return {std::move(state), ThroughGateway{}};
  return {std::move(state), AskForCode{after, std::move(account)}};
}

std::optional<NowOnline> Portal::standing(const School& school, const std::string& address) const {
  const auto stay = needs_.online.at_address(school.key, address);
  if (!stay) return std::nullopt;
  const auto entry = needs_.door.look(stay->guest);
  if (!entry || entry->owes) return std::nullopt;
  NowOnline out = online(*entry);
  out.connecting = is_opening(*stay);
  return out;
}

void Portal::come(const School& school, const PortalDevice& device, const Then& then) {
  const auto stay = needs_.online.at_address(school.key, device.address);
  auto online = standing(school, device.address);
  if (!stay || !online) return then(first_page(school, device, false));
  PortalAnswer answer = begin(school, device, After::Nothing);
  if (!device.gateway.empty()) {  // which would not have sent it here if it were on there
    const auto entry = needs_.door.look(stay->guest);
    if (!entry || stay->device != device.hardware) return then(first_page(school, device, false));
    return let_on(school, answer.state, *entry, then);
  }
  answer.state.step = Step::Online;
  answer.state.guest = stay->guest;
  answer.state.device.hardware = stay->device;
  answer.state.expires = needs_.clock.now() + kOnlinePageLife;
  answer.view = *std::move(online);
  then(std::move(answer));
}

Result<PortalState> Portal::take(const School& school, std::string_view sealed,
                                 const std::string& address, PortalAnswer& again) const {
  again = begin(school, {address, "", "", ""}, After::Again);
  ASSENT_TRY(PortalState state, open_state(needs_.key, sealed));
  if (state.school != school.key || state.device.address != address)
    return fail(Code::Denied, "the page was for another device");
  again = begin(school, state.device, After::Again);
  if (needs_.clock.now() >= state.expires) return fail(Code::Conflict, "the page is too old");
  return state;
}

void Portal::enter(const School& school, const PortalState& state, const TypedCode& typed,
                   const std::string& language, const Then& then) {
  const std::string account = account_of(typed.account);
  // Voucher codes have no account: device and gateway bear the tries.
  const auto targets = guess_targets(account, device_name(state.device), state.device.gateway);
  const bool may_try = needs_.tries.begin(targets, needs_.clock.now());
  const auto go = [this, &school, state, typed, targets, may_try, language,
                   then](const Result<GuestEntry>& entry) {
    if (may_try) needs_.tries.end(targets);
    if (entry && may_try) {
      needs_.tries.succeeded(targets);
      PortalState proved = state;
      proved.proved = true;
      return go_on(school, proved, entry, language, false, then);
    }
    if (!entry && entry.error().code == Code::Unavailable) return then({state, NotNow{}});
    if (may_try) needs_.tries.failed(targets, needs_.clock.now());
    then(begin(school, state.device, After::Wrong, typed.account));
  };
  // Whoever may not try has the same work done and the same answer, whatever they typed.
  if (!typed.voucher.empty())
    return needs_.door.enter_by_voucher(school, may_try ? typed.voucher : "", go);
  needs_.door.enter(school, account, may_try ? typed.passphrase : "", go);
}

void Portal::show(const School& school, const PortalState& state, const std::string& language,
                  const Then& then) {
  if (state.step != Step::Rules) return come(school, state.device, still_proved(state, then));
  go_on(school, state, needs_.door.look(state.guest), language, false, then);
}

void Portal::reword(const School& school, PortalState state, bool easy, const std::string& language,
                    const Then& then) {
  state.easy = easy;
  show(school, state, language, then);
}

// What somebody sees who has shown who they are: rules first, where they owe any.
void Portal::go_on(const School& school, const PortalState& state, const Result<GuestEntry>& entry,
                   const std::string& language, bool changed, const Then& then) {
  if (!entry && entry.error().code == Code::Unavailable) return then({state, NotNow{}});
  if (!entry || entry->row.school != school.key)
    return then(begin(school, state.device, After::Wrong));
  if (entry->owes) return show_rules(state, *entry, language, changed, then);
  let_on(school, state, *entry, then);
}

void Portal::show_rules(const PortalState& state, const GuestEntry& entry,
                        const std::string& language, bool changed, const Then& then) {
  CheckQuestion question{"", language, false};
  if (state.easy) question.style = Style::Easy;
  const auto checked = needs_.gate.check_guest(entry, question);
  if (!checked || !checked->shown) return then({state, NotNow{}});
  PortalState next = state;
  next.step = Step::Rules;
  next.guest = entry.row.guest.id;
  next.expires = needs_.clock.now() + kRulesPageLife;
  next.ticket = checked->shown->ticket;
  next.shown = to_hex(checked->shown->rendered->hash);
  next.parts.clear();
  for (const DocumentPart& part : checked->shown->rendered->parsed.parts)
    next.parts.emplace_back(part.policy, part.mode == "agree" ? Act::Agree : Act::Acknowledge);
  const auto kept = std::chrono::ceil<days>(entry.kind->retention);
  then({std::move(next), ReadRules{checked->shown->rendered, kept, changed}});
}

void Portal::answer(const School& school, const PortalState& state, bool yes,
                    const std::string& language, const Then& then) {
  const auto entry = needs_.door.look(state.guest);
  const bool asked = state.step == Step::Rules;
  if (!asked || !entry || !entry->owes) return show(school, state, language, then);
  const auto person = needs_.people.person(entry->row.person);
  if (!person) return then({state, NotNow{}});
  AnswerQuestion question;
  question.ticket = state.ticket;
  question.shown = state.shown;
  question.channel = kChannel;
  for (const auto& [policy, act] : state.parts)
    question.answers.push_back({policy, yes ? act : Act::Decline});
  needs_.gate.answer_in_browser(
      school, *person, question, [this, &school, state, yes, language, then](const auto& result) {
        if (const auto* failure = std::get_if<AnswerFailure>(&result)) {
          if (failure->refusal == Refusal::NotWritten) return then({state, NotNow{}});
          // Overtaken, too late, or answered on another device: what is owed now decides.
          return go_on(school, state, needs_.door.look(state.guest), language, true, then);
        }
        if (!yes) return then({state, SaidNo{}});
        go_on(school, state, needs_.door.look(state.guest), language, false, then);
      });
}

}  // namespace assent
