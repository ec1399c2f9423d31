#pragma once
// What every COM object does the same: counting its references, being asked for its interfaces, and
// keeping the DLL in memory while it lives.

#include <unknwn.h>
#include <wrl/client.h>

#include <atomic>
#include <utility>

namespace assent::provider {

using Microsoft::WRL::ComPtr;

// Objects that live, and locks by LockServer.
inline std::atomic<long> alive = 0;

template <class... Interfaces>
class Counted : public Interfaces... {
 public:
  Counted() noexcept { ++alive; }
  Counted(const Counted&) = delete;
  Counted& operator=(const Counted&) = delete;

  ULONG STDMETHODCALLTYPE AddRef() noexcept final { return ++references_; }
  ULONG STDMETHODCALLTYPE Release() noexcept final {
    const ULONG left = --references_;
    if (left == 0) delete this;
    return left;
  }
  HRESULT STDMETHODCALLTYPE QueryInterface(REFIID iid, void** out) noexcept final {
    if (!out) return E_POINTER;
    *out = find(iid);
    if (!*out) return E_NOINTERFACE;
    AddRef();
    return S_OK;
  }

 protected:
  virtual ~Counted() { --alive; }
  // The interface called `iid`, with no reference of its own; null for one that there is not.
  virtual void* find(REFIID iid) noexcept = 0;

 private:
  std::atomic<ULONG> references_ = 0;
};

// With the first reference, which no object has of its own. Throws when there is no memory.
template <class T, class... Arguments>
ComPtr<T> made(Arguments&&... arguments) {
  return ComPtr<T>(new T(std::forward<Arguments>(arguments)...));
}

}  // namespace assent::provider
