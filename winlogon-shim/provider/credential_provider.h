#pragma once
// Tiles beside Windows' own, never in their place: Windows' password provider, wrapped. For logons
// alone, and not at all where Assent is switched off.
//
// Fail open: when the wrapped provider is missing or refuses, there are no tiles of ours, and those
// of the system are there. When a tile cannot be wrapped, it is given as it is.

#include <map>

#include "winlogon-shim/provider/gated_tile.h"

namespace assent::provider {

class CredentialProvider final
    : public Counted<ICredentialProvider, ICredentialProviderSetUserArray> {
 public:
  // E_NOTIMPL for all but Scenario::Logon, and where Assent is switched off. So does then every
  // other method.
  HRESULT STDMETHODCALLTYPE SetUsageScenario(Scenario, DWORD) noexcept override;
  HRESULT STDMETHODCALLTYPE SetSerialization(const Serialization*) noexcept override;
  HRESULT STDMETHODCALLTYPE Advise(ICredentialProviderEvents*, UINT_PTR) noexcept override;
  HRESULT STDMETHODCALLTYPE UnAdvise() noexcept override;
  HRESULT STDMETHODCALLTYPE GetFieldDescriptorCount(DWORD*) noexcept override;
  HRESULT STDMETHODCALLTYPE GetFieldDescriptorAt(DWORD, FieldDescriptor**) noexcept override;
  HRESULT STDMETHODCALLTYPE GetCredentialCount(DWORD*, DWORD*, BOOL*) noexcept override;
  HRESULT STDMETHODCALLTYPE GetCredentialAt(DWORD,
                                            ICredentialProviderCredential**) noexcept override;
  HRESULT STDMETHODCALLTYPE SetUserArray(ICredentialProviderUserArray*) noexcept override;

 private:
  void* find(REFIID iid) noexcept override;
  template <class Ask>
  HRESULT asked(Ask ask) noexcept;
  ComPtr<GatedTile> gated(DWORD index, const ComPtr<ICredentialProviderCredential>& tile);

  ComPtr<ICredentialProvider> wrapped_;       // null where there is nothing to do
  std::map<DWORD, ComPtr<GatedTile>> tiles_;  // by index: one wrapper for one tile
};

}  // namespace assent::provider
