#include "winlogon-shim/provider/events_relay.h"

#include "winlogon-shim/provider/edge.h"

namespace assent::provider {
namespace {

// `say` of LogonUI's events, which stay alive meanwhile, whatever the call leads to.
template <class Events, class Say>
HRESULT relayed(const ComPtr<Events>& events, Say say) noexcept {
  const ComPtr<Events> kept = events;
  if (!kept) return E_UNEXPECTED;
  return at_edge(E_UNEXPECTED, [&] { return say(*kept.Get()); });
}

}  // namespace

EventsRelay::EventsRelay(ICredentialProviderCredentialEvents& events,
                         ICredentialProviderCredential& tile)
    : events_(&events), tile_(&tile) {
  if (FAILED(events_.As(&events2_))) events2_.Reset();
}

void EventsRelay::end() noexcept {
  events_.Reset();
  events2_.Reset();
  tile_ = nullptr;
}

void* EventsRelay::find(REFIID iid) noexcept {
  const bool known = iid == __uuidof(IUnknown) ||
                     iid == __uuidof(ICredentialProviderCredentialEvents) ||
                     (events2_ && iid == __uuidof(ICredentialProviderCredentialEvents2));
  return known ? static_cast<ICredentialProviderCredentialEvents2*>(this) : nullptr;
}

HRESULT EventsRelay::SetFieldState(Tile*, DWORD id, FieldState state) noexcept {
  return relayed(events_, [&](auto& to) { return to.SetFieldState(tile_, id, state); });
}
HRESULT EventsRelay::SetFieldInteractiveState(Tile*, DWORD id, FieldInteraction state) noexcept {
  return relayed(events_, [&](auto& to) { return to.SetFieldInteractiveState(tile_, id, state); });
}
HRESULT EventsRelay::SetFieldString(Tile*, DWORD id, LPCWSTR text) noexcept {
  return relayed(events_, [&](auto& to) { return to.SetFieldString(tile_, id, text); });
}
HRESULT EventsRelay::SetFieldCheckbox(Tile*, DWORD id, BOOL checked, LPCWSTR label) noexcept {
  return relayed(events_, [&](auto& to) { return to.SetFieldCheckbox(tile_, id, checked, label); });
}
HRESULT EventsRelay::SetFieldBitmap(Tile*, DWORD id, HBITMAP bitmap) noexcept {
  return relayed(events_, [&](auto& to) { return to.SetFieldBitmap(tile_, id, bitmap); });
}
HRESULT EventsRelay::SetFieldComboBoxSelectedItem(Tile*, DWORD id, DWORD item) noexcept {
  return relayed(events_,
                 [&](auto& to) { return to.SetFieldComboBoxSelectedItem(tile_, id, item); });
}
HRESULT EventsRelay::DeleteFieldComboBoxItem(Tile*, DWORD id, DWORD item) noexcept {
  return relayed(events_, [&](auto& to) { return to.DeleteFieldComboBoxItem(tile_, id, item); });
}
HRESULT EventsRelay::AppendFieldComboBoxItem(Tile*, DWORD id, LPCWSTR item) noexcept {
  return relayed(events_, [&](auto& to) { return to.AppendFieldComboBoxItem(tile_, id, item); });
}
HRESULT EventsRelay::SetFieldSubmitButton(Tile*, DWORD id, DWORD beside) noexcept {
  return relayed(events_, [&](auto& to) { return to.SetFieldSubmitButton(tile_, id, beside); });
}
HRESULT EventsRelay::OnCreatingWindow(HWND* owner) noexcept {
  return relayed(events_, [&](auto& to) { return to.OnCreatingWindow(owner); });
}
HRESULT EventsRelay::BeginFieldUpdates() noexcept {
  return relayed(events2_, [](auto& to) { return to.BeginFieldUpdates(); });
}
HRESULT EventsRelay::EndFieldUpdates() noexcept {
  return relayed(events2_, [](auto& to) { return to.EndFieldUpdates(); });
}
HRESULT EventsRelay::SetFieldOptions(Tile*, DWORD id, FieldOptions options) noexcept {
  return relayed(events2_, [&](auto& to) { return to.SetFieldOptions(tile_, id, options); });
}

}  // namespace assent::provider
