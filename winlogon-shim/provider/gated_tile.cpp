#include "winlogon-shim/provider/gated_tile.h"

#include <cstring>
#include <span>
#include <string>

#include "winlogon-shim/provider/edge.h"
#include "winlogon-shim/system/utf16.h"

namespace assent::provider {
namespace {

void destroy(Serialization& logon) {
  SecureZeroMemory(logon.bytes, logon.size);
  CoTaskMemFree(logon.bytes);
  logon = {};
}

// Null for no text, and when there is no memory: the person is kept out all the same.
LPWSTR to_show(const std::string& message) {
  const auto text = windows::to_utf16(message);
  if (!text || text->empty()) return nullptr;
  const std::size_t bytes = (text->size() + 1) * sizeof(wchar_t);
  const auto copy = static_cast<LPWSTR>(CoTaskMemAlloc(bytes));
  if (copy) std::memcpy(copy, text->c_str(), bytes);
  return copy;
}

}  // namespace

GatedTile::GatedTile(ComPtr<ICredentialProviderCredential> wrapped)
    : wrapped_(std::move(wrapped)), gate_(make_gate, make_sessions()) {
  if (FAILED(wrapped_.As(&wrapped2_))) wrapped2_.Reset();
  if (FAILED(wrapped_.As(&field_options_))) field_options_.Reset();
}

GatedTile::~GatedTile() {
  end_relay();
}

void* GatedTile::find(REFIID iid) noexcept {
  if (iid == __uuidof(IUnknown) || iid == __uuidof(ICredentialProviderCredential) ||
      iid == __uuidof(ICredentialProviderCredential2))
    return static_cast<ICredentialProviderCredential2*>(this);
  if (field_options_ && iid == __uuidof(ICredentialProviderCredentialWithFieldOptions))
    return static_cast<ICredentialProviderCredentialWithFieldOptions*>(this);
  return nullptr;
}

void GatedTile::end_relay() noexcept {
  if (relay_) relay_->end();
  relay_.Reset();
  events_.Reset();
}

HRESULT GatedTile::Advise(ICredentialProviderCredentialEvents* events) noexcept {
  end_relay();
  return at_edge(E_OUTOFMEMORY, [&] {
    if (!events) return wrapped_->Advise(nullptr);
    relay_ = made<EventsRelay>(*events, *this);
    events_ = events;
    return wrapped_->Advise(relay_.Get());
  });
}

HRESULT GatedTile::UnAdvise() noexcept {
  const ComPtr<GatedTile> kept(this);
  gate_.left();
  const HRESULT done = at_edge(E_UNEXPECTED, [&] { return wrapped_->UnAdvise(); });
  end_relay();
  return done;
}

HRESULT GatedTile::SetDeselected() noexcept {
  const ComPtr<GatedTile> kept(this);
  gate_.left();
  return at_edge(E_UNEXPECTED, [&] { return wrapped_->SetDeselected(); });
}

// The gate's window has a message loop, from which LogonUI may let go of this tile.
HRESULT GatedTile::GetSerialization(Response* response, Serialization* logon, LPWSTR* text,
                                    StatusIcon* icon) noexcept {
  const ComPtr<GatedTile> kept(this);
  if (!response || !logon || !text || !icon) return E_POINTER;
  *response = Response::NoCredentialNotFinished;
  *logon = {};
  *text = nullptr;
  *icon = StatusIcon::None;
  const HRESULT packed = at_edge(
      E_UNEXPECTED, [&] { return wrapped_->GetSerialization(response, logon, text, icon); });
  if (FAILED(packed) || *response != Response::ReturnCredentialFinished || !logon->bytes)
    return packed;
  return at_edge(packed, [&] { return judged(response, logon, text, icon); });
}

HRESULT GatedTile::judged(Response* response, Serialization* logon, LPWSTR* text,
                          StatusIcon* icon) {
  const auto message =
      gate_.kept_out(std::as_bytes(std::span(logon->bytes, logon->size)), owner_window());
  if (!message) return S_OK;
  destroy(*logon);
  *response = Response::NoCredentialNotFinished;
  CoTaskMemFree(*text);
  *text = nullptr;
  *icon = StatusIcon::Warning;
  *text = to_show(*message);
  return S_OK;
}

HWND GatedTile::owner_window() const {
  HWND owner = nullptr;
  const ComPtr<ICredentialProviderCredentialEvents> events = events_;
  return events && SUCCEEDED(events->OnCreatingWindow(&owner)) ? owner : nullptr;
}

// First the acceptance: LogonUI may end as soon as the wrapped tile has heard of it.
HRESULT GatedTile::ReportResult(NtStatus status, NtStatus substatus, LPWSTR* text,
                                StatusIcon* icon) noexcept {
  const ComPtr<GatedTile> kept(this);
  gate_.reported(status == 0);
  return at_edge(E_UNEXPECTED,
                 [&] { return wrapped_->ReportResult(status, substatus, text, icon); });
}

}  // namespace assent::provider
