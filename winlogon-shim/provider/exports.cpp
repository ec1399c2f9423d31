// The DLL's four exports (provider.def), and the factory behind them.

#include "winlogon-shim/provider/credential_provider.h"
#include "winlogon-shim/provider/edge.h"
#include "winlogon-shim/provider/registration.h"

namespace assent::provider {
namespace {

class Factory final : public Counted<IClassFactory> {
 public:
  HRESULT STDMETHODCALLTYPE CreateInstance(IUnknown* outer, REFIID iid,
                                           void** out) noexcept override {
    if (!out) return E_POINTER;
    *out = nullptr;
    if (outer) return CLASS_E_NOAGGREGATION;
    return at_edge(E_OUTOFMEMORY,
                   [&] { return made<CredentialProvider>()->QueryInterface(iid, out); });
  }
  HRESULT STDMETHODCALLTYPE LockServer(BOOL lock) noexcept override {
    alive += lock ? 1 : -1;
    return S_OK;
  }

 private:
  void* find(REFIID iid) noexcept override {
    const bool known = iid == __uuidof(IUnknown) || iid == __uuidof(IClassFactory);
    return known ? static_cast<IClassFactory*>(this) : nullptr;
  }
};

}  // namespace
}  // namespace assent::provider

using namespace assent::provider;

STDAPI DllGetClassObject(REFCLSID clsid, REFIID iid, LPVOID* out) {
  if (!out) return E_POINTER;
  *out = nullptr;
  if (clsid != kAssentProvider) return CLASS_E_CLASSNOTAVAILABLE;
  return at_edge(E_OUTOFMEMORY, [&] { return made<Factory>()->QueryInterface(iid, out); });
}

STDAPI DllCanUnloadNow() {
  return alive == 0 ? S_OK : S_FALSE;
}

STDAPI DllRegisterServer() {
  return at_edge(E_OUTOFMEMORY, [] { return register_provider(); });
}

STDAPI DllUnregisterServer() {
  return at_edge(E_OUTOFMEMORY, [] { return unregister_provider(); });
}
