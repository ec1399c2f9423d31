#include "winlogon-shim/logon_buffer/logon_buffer.h"

#include <cstdint>
#include <string_view>

namespace assent::provider {
namespace {

// KERB_INTERACTIVE_LOGON: a kind, then three UNICODE_STRINGs whose pointers are offsets from the
// beginning. Then comes the LogonId of KERB_INTERACTIVE_UNLOCK_LOGON, which is not read.
constexpr std::size_t kKind = 0, kDomain = 8, kLogin = 24, kPassword = 40, kHeader = kPassword + 16;
constexpr std::size_t kBuffer = 8;      // in a UNICODE_STRING, after its length and its room
constexpr std::size_t kLongest = 2048;  // bytes of a name: Windows ends at 1024 characters

enum Kind : std::uint32_t { InteractiveLogon = 2, WorkstationUnlockLogon = 7 };

std::uint64_t number_at(Bytes bytes, std::size_t at, std::size_t size) {
  std::uint64_t number = 0;
  for (std::size_t i = size; i > 0; --i)
    number = number << 8 | std::to_integer<std::uint64_t>(bytes[at + i - 1]);
  return number;
}

void append_utf8(std::string& out, char32_t c) {
  const auto put = [&](char32_t byte) { out += char(static_cast<unsigned char>(byte)); };
  if (c < 0x80) return put(c);
  if (c < 0x800) {
    put(0xC0 | c >> 6);
  } else {
    if (c < 0x10000) {
      put(0xE0 | c >> 12);
    } else {
      put(0xF0 | c >> 18);
      put(0x80 | (c >> 12 & 0x3F));
    }
    put(0x80 | (c >> 6 & 0x3F));
  }
  put(0x80 | (c & 0x3F));
}

constexpr bool leads(char32_t unit) {
  return unit >= 0xD800 && unit < 0xDC00;
}
constexpr bool follows(char32_t unit) {
  return unit >= 0xDC00 && unit < 0xE000;
}

// `units` has an even size.
std::string utf8_of(Bytes units) {
  const auto unit = [&](std::size_t at) {
    return at < units.size() ? char32_t(number_at(units, at, 2)) : 0;
  };
  std::string out;
  for (std::size_t at = 0; at < units.size(); at += 2) {
    const char32_t first = unit(at), second = unit(at + 2);
    if (leads(first) && follows(second)) {
      append_utf8(out, 0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00));
      at += 2;
    } else {
      append_utf8(out, leads(first) || follows(first) ? 0xFFFD : first);
    }
  }
  return out;
}

// Of the UNICODE_STRING at `at`. Where it is empty, its offset means nothing.
Result<std::string> name_at(Bytes buffer, std::size_t at) {
  const std::uint64_t length = number_at(buffer, at, 2), from = number_at(buffer, at + kBuffer, 8);
  if (length == 0) return std::string();
  if (length % 2 || length > kLongest) return fail(Code::Invalid, "a name of an impossible length");
  if (from < kHeader || from > buffer.size() || length > buffer.size() - from)
    return fail(Code::Invalid, "a name outside of the buffer");
  return utf8_of(buffer.subspan(from, length));
}

}  // namespace

Result<LogonBuffer> parse_logon_buffer(Bytes buffer) {
  if (buffer.size() < kHeader) return fail(Code::Invalid, "too short for a logon");
  const std::uint64_t kind = number_at(buffer, kKind, 4);
  if (kind != InteractiveLogon && kind != WorkstationUnlockLogon)
    return fail(Code::Invalid, "no logon by password");
  LogonBuffer read{.unlocks = kind == WorkstationUnlockLogon, .domain = {}, .login = {}};
  ASSENT_TRY(read.domain, name_at(buffer, kDomain));
  ASSENT_TRY(read.login, name_at(buffer, kLogin));
  if (read.login.empty()) return fail(Code::Invalid, "a logon of nobody");
  return read;
}

}  // namespace assent::provider
