#pragma once
// Windows' handles, closed once.

#include <memory>
#include <type_traits>

namespace assent::windows {

// Handle<void*, CloseHandle>: whatever is not null is closed.
template <auto Close>
struct Closer {
  template <class T>
  void operator()(T* handle) const {
    static_cast<void>(Close(handle));
  }
};
template <class T, auto Close>
using Handle = std::unique_ptr<std::remove_pointer_t<T>, Closer<Close>>;

}  // namespace assent::windows
