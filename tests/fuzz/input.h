#pragma once
// What every fuzz target needs: its input as text, and a way to say that a promise was broken.

#include <cstdint>
#include <cstdlib>
#include <string_view>

namespace assent::fuzz {

inline std::string_view text_of(const std::uint8_t* data, std::size_t size) {
  return {reinterpret_cast<const char*>(data), size};
}

// Stops with a crash, which the fuzzer keeps, unless the promise held.
inline void expect(bool held) {
  if (!held) std::abort();
}

}  // namespace assent::fuzz

#define ASSENT_FUZZ(text)                                                             \
  static void fuzz_one(std::string_view text);                                        \
  extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) { \
    fuzz_one(assent::fuzz::text_of(data, size));                                      \
    return 0;                                                                         \
  }                                                                                   \
  static void fuzz_one(std::string_view text)
