#include "core/nt_hash/nt_hash.h"

#include <nettle/md4.h>

namespace assent {

NtHash nt_hash(std::string_view password) {
  md4_ctx state;
  md4_init(&state);
  for (const char each : password) {
    const std::array<std::uint8_t, 2> utf16{std::uint8_t(each), 0};
    md4_update(&state, utf16.size(), utf16.data());
  }
  NtHash out;
  md4_digest(&state, out.size(), reinterpret_cast<std::uint8_t*>(out.data()));
  return out;
}

}  // namespace assent
