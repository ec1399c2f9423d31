// In the place of Windows' own password provider: fields for a domain, a login and a password,
// packed as Windows packs them. Does as inner_do() says, and tells by inner_heard() what it was
// asked.
//   reset | kind N | nothing | garbage | refuse | first version | keep events
//   new tile                       instead of the one that there was
//   say                            its tile says something of itself to LogonUI
#include <windows.h>
// after windows.h
#include <ntsecapi.h>

#include <cstring>
#include <string>

#include "winlogon-shim/provider/abi.h"
#include "winlogon-shim/provider/counted.h"
#include "winlogon-shim/system/utf16.h"

namespace assent::provider {
namespace {

struct Orders {
  ULONG kind = KerbInteractiveLogon;
  bool nothing = false, garbage = false, refuse = false, first_version = false;
  bool keep_events = false, new_tile = false;
  int tiles = 0;
};
Orders orders;
std::string heard;
class InnerTile;
InnerTile* current = nullptr;

HRESULT hear(const std::string& what) {
  heard += what + "\n";
  return S_OK;
}
std::string number(long long value) {
  return std::to_string(value);
}

LPWSTR copied(std::wstring_view text) {
  const auto copy = static_cast<LPWSTR>(CoTaskMemAlloc((text.size() + 1) * sizeof(wchar_t)));
  if (!copy) return nullptr;
  std::memcpy(copy, text.data(), text.size() * sizeof(wchar_t));
  copy[text.size()] = L'\0';
  return copy;
}
HRESULT give(LPWSTR* out, std::wstring_view text) {
  *out = copied(text);
  return S_OK;
}

// Offsets in place of pointers, as CredPackAuthenticationBuffer makes them: wine has none.
Serialization packed(const std::wstring (&texts)[3]) {
  std::size_t size = sizeof(KERB_INTERACTIVE_UNLOCK_LOGON);
  for (const auto& text : texts) size += text.size() * sizeof(wchar_t);
  const auto bytes = static_cast<BYTE*>(CoTaskMemAlloc(size));
  KERB_INTERACTIVE_UNLOCK_LOGON logon = {};
  logon.Logon.MessageType = KERB_LOGON_SUBMIT_TYPE(orders.kind);
  UNICODE_STRING* const into[3] = {&logon.Logon.LogonDomainName, &logon.Logon.UserName,
                                   &logon.Logon.Password};
  std::size_t at = sizeof logon;
  for (int i = 0; i < 3; ++i) {
    const std::size_t length = texts[i].size() * sizeof(wchar_t);
    into[i]->Length = into[i]->MaximumLength = USHORT(length);
    into[i]->Buffer = reinterpret_cast<PWSTR>(orders.garbage ? ~std::size_t(0) : at);
    std::memcpy(bytes + at, texts[i].data(), length);
    at += length;
  }
  std::memcpy(bytes, &logon, sizeof logon);
  return {7, kPasswordProvider, ULONG(size), bytes};
}

class InnerTile final : public Counted<ICredentialProviderCredential2,
                                       ICredentialProviderCredentialWithFieldOptions> {
 public:
  InnerTile() : number_(++orders.tiles) { current = this; }

  // To LogonUI, of itself.
  void say() {
    events_->SetFieldState(this, 1, FieldState::InBoth);
    events_->SetFieldInteractiveState(this, 1, FieldInteraction::Focused);
    events_->SetFieldString(this, 1, L"said");
    events_->SetFieldCheckbox(this, 1, TRUE, L"label");
    events_->SetFieldBitmap(this, 1, HBITMAP(5));
    events_->SetFieldComboBoxSelectedItem(this, 1, 2);
    events_->DeleteFieldComboBoxItem(this, 1, 3);
    events_->AppendFieldComboBoxItem(this, 1, L"item");
    events_->SetFieldSubmitButton(this, 1, 4);
    ComPtr<ICredentialProviderCredentialEvents2> more;
    if (FAILED(events_.As(&more))) return;
    hear("events of the second version");
    more->BeginFieldUpdates();
    more->SetFieldOptions(this, 1, FieldOptions::PasswordReveal);
    more->EndFieldUpdates();
  }

  HRESULT STDMETHODCALLTYPE Advise(ICredentialProviderCredentialEvents* events) override {
    events_ = events;
    return hear("tile advised");
  }
  HRESULT STDMETHODCALLTYPE UnAdvise() override {
    if (!orders.keep_events) events_.Reset();
    return hear("tile unadvised");
  }
  HRESULT STDMETHODCALLTYPE SetSelected(BOOL* at_once) override {
    *at_once = TRUE;
    return hear("selected");
  }
  HRESULT STDMETHODCALLTYPE SetDeselected() override { return hear("deselected"); }
  HRESULT STDMETHODCALLTYPE GetFieldState(DWORD id, FieldState* state,
                                          FieldInteraction* more) override {
    *state = FieldState::InSelectedTile;
    *more = FieldInteraction::ReadOnly;
    return hear("state " + number(id));
  }
  HRESULT STDMETHODCALLTYPE GetStringValue(DWORD id, LPWSTR* text) override {
    hear("string " + number(id));
    return give(text, texts_[id % 3]);
  }
  HRESULT STDMETHODCALLTYPE GetBitmapValue(DWORD id, HBITMAP* bitmap) override {
    *bitmap = HBITMAP(6);
    return hear("bitmap " + number(id));
  }
  HRESULT STDMETHODCALLTYPE GetCheckboxValue(DWORD id, BOOL* checked, LPWSTR* label) override {
    *checked = TRUE;
    hear("checkbox " + number(id));
    return give(label, L"box");
  }
  HRESULT STDMETHODCALLTYPE GetSubmitButtonValue(DWORD id, DWORD* beside) override {
    *beside = 7;
    return hear("submit " + number(id));
  }
  HRESULT STDMETHODCALLTYPE GetComboBoxValueCount(DWORD id, DWORD* count, DWORD* item) override {
    *count = 8, *item = 9;
    return hear("combo " + number(id));
  }
  HRESULT STDMETHODCALLTYPE GetComboBoxValueAt(DWORD id, DWORD item, LPWSTR* text) override {
    hear("combo " + number(id) + " at " + number(item));
    return give(text, L"choice");
  }
  HRESULT STDMETHODCALLTYPE SetStringValue(DWORD id, LPCWSTR text) override {
    texts_[id % 3] = text;
    return hear("typed " + number(id));
  }
  HRESULT STDMETHODCALLTYPE SetCheckboxValue(DWORD id, BOOL checked) override {
    return hear("check " + number(id) + " " + number(checked));
  }
  HRESULT STDMETHODCALLTYPE SetComboBoxSelectedValue(DWORD id, DWORD item) override {
    return hear("choose " + number(id) + " " + number(item));
  }
  HRESULT STDMETHODCALLTYPE CommandLinkClicked(DWORD id) override {
    hear("link " + number(id));
    return E_ACCESSDENIED;
  }
  HRESULT STDMETHODCALLTYPE GetSerialization(Response* response, Serialization* logon, LPWSTR* text,
                                             StatusIcon* icon) override {
    hear("packed");
    if (orders.refuse) return E_ACCESSDENIED;
    *icon = StatusIcon::Success;
    give(text, L"by the inner");
    *response = Response::NoCredentialNotFinished;
    if (orders.nothing) return S_OK;
    *logon = packed(texts_);
    *response = Response::ReturnCredentialFinished;
    return S_OK;
  }
  HRESULT STDMETHODCALLTYPE ReportResult(NtStatus status, NtStatus substatus, LPWSTR* text,
                                         StatusIcon* icon) override {
    hear("reported " + number(status) + " " + number(substatus));
    *icon = StatusIcon::Error;
    return give(text, L"reported");
  }
  HRESULT STDMETHODCALLTYPE GetUserSid(LPWSTR* sid) override {
    return give(sid, L"S-1-5-21-1-2-3-100" + std::to_wstring(number_));
  }
  HRESULT STDMETHODCALLTYPE GetFieldOptions(DWORD id, FieldOptions* options) override {
    *options = FieldOptions::IsEmailAddress;
    return hear("options " + number(id));
  }

 private:
  ~InnerTile() override {
    if (current == this) current = nullptr;
    for (auto& text : texts_) SecureZeroMemory(text.data(), text.size() * sizeof(wchar_t));
  }
  void* find(REFIID iid) noexcept override {
    if (iid == __uuidof(IUnknown) || iid == __uuidof(ICredentialProviderCredential) ||
        (iid == __uuidof(ICredentialProviderCredential2) && !orders.first_version))
      return static_cast<ICredentialProviderCredential2*>(this);
    if (iid == __uuidof(ICredentialProviderCredentialWithFieldOptions) && !orders.first_version)
      return static_cast<ICredentialProviderCredentialWithFieldOptions*>(this);
    return nullptr;
  }

  const int number_;
  std::wstring texts_[3];  // domain, login, password
  ComPtr<ICredentialProviderCredentialEvents> events_;
};

class InnerProvider final : public Counted<ICredentialProvider, ICredentialProviderSetUserArray> {
 public:
  HRESULT STDMETHODCALLTYPE SetUsageScenario(Scenario scenario, DWORD flags) override {
    tile_ = made<InnerTile>();
    return hear("usage " + number(int(scenario)) + " " + number(flags));
  }
  HRESULT STDMETHODCALLTYPE SetSerialization(const Serialization* logon) override {
    return hear("given " + number(logon->size));
  }
  HRESULT STDMETHODCALLTYPE Advise(ICredentialProviderEvents* events, UINT_PTR context) override {
    hear("advised");
    return events->CredentialsChanged(context);
  }
  HRESULT STDMETHODCALLTYPE UnAdvise() override { return hear("unadvised"); }
  HRESULT STDMETHODCALLTYPE GetFieldDescriptorCount(DWORD* count) override {
    *count = 3;
    return S_OK;
  }
  HRESULT STDMETHODCALLTYPE GetFieldDescriptorAt(DWORD index, FieldDescriptor** out) override {
    if (index >= 3) return E_INVALIDARG;
    *out = static_cast<FieldDescriptor*>(CoTaskMemAlloc(sizeof(FieldDescriptor)));
    **out = {
        index, index == 2 ? FieldType::PasswordText : FieldType::EditText, copied(L"field"), {}};
    return S_OK;
  }
  HRESULT STDMETHODCALLTYPE GetCredentialCount(DWORD* count, DWORD* first, BOOL* once) override {
    *count = 1, *first = 0, *once = TRUE;
    return S_OK;
  }
  HRESULT STDMETHODCALLTYPE GetCredentialAt(DWORD index,
                                            ICredentialProviderCredential** out) override {
    if (index != 0) return E_INVALIDARG;
    if (std::exchange(orders.new_tile, false)) tile_ = made<InnerTile>();
    return tile_->QueryInterface(__uuidof(ICredentialProviderCredential),
                                 reinterpret_cast<void**>(out));
  }
  HRESULT STDMETHODCALLTYPE SetUserArray(ICredentialProviderUserArray* users) override {
    DWORD count = 0;
    users->GetCount(&count);
    return hear("users " + number(count));
  }

 private:
  void* find(REFIID iid) noexcept override {
    if (iid == __uuidof(IUnknown) || iid == __uuidof(ICredentialProvider))
      return static_cast<ICredentialProvider*>(this);
    if (iid == __uuidof(ICredentialProviderSetUserArray) && !orders.first_version)
      return static_cast<ICredentialProviderSetUserArray*>(this);
    return nullptr;
  }

  ComPtr<InnerTile> tile_;
};

class InnerFactory final : public Counted<IClassFactory> {
 public:
  HRESULT STDMETHODCALLTYPE CreateInstance(IUnknown*, REFIID iid, void** out) override {
    return made<InnerProvider>()->QueryInterface(iid, out);
  }
  HRESULT STDMETHODCALLTYPE LockServer(BOOL) override { return S_OK; }

 private:
  void* find(REFIID iid) noexcept override {
    const bool known = iid == __uuidof(IUnknown) || iid == __uuidof(IClassFactory);
    return known ? static_cast<IClassFactory*>(this) : nullptr;
  }
};

}  // namespace
}  // namespace assent::provider

using namespace assent::provider;

extern "C" void inner_do(const char* order) {
  const std::string what = order;
  if (what == "reset") orders = {}, heard.clear();
  if (what.starts_with("kind ")) orders.kind = ULONG(std::stoul(what.substr(5)));
  if (what == "nothing") orders.nothing = true;
  if (what == "garbage") orders.garbage = true;
  if (what == "refuse") orders.refuse = true;
  if (what == "keep events") orders.keep_events = true;
  if (what == "new tile") orders.new_tile = true;
  if (what == "first version") orders.first_version = true;
  if (what == "say" && current) current->say();
}
extern "C" const char* inner_heard() {
  return heard.c_str();
}
STDAPI DllGetClassObject(REFCLSID, REFIID iid, LPVOID* out) {
  return made<InnerFactory>()->QueryInterface(iid, out);
}
STDAPI DllCanUnloadNow() {
  return alive == 0 ? S_OK : S_FALSE;
}
