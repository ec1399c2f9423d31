#pragma once
// Between the wrapped tile and LogonUI: what the wrapped tile says of itself is said of ours, the
// only one that LogonUI knows.

#include "winlogon-shim/provider/abi.h"
#include "winlogon-shim/provider/counted.h"

namespace assent::provider {

class EventsRelay final : public Counted<ICredentialProviderCredentialEvents2> {
 public:
  // `tile` is not kept alive: it calls end() before it goes. Nothing is relayed after that.
  EventsRelay(ICredentialProviderCredentialEvents& events, ICredentialProviderCredential& tile);
  void end() noexcept;

  HRESULT STDMETHODCALLTYPE SetFieldState(Tile*, DWORD, FieldState) noexcept override;
  HRESULT STDMETHODCALLTYPE SetFieldInteractiveState(Tile*, DWORD,
                                                     FieldInteraction) noexcept override;
  HRESULT STDMETHODCALLTYPE SetFieldString(Tile*, DWORD, LPCWSTR) noexcept override;
  HRESULT STDMETHODCALLTYPE SetFieldCheckbox(Tile*, DWORD, BOOL, LPCWSTR) noexcept override;
  HRESULT STDMETHODCALLTYPE SetFieldBitmap(Tile*, DWORD, HBITMAP) noexcept override;
  HRESULT STDMETHODCALLTYPE SetFieldComboBoxSelectedItem(Tile*, DWORD, DWORD) noexcept override;
  HRESULT STDMETHODCALLTYPE DeleteFieldComboBoxItem(Tile*, DWORD, DWORD) noexcept override;
  HRESULT STDMETHODCALLTYPE AppendFieldComboBoxItem(Tile*, DWORD, LPCWSTR) noexcept override;
  HRESULT STDMETHODCALLTYPE SetFieldSubmitButton(Tile*, DWORD, DWORD) noexcept override;
  HRESULT STDMETHODCALLTYPE OnCreatingWindow(HWND*) noexcept override;
  HRESULT STDMETHODCALLTYPE BeginFieldUpdates() noexcept override;
  HRESULT STDMETHODCALLTYPE EndFieldUpdates() noexcept override;
  HRESULT STDMETHODCALLTYPE SetFieldOptions(Tile*, DWORD, FieldOptions) noexcept override;

 private:
  void* find(REFIID iid) noexcept override;

  ComPtr<ICredentialProviderCredentialEvents> events_;
  ComPtr<ICredentialProviderCredentialEvents2> events2_;  // null where LogonUI has none
  Tile* tile_;
};

}  // namespace assent::provider
