#pragma once
// A tile of Windows' own password provider with a question after it: everything is the wrapped
// tile's, but a logon that it has packed goes to Windows only when the gate lets it.
//
// Fail open: when anything of ours fails, the wrapped tile's logon goes on as it is. Passwords are
// not copied; the packed logon of somebody who is kept out is wiped.

#include "winlogon-shim/provider/abi.h"
#include "winlogon-shim/provider/counted.h"
#include "winlogon-shim/provider/events_relay.h"
#include "winlogon-shim/provider/logon_gate.h"

namespace assent::provider {

class GatedTile final : public Counted<ICredentialProviderCredential2,
                                       ICredentialProviderCredentialWithFieldOptions> {
 public:
  // Throws when there is no memory.
  explicit GatedTile(ComPtr<ICredentialProviderCredential> wrapped);
  bool wraps(const ICredentialProviderCredential* tile) const { return wrapped_.Get() == tile; }

  HRESULT STDMETHODCALLTYPE Advise(ICredentialProviderCredentialEvents*) noexcept override;
  HRESULT STDMETHODCALLTYPE UnAdvise() noexcept override;
  HRESULT STDMETHODCALLTYPE SetSelected(BOOL*) noexcept override;
  HRESULT STDMETHODCALLTYPE SetDeselected() noexcept override;
  HRESULT STDMETHODCALLTYPE GetFieldState(DWORD, FieldState*, FieldInteraction*) noexcept override;
  HRESULT STDMETHODCALLTYPE GetStringValue(DWORD, LPWSTR*) noexcept override;
  HRESULT STDMETHODCALLTYPE GetBitmapValue(DWORD, HBITMAP*) noexcept override;
  HRESULT STDMETHODCALLTYPE GetCheckboxValue(DWORD, BOOL*, LPWSTR*) noexcept override;
  HRESULT STDMETHODCALLTYPE GetSubmitButtonValue(DWORD, DWORD*) noexcept override;
  HRESULT STDMETHODCALLTYPE GetComboBoxValueCount(DWORD, DWORD*, DWORD*) noexcept override;
  HRESULT STDMETHODCALLTYPE GetComboBoxValueAt(DWORD, DWORD, LPWSTR*) noexcept override;
  HRESULT STDMETHODCALLTYPE SetStringValue(DWORD, LPCWSTR) noexcept override;
  HRESULT STDMETHODCALLTYPE SetCheckboxValue(DWORD, BOOL) noexcept override;
  HRESULT STDMETHODCALLTYPE SetComboBoxSelectedValue(DWORD, DWORD) noexcept override;
  HRESULT STDMETHODCALLTYPE CommandLinkClicked(DWORD) noexcept override;
  HRESULT STDMETHODCALLTYPE GetSerialization(Response*, Serialization*, LPWSTR*,
                                             StatusIcon*) noexcept override;
  HRESULT STDMETHODCALLTYPE ReportResult(NtStatus, NtStatus, LPWSTR*,
                                         StatusIcon*) noexcept override;
  HRESULT STDMETHODCALLTYPE GetUserSid(LPWSTR*) noexcept override;
  HRESULT STDMETHODCALLTYPE GetFieldOptions(DWORD, FieldOptions*) noexcept override;

 private:
  ~GatedTile() override;
  void* find(REFIID iid) noexcept override;
  HRESULT judged(Response*, Serialization*, LPWSTR*, StatusIcon*);
  HWND owner_window() const;
  void end_relay() noexcept;

  const ComPtr<ICredentialProviderCredential> wrapped_;
  ComPtr<ICredentialProviderCredential2> wrapped2_;                      // null where there is none
  ComPtr<ICredentialProviderCredentialWithFieldOptions> field_options_;  // likewise
  ComPtr<ICredentialProviderCredentialEvents> events_;                   // between the Advises
  ComPtr<EventsRelay> relay_;
  LogonGate gate_;
};

}  // namespace assent::provider
