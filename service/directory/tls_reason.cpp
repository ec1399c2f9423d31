#include "service/directory/tls_reason.h"

#include <lber.h>
#include <ldap.h>

#include <array>
#include <charconv>
#include <string_view>
#include <utility>

#include "core/base/text.h"

namespace assent::directory {
namespace {

constexpr int kSilent = 0, kTrace = 1;
constexpr std::size_t kReasonMax = 1024;

std::mutex one_at_a_time;
thread_local std::string* listening = nullptr;

void on_log(const char* line) {
  constexpr std::string_view kTls = "TLS: ";
  const std::string_view text = line ? line : "";
  if (!listening || !text.starts_with(kTls) || listening->size() > kReasonMax) return;
  if (!listening->empty()) *listening += "; ";
  *listening += one_line(text.substr(kTls.size(), text.find('\n') - kTls.size()));
}

void set_level(int level) {
  ldap_set_option(nullptr, LDAP_OPT_DEBUG_LEVEL, &level);
  ber_set_option(nullptr, LBER_OPT_DEBUG_LEVEL, &level);
}

// GnuTLS's verdict on a certificate (gnutls_certificate_status_t), most telling first.
struct Flag {
  unsigned bit;
  std::string_view words;
};
constexpr std::array kFlags = std::to_array<Flag>({
    {0x20, "the certificate was revoked"},
    {0x40,
     "the certificate is not from the authority in ca_file: put the certificate of the "
     "authority that issued it there"},
    {0x80, "the certificate in ca_file is no authority's"},
    {0x200, "the certificate is not valid yet: look at the clocks"},
    {0x400, "the certificate has expired: renew it on the server"},
    {0x100, "the certificate is signed with an algorithm that is not safe any more"},
    {0x2, "the certificate cannot be trusted"},
});

// The number of "… untrusted or revoked (0x42)".
unsigned flags_of(std::string_view reason) {
  const std::size_t at = reason.find("(0x");
  unsigned out = 0;
  if (at != reason.npos)
    std::from_chars(reason.data() + at + 3, reason.data() + reason.size(), out, 16);
  return out;
}

}  // namespace

TlsReason::TlsReason() : only_(one_at_a_time) {
  static thread_local std::string kept;
  kept.clear();
  listening = &kept;
  ber_set_option(nullptr, LBER_OPT_LOG_PRINT_FN, reinterpret_cast<const void*>(&on_log));
  set_level(kTrace);
}

// The function stays: another thread may be about to call it, and it says nothing.
TlsReason::~TlsReason() {
  set_level(kSilent);
  listening = nullptr;
}

std::string TlsReason::take() {
  return std::exchange(*listening, "");
}

std::string explained(const std::string& reason) {
  if (reason.find("does not match") != reason.npos)
    return "the certificate is for another host: use the name that stands in it (" + reason + ")";
  const unsigned flags = flags_of(reason);
  if (reason.find("untrusted") != reason.npos)
    for (const Flag& flag : kFlags)
      if ((flags & flag.bit) != 0) return std::string(flag.words) + " (" + reason + ")";
  if (reason.find("unexpected TLS packet") != reason.npos ||
      reason.find("non-properly terminated") != reason.npos ||
      reason.find("illegal or unsupported version") != reason.npos)
    return "the server speaks no TLS on this port: ldaps:// is for port 636, ldap:// for 389 (" +
           reason + ")";
  return reason.empty() ? "" : "TLS says: " + reason;
}

}  // namespace assent::directory
