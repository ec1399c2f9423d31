// Portal: words that a guest chooses instead of their passphrase.

#include "service/app/portal.h"

namespace assent {
namespace {

using Step = PortalState::Step;

}  // namespace

// What they showed on one page holds on the next, as long as it is about them.
Portal::Then Portal::still_proved(const PortalState& state, const Then& then) {
  if (!state.proved) return then;
  return [then, guest = state.guest](PortalAnswer answer) {
    answer.state.proved = answer.state.step == Step::Online && answer.state.guest == guest;
    then(std::move(answer));
  };
}

// Whoever may choose now; else `instead` is what they see. An address can be copied, so what is
// known by it alone may not take the account from whose it is.
Result<GuestRow> Portal::chooser(const School& school, const PortalState& state,
                                 PortalAnswer& instead) const {
  const auto entry = needs_.door.look(state.guest);
  const bool may = needs_.words && entry && entry->kind->own_words &&
                   entry->row.school == school.key && is_here(state);
  instead = begin(school, state.device, AskForCode::After::Prove);
  if (may && state.proved) return entry->row;
  if (!may) instead = first_page(school, state.device, false);
  return fail(Code::Denied, "not now");
}

void Portal::show_words_form(const School& school, const PortalState& state, const Then& then) {
  PortalAnswer instead;
  const auto row = chooser(school, state, instead);
  if (!row) return then(std::move(instead));
  then({state, ChooseWords{row->guest.account}});
}

void Portal::choose_words(const School& school, const PortalState& state, const std::string& words,
                          const std::string& again, const Then& then) {
  PortalAnswer instead;
  const auto row = chooser(school, state, instead);
  if (!row) return then(std::move(instead));
  ChooseWords view{row->guest.account};
  std::string chosen;
  view.fault = check_own_words({words, again, row->guest.account, row->guest.name}, chosen);
  if (view.fault != WordsFault::None) return then({state, std::move(view)});
  const auto targets = choice_targets(device_name(state.device));
  if (!needs_.tries.may_try(targets, needs_.clock.now())) {
    view.too_often = true;
    return then({state, std::move(view)});
  }
  needs_.tries.failed(targets, needs_.clock.now());  // each counts
  needs_.words->choose(state.guest, chosen,
                       [this, &school, state, then](const Result<GuestRow>& made) {
                         if (!made && made.error().code == Code::Unavailable)
                           return then({state, NotNow{}});
                         come(school, state.device, still_proved(state, then));
                       });
}

}  // namespace assent
