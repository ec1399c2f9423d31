#pragma once
// The parts of LogonUI that a credential provider is given: the events of a tile, and the users.
// Each writes down what it is told.

#include <string>
#include <vector>

#include "winlogon-shim/provider/abi.h"
#include "winlogon-shim/provider/counted.h"
#include "winlogon-shim/system/utf16.h"

namespace assent::test {

using namespace assent::provider;

class TileEvents final : public Counted<ICredentialProviderCredentialEvents2> {
 public:
  TileEvents(HWND owner, bool second_version) : owner_(owner), second_version_(second_version) {}

  const Tile* tile = nullptr;      // the one that everything should be about
  std::vector<std::string> heard;  // with " of another" where it is not

  HRESULT STDMETHODCALLTYPE SetFieldState(Tile* of, DWORD id, FieldState state) override {
    return hear("state", of, id, long(state));
  }
  HRESULT STDMETHODCALLTYPE SetFieldInteractiveState(Tile* of, DWORD id,
                                                     FieldInteraction state) override {
    return hear("interaction", of, id, long(state));
  }
  HRESULT STDMETHODCALLTYPE SetFieldString(Tile* of, DWORD id, LPCWSTR text) override {
    return hear("string " + windows::to_utf8(text), of, id, 0);
  }
  HRESULT STDMETHODCALLTYPE SetFieldCheckbox(Tile* of, DWORD id, BOOL on, LPCWSTR text) override {
    return hear("checkbox " + windows::to_utf8(text), of, id, on);
  }
  HRESULT STDMETHODCALLTYPE SetFieldBitmap(Tile* of, DWORD id, HBITMAP bitmap) override {
    return hear("bitmap", of, id, long(reinterpret_cast<std::intptr_t>(bitmap)));
  }
  HRESULT STDMETHODCALLTYPE SetFieldComboBoxSelectedItem(Tile* of, DWORD id, DWORD item) override {
    return hear("selected", of, id, long(item));
  }
  HRESULT STDMETHODCALLTYPE DeleteFieldComboBoxItem(Tile* of, DWORD id, DWORD item) override {
    return hear("deleted", of, id, long(item));
  }
  HRESULT STDMETHODCALLTYPE AppendFieldComboBoxItem(Tile* of, DWORD id, LPCWSTR text) override {
    return hear("appended " + windows::to_utf8(text), of, id, 0);
  }
  HRESULT STDMETHODCALLTYPE SetFieldSubmitButton(Tile* of, DWORD id, DWORD beside) override {
    return hear("submit", of, id, long(beside));
  }
  HRESULT STDMETHODCALLTYPE OnCreatingWindow(HWND* owner) override {
    *owner = owner_;
    return S_OK;
  }
  HRESULT STDMETHODCALLTYPE BeginFieldUpdates() override { return hear("begin", tile, 0, 0); }
  HRESULT STDMETHODCALLTYPE EndFieldUpdates() override { return hear("end", tile, 0, 0); }
  HRESULT STDMETHODCALLTYPE SetFieldOptions(Tile* of, DWORD id, FieldOptions options) override {
    return hear("options", of, id, long(options));
  }

 private:
  HRESULT hear(const std::string& what, const Tile* of, DWORD id, long value) {
    heard.push_back(what + " " + std::to_string(id) + " " + std::to_string(value) +
                    (of == tile ? "" : " of another"));
    return S_OK;
  }
  void* find(REFIID iid) noexcept override {
    const bool known = iid == __uuidof(IUnknown) ||
                       iid == __uuidof(ICredentialProviderCredentialEvents) ||
                       (second_version_ && iid == __uuidof(ICredentialProviderCredentialEvents2));
    return known ? static_cast<ICredentialProviderCredentialEvents2*>(this) : nullptr;
  }

  const HWND owner_;
  const bool second_version_;
};

class ProviderEvents final : public Counted<ICredentialProviderEvents> {
 public:
  UINT_PTR context = 0;
  HRESULT STDMETHODCALLTYPE CredentialsChanged(UINT_PTR given) override {
    context = given;
    return S_OK;
  }

 private:
  void* find(REFIID iid) noexcept override {
    const bool known = iid == __uuidof(IUnknown) || iid == __uuidof(ICredentialProviderEvents);
    return known ? this : nullptr;
  }
};

class Users final : public Counted<ICredentialProviderUserArray> {
 public:
  static constexpr DWORD kCount = 4;
  HRESULT STDMETHODCALLTYPE SetProviderFilter(REFGUID) override { return S_OK; }
  HRESULT STDMETHODCALLTYPE GetAccountOptions(AccountOptions* options) override {
    *options = AccountOptions::None;
    return S_OK;
  }
  HRESULT STDMETHODCALLTYPE GetCount(DWORD* count) override {
    *count = kCount;
    return S_OK;
  }
  HRESULT STDMETHODCALLTYPE GetAt(DWORD, ICredentialProviderUser**) override { return E_NOTIMPL; }

 private:
  void* find(REFIID iid) noexcept override {
    const bool known = iid == __uuidof(IUnknown) || iid == __uuidof(ICredentialProviderUserArray);
    return known ? this : nullptr;
  }
};

}  // namespace assent::test
