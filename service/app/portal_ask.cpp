// Portal: what visitors ask for there, and what they see until somebody has answered.

#include "service/app/portal.h"

namespace assent {
namespace {

using AskState = AskedFor::State;

PortalView view_of(const AskedFor& asked, bool still) {
  switch (asked.state) {
    case AskState::Refused: return NotLetIn{};
    case AskState::LetIn: return LetIn{};
    case AskState::Waiting: break;
  }
  return WaitToBeLetIn{match_code(asked.guest.bytes), asked.visits, asked.until, still};
}

}  // namespace

// Once it was online its request is used up: another device may have the address by then.
std::optional<AskedFor> Portal::asked_from(const School& school, const PortalDevice& device) const {
  const auto asked = needs_.asks ? needs_.asks->of(school, device) : std::nullopt;
  if (!asked || asked->state != AskState::LetIn) return asked;
  const auto stays = needs_.sessions.of(asked->guest, 1);
  return stays && stays->empty() ? asked : std::nullopt;
}

PortalAnswer Portal::first_page(const School& school, const PortalDevice& device,
                                bool still) const {
  PortalAnswer out = begin(school, device, AskForCode::After::Nothing);
  const auto asked = asked_from(school, device);
  if (!asked) return out;
  if (device.gateway.empty()) out.state.device = asked->device;  // the page that comes by itself
  out.state.expires = asked->until;
  const bool is_let_in = asked->state == AskState::LetIn;
  if (is_let_in && is_past_gateway(school, out.state.device)) return out;  // rules after the detour
  out.view = view_of(*asked, still);
  return out;
}

void Portal::wait_still(const School& school, const PortalState& state, const Then& then) {
  then(first_page(school, state.device, true));
}

void Portal::show_code_form(const School& school, const PortalState& state, const Then& then) {
  then(begin(school, state.device, AskForCode::After::Nothing));
}

void Portal::show_ask_form(const School& school, const PortalState& state, const Then& then) {
  const auto asked = asked_from(school, state.device);
  const bool is_open = needs_.asks && !GuestAsks::kinds(school).empty();
  if (!is_open || (asked && asked->state != AskState::Refused))
    return then(first_page(school, state.device, false));
  PortalAnswer out = begin(school, state.device, AskForCode::After::Nothing);
  if (std::holds_alternative<AskForCode>(out.view)) {
    out.state.expires = needs_.clock.now() + kAskPageLife;
    out.view = AskForAccess{};
  }
  then(std::move(out));
}

void Portal::ask(const School& school, const PortalState& state, const GuestAsk& asked,
                 const Then& then) {
  if (!needs_.asks) return come(school, state.device, then);
  const auto done = [this, &school, state, asked, then](const Result<AskedFor>& made) {
    if (made) return then(first_page(school, state.device, false));
    if (made.error().code == Code::Unavailable) return then({state, NotNow{}});
    const bool missing = made.error().code == Code::Invalid;
    then({state, AskForAccess{asked, missing ? AskForAccess::Fault::Missing
                                             : AskForAccess::Fault::TooMany}});
  };
  needs_.asks->ask(school, state.device, asked, done);
}

void Portal::take_up(const School& school, const PortalState& state, const std::string& language,
                     const Then& then) {
  const auto asked = asked_from(school, state.device);
  if (!asked || asked->state != AskState::LetIn) return come(school, state.device, then);
  PortalState proved = state;
  proved.proved = true;
  needs_.door.enter_proven(
      asked->guest, [this, &school, proved, language, then](const Result<GuestEntry>& entry) {
        go_on(school, proved, entry, language, false, then);
      });
}

void Portal::ask_longer(const School& school, const PortalState& state, milliseconds by_how_much,
                        const Then& then) {
  if (!needs_.asks || !is_here(state)) return come(school, state.device, then);
  needs_.asks->ask_longer(school, state.guest, by_how_much,
                          [this, &school, state, then](const Result<GuestRow>& made) {
                            if (!made && made.error().code == Code::Unavailable)
                              return then({state, NotNow{}});
                            come(school, state.device, still_proved(state, then));
                          });
}

}  // namespace assent
