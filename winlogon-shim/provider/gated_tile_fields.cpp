// What a gated tile hands on to the tile that it wraps, untouched.

#include "winlogon-shim/provider/edge.h"
#include "winlogon-shim/provider/gated_tile.h"

namespace assent::provider {
namespace {

template <class Tile, class Ask>
HRESULT asked(const ComPtr<Tile>& tile, Ask ask) noexcept {
  return at_edge(E_UNEXPECTED, [&] { return ask(*tile.Get()); });
}

}  // namespace

HRESULT GatedTile::SetSelected(BOOL* log_on_at_once) noexcept {
  return asked(wrapped_, [&](auto& tile) { return tile.SetSelected(log_on_at_once); });
}
HRESULT GatedTile::GetFieldState(DWORD id, FieldState* state, FieldInteraction* more) noexcept {
  return asked(wrapped_, [&](auto& tile) { return tile.GetFieldState(id, state, more); });
}
HRESULT GatedTile::GetStringValue(DWORD id, LPWSTR* text) noexcept {
  return asked(wrapped_, [&](auto& tile) { return tile.GetStringValue(id, text); });
}
HRESULT GatedTile::GetBitmapValue(DWORD id, HBITMAP* bitmap) noexcept {
  return asked(wrapped_, [&](auto& tile) { return tile.GetBitmapValue(id, bitmap); });
}
HRESULT GatedTile::GetCheckboxValue(DWORD id, BOOL* checked, LPWSTR* label) noexcept {
  return asked(wrapped_, [&](auto& tile) { return tile.GetCheckboxValue(id, checked, label); });
}
HRESULT GatedTile::GetSubmitButtonValue(DWORD id, DWORD* beside) noexcept {
  return asked(wrapped_, [&](auto& tile) { return tile.GetSubmitButtonValue(id, beside); });
}
HRESULT GatedTile::GetComboBoxValueCount(DWORD id, DWORD* count, DWORD* selected) noexcept {
  return asked(wrapped_,
               [&](auto& tile) { return tile.GetComboBoxValueCount(id, count, selected); });
}
HRESULT GatedTile::GetComboBoxValueAt(DWORD id, DWORD item, LPWSTR* text) noexcept {
  return asked(wrapped_, [&](auto& tile) { return tile.GetComboBoxValueAt(id, item, text); });
}
HRESULT GatedTile::SetStringValue(DWORD id, LPCWSTR text) noexcept {
  return asked(wrapped_, [&](auto& tile) { return tile.SetStringValue(id, text); });
}
HRESULT GatedTile::SetCheckboxValue(DWORD id, BOOL checked) noexcept {
  return asked(wrapped_, [&](auto& tile) { return tile.SetCheckboxValue(id, checked); });
}
HRESULT GatedTile::SetComboBoxSelectedValue(DWORD id, DWORD item) noexcept {
  return asked(wrapped_, [&](auto& tile) { return tile.SetComboBoxSelectedValue(id, item); });
}
HRESULT GatedTile::CommandLinkClicked(DWORD id) noexcept {
  return asked(wrapped_, [&](auto& tile) { return tile.CommandLinkClicked(id); });
}
HRESULT GatedTile::GetFieldOptions(DWORD id, FieldOptions* options) noexcept {
  if (!field_options_) return E_NOTIMPL;
  return asked(field_options_, [&](auto& tile) { return tile.GetFieldOptions(id, options); });
}

// S_FALSE: the tile stands under "Other user".
HRESULT GatedTile::GetUserSid(LPWSTR* sid) noexcept {
  if (!sid) return E_POINTER;
  *sid = nullptr;
  if (!wrapped2_) return S_FALSE;
  return asked(wrapped2_, [&](auto& tile) { return tile.GetUserSid(sid); });
}

}  // namespace assent::provider
