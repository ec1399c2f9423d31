#include "winlogon-shim/provider/credential_provider.h"

#include "winlogon-shim/provider/edge.h"
#include "winlogon-shim/provider/kill_switch.h"

namespace assent::provider {

template <class Ask>
HRESULT CredentialProvider::asked(Ask ask) noexcept {
  const ComPtr<ICredentialProvider> kept = wrapped_;
  if (!kept) return E_NOTIMPL;
  return at_edge(E_UNEXPECTED, [&] { return ask(*kept.Get()); });
}

void* CredentialProvider::find(REFIID iid) noexcept {
  if (iid == __uuidof(IUnknown) || iid == __uuidof(ICredentialProvider))
    return static_cast<ICredentialProvider*>(this);
  if (iid == __uuidof(ICredentialProviderSetUserArray))
    return static_cast<ICredentialProviderSetUserArray*>(this);
  return nullptr;
}

HRESULT CredentialProvider::SetUsageScenario(Scenario scenario, DWORD flags) noexcept {
  tiles_.clear();
  wrapped_.Reset();
  if (scenario != Scenario::Logon || is_switched_off()) return E_NOTIMPL;
  ComPtr<ICredentialProvider> found;
  const HRESULT done = at_edge(E_NOTIMPL, [&] {
    const HRESULT made = CoCreateInstance(kPasswordProvider, nullptr, CLSCTX_INPROC_SERVER,
                                          __uuidof(ICredentialProvider), &found);
    return FAILED(made) || !found ? E_NOTIMPL : found->SetUsageScenario(scenario, flags);
  });
  if (SUCCEEDED(done)) wrapped_ = found;
  return done;
}

HRESULT CredentialProvider::GetCredentialAt(DWORD index,
                                            ICredentialProviderCredential** out) noexcept {
  if (!out) return E_POINTER;
  *out = nullptr;
  ComPtr<ICredentialProviderCredential> tile;
  const HRESULT got = asked([&](auto& provider) { return provider.GetCredentialAt(index, &tile); });
  if (FAILED(got) || !tile) return got;
  ComPtr<GatedTile> ours;
  const HRESULT wrapped = at_edge(E_OUTOFMEMORY, [&] {
    ours = gated(index, tile);
    return S_OK;
  });
  *out = SUCCEEDED(wrapped) ? ours.Detach() : tile.Detach();
  return S_OK;
}

ComPtr<GatedTile> CredentialProvider::gated(DWORD index,
                                            const ComPtr<ICredentialProviderCredential>& tile) {
  ComPtr<GatedTile>& kept = tiles_[index];
  if (!kept || !kept->wraps(tile.Get())) kept = made<GatedTile>(tile);
  return kept;
}

HRESULT CredentialProvider::SetSerialization(const Serialization* logon) noexcept {
  return asked([&](auto& provider) { return provider.SetSerialization(logon); });
}
HRESULT CredentialProvider::Advise(ICredentialProviderEvents* events, UINT_PTR context) noexcept {
  return asked([&](auto& provider) { return provider.Advise(events, context); });
}
HRESULT CredentialProvider::UnAdvise() noexcept {
  return asked([](auto& provider) { return provider.UnAdvise(); });
}
HRESULT CredentialProvider::GetFieldDescriptorCount(DWORD* count) noexcept {
  return asked([&](auto& provider) { return provider.GetFieldDescriptorCount(count); });
}
HRESULT CredentialProvider::GetFieldDescriptorAt(DWORD index, FieldDescriptor** field) noexcept {
  return asked([&](auto& provider) { return provider.GetFieldDescriptorAt(index, field); });
}
HRESULT CredentialProvider::GetCredentialCount(DWORD* count, DWORD* first, BOOL* at_once) noexcept {
  return asked([&](auto& provider) { return provider.GetCredentialCount(count, first, at_once); });
}

// A provider of the first version knows no users: its tiles stand under "Other user".
HRESULT CredentialProvider::SetUserArray(ICredentialProviderUserArray* users) noexcept {
  return asked([&](auto& provider) {
    ComPtr<ICredentialProviderSetUserArray> takes;
    const HRESULT found =
        provider.QueryInterface(__uuidof(ICredentialProviderSetUserArray), &takes);
    return FAILED(found) || !takes ? S_OK : takes->SetUserArray(users);
  });
}

}  // namespace assent::provider
