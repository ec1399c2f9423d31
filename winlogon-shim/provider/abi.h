#pragma once
// The binary interface between LogonUI and credential providers, as Windows documents it in
// credentialprovider.h, which Debian's mingw has not. Interfaces and methods have Windows' names
// and order; a wrong order would call another method. tests/unit/provider/abi_test.cpp pins each
// slot.

#include <unknwn.h>
#include <windows.h>

namespace assent::provider {

enum class Scenario : int {  // CPUS_
  Invalid,
  Logon,
  UnlockWorkstation,
  ChangePassword,
  CredUi,
  Plap,
};
enum class FieldType : int {  // CPFT_
  Invalid,
  LargeText,
  SmallText,
  CommandLink,
  EditText,
  PasswordText,
  TileImage,
  Checkbox,
  ComboBox,
  SubmitButton,
};
enum class FieldState : int { Hidden, InSelectedTile, InDeselectedTile, InBoth };    // CPFS_
enum class FieldInteraction : int { None, ReadOnly, Disabled, Focused };             // CPFIS_
enum class FieldOptions : int { None = 0, PasswordReveal = 1, IsEmailAddress = 2 };  // CPCFO_
enum class StatusIcon : int { None, Error, Warning, Success };                       // CPSI_
enum class AccountOptions : int { None, EmptyLocal, EmptyConnected };                // CPAO_
enum class Response : int {                                                          // CPGSR_
  NoCredentialNotFinished,
  NoCredentialFinished,
  ReturnCredentialFinished,
  ReturnNoCredentialFinished,
};
using NtStatus = LONG;

struct FieldDescriptor {  // CREDENTIAL_PROVIDER_FIELD_DESCRIPTOR
  DWORD id;
  FieldType type;
  LPWSTR label;
  GUID kind;
};
// CREDENTIAL_PROVIDER_CREDENTIAL_SERIALIZATION; `bytes` is freed by CoTaskMemFree.
struct Serialization {
  ULONG package;
  GUID provider;
  ULONG size;
  BYTE* bytes;
};

struct ICredentialProviderCredential;
struct ICredentialProviderUser;

// What a tile tells LogonUI.
struct ICredentialProviderCredentialEvents : IUnknown {
  using Tile = ICredentialProviderCredential;
  virtual HRESULT STDMETHODCALLTYPE SetFieldState(Tile*, DWORD, FieldState) = 0;
  virtual HRESULT STDMETHODCALLTYPE SetFieldInteractiveState(Tile*, DWORD, FieldInteraction) = 0;
  virtual HRESULT STDMETHODCALLTYPE SetFieldString(Tile*, DWORD, LPCWSTR) = 0;
  virtual HRESULT STDMETHODCALLTYPE SetFieldCheckbox(Tile*, DWORD, BOOL, LPCWSTR) = 0;
  virtual HRESULT STDMETHODCALLTYPE SetFieldBitmap(Tile*, DWORD, HBITMAP) = 0;
  virtual HRESULT STDMETHODCALLTYPE SetFieldComboBoxSelectedItem(Tile*, DWORD, DWORD) = 0;
  virtual HRESULT STDMETHODCALLTYPE DeleteFieldComboBoxItem(Tile*, DWORD, DWORD) = 0;
  virtual HRESULT STDMETHODCALLTYPE AppendFieldComboBoxItem(Tile*, DWORD, LPCWSTR) = 0;
  virtual HRESULT STDMETHODCALLTYPE SetFieldSubmitButton(Tile*, DWORD, DWORD) = 0;
  virtual HRESULT STDMETHODCALLTYPE OnCreatingWindow(HWND*) = 0;
};
struct ICredentialProviderCredentialEvents2 : ICredentialProviderCredentialEvents {
  virtual HRESULT STDMETHODCALLTYPE BeginFieldUpdates() = 0;
  virtual HRESULT STDMETHODCALLTYPE EndFieldUpdates() = 0;
  virtual HRESULT STDMETHODCALLTYPE SetFieldOptions(Tile*, DWORD, FieldOptions) = 0;
};

// A tile.
struct ICredentialProviderCredential : IUnknown {
  virtual HRESULT STDMETHODCALLTYPE Advise(ICredentialProviderCredentialEvents*) = 0;
  virtual HRESULT STDMETHODCALLTYPE UnAdvise() = 0;
  virtual HRESULT STDMETHODCALLTYPE SetSelected(BOOL*) = 0;
  virtual HRESULT STDMETHODCALLTYPE SetDeselected() = 0;
  virtual HRESULT STDMETHODCALLTYPE GetFieldState(DWORD, FieldState*, FieldInteraction*) = 0;
  virtual HRESULT STDMETHODCALLTYPE GetStringValue(DWORD, LPWSTR*) = 0;
  virtual HRESULT STDMETHODCALLTYPE GetBitmapValue(DWORD, HBITMAP*) = 0;
  virtual HRESULT STDMETHODCALLTYPE GetCheckboxValue(DWORD, BOOL*, LPWSTR*) = 0;
  virtual HRESULT STDMETHODCALLTYPE GetSubmitButtonValue(DWORD, DWORD*) = 0;
  virtual HRESULT STDMETHODCALLTYPE GetComboBoxValueCount(DWORD, DWORD*, DWORD*) = 0;
  virtual HRESULT STDMETHODCALLTYPE GetComboBoxValueAt(DWORD, DWORD, LPWSTR*) = 0;
  virtual HRESULT STDMETHODCALLTYPE SetStringValue(DWORD, LPCWSTR) = 0;
  virtual HRESULT STDMETHODCALLTYPE SetCheckboxValue(DWORD, BOOL) = 0;
  virtual HRESULT STDMETHODCALLTYPE SetComboBoxSelectedValue(DWORD, DWORD) = 0;
  virtual HRESULT STDMETHODCALLTYPE CommandLinkClicked(DWORD) = 0;
  virtual HRESULT STDMETHODCALLTYPE GetSerialization(Response*, Serialization*, LPWSTR*,
                                                     StatusIcon*) = 0;
  virtual HRESULT STDMETHODCALLTYPE ReportResult(NtStatus, NtStatus, LPWSTR*, StatusIcon*) = 0;
};
struct ICredentialProviderCredential2 : ICredentialProviderCredential {
  virtual HRESULT STDMETHODCALLTYPE GetUserSid(LPWSTR*) = 0;
};
struct ICredentialProviderCredentialWithFieldOptions : IUnknown {
  virtual HRESULT STDMETHODCALLTYPE GetFieldOptions(DWORD, FieldOptions*) = 0;
};

struct ICredentialProviderEvents : IUnknown {
  virtual HRESULT STDMETHODCALLTYPE CredentialsChanged(UINT_PTR) = 0;
};
struct ICredentialProvider : IUnknown {
  virtual HRESULT STDMETHODCALLTYPE SetUsageScenario(Scenario, DWORD) = 0;
  virtual HRESULT STDMETHODCALLTYPE SetSerialization(const Serialization*) = 0;
  virtual HRESULT STDMETHODCALLTYPE Advise(ICredentialProviderEvents*, UINT_PTR) = 0;
  virtual HRESULT STDMETHODCALLTYPE UnAdvise() = 0;
  virtual HRESULT STDMETHODCALLTYPE GetFieldDescriptorCount(DWORD*) = 0;
  virtual HRESULT STDMETHODCALLTYPE GetFieldDescriptorAt(DWORD, FieldDescriptor**) = 0;
  virtual HRESULT STDMETHODCALLTYPE GetCredentialCount(DWORD*, DWORD*, BOOL*) = 0;
  virtual HRESULT STDMETHODCALLTYPE GetCredentialAt(DWORD, ICredentialProviderCredential**) = 0;
};
struct ICredentialProviderUserArray : IUnknown {
  virtual HRESULT STDMETHODCALLTYPE SetProviderFilter(REFGUID) = 0;
  virtual HRESULT STDMETHODCALLTYPE GetAccountOptions(AccountOptions*) = 0;
  virtual HRESULT STDMETHODCALLTYPE GetCount(DWORD*) = 0;
  virtual HRESULT STDMETHODCALLTYPE GetAt(DWORD, ICredentialProviderUser**) = 0;
};
struct ICredentialProviderSetUserArray : IUnknown {
  virtual HRESULT STDMETHODCALLTYPE SetUserArray(ICredentialProviderUserArray*) = 0;
};

// CLSID_PasswordCredentialProvider: Windows' own tiles for passwords.
inline constexpr GUID kPasswordProvider = {
    0x60b78e88, 0xead8, 0x445c, {0x9c, 0xfd, 0x0b, 0x87, 0xf7, 0x4e, 0xa6, 0xcd}};

}  // namespace assent::provider

// What __uuidof gives.
#define ASSENT_IID(name, ...) __CRT_UUID_DECL(assent::provider::name, __VA_ARGS__)
ASSENT_IID(ICredentialProvider, 0xd27c3481, 0x5a1c, 0x45b2, 0x8a, 0xaa, 0xc2, 0x0e, 0xbb, 0xe8,
           0x22, 0x9e)
ASSENT_IID(ICredentialProviderEvents, 0x34201e5a, 0xa787, 0x41a3, 0xa5, 0xa4, 0xbd, 0x6d, 0xcf,
           0x2a, 0x85, 0x4e)
ASSENT_IID(ICredentialProviderSetUserArray, 0x095c1484, 0x1c0c, 0x4388, 0x9c, 0x6d, 0x50, 0x0e,
           0x61, 0xbf, 0x84, 0xbd)
ASSENT_IID(ICredentialProviderUserArray, 0x90c119ae, 0x0f18, 0x4520, 0xa1, 0xf1, 0x11, 0x43, 0x66,
           0xa4, 0x0f, 0xe8)
ASSENT_IID(ICredentialProviderCredential, 0x63913a93, 0x40c1, 0x481a, 0x81, 0x8d, 0x40, 0x72, 0xff,
           0x8c, 0x70, 0xcc)
ASSENT_IID(ICredentialProviderCredential2, 0xfd672c54, 0x40ea, 0x4d6e, 0x9b, 0x49, 0xcf, 0xb1, 0xa7,
           0x50, 0x7b, 0xd7)
ASSENT_IID(ICredentialProviderCredentialWithFieldOptions, 0xdbc6fb30, 0xc843, 0x49e3, 0xa6, 0x45,
           0x57, 0x3e, 0x6f, 0x39, 0x44, 0x6a)
ASSENT_IID(ICredentialProviderCredentialEvents, 0xfa6fa76b, 0x66b7, 0x4b11, 0x95, 0xf1, 0x86, 0x17,
           0x11, 0x18, 0xe8, 0x16)
ASSENT_IID(ICredentialProviderCredentialEvents2, 0xb53c00b6, 0x9922, 0x4b78, 0xb1, 0xf4, 0xdd, 0xfe,
           0x77, 0x4d, 0xc3, 0x9b)
#undef ASSENT_IID
