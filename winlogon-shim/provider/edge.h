#pragma once
// The one place where exceptions end. LogonUI calls through COM, which knows none: an exception
// that came out would end the logon screen for everybody.

#include <windows.h>

namespace assent::provider {

// What `work` returns, or `otherwise` after an exception: no memory, or a bug.
template <class Work>
HRESULT at_edge(HRESULT otherwise, Work&& work) noexcept {
  try {
    return work();
  } catch (...) {
    return otherwise;
  }
}

}  // namespace assent::provider
