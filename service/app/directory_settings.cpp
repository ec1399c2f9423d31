#include "service/app/directory_settings.h"

#include <arpa/inet.h>

namespace assent {
namespace {

constexpr std::size_t kUrlMax = 255;

bool is_loopback_literal(const std::string& host) {
  in_addr v4{};
  if (inet_pton(AF_INET, host.c_str(), &v4) == 1) return (ntohl(v4.s_addr) >> 24) == 127;
  in6_addr v6{};
  return inet_pton(AF_INET6, host.c_str(), &v6) == 1 && IN6_IS_ADDR_LOOPBACK(&v6);
}

bool is_port(std::string_view text) {
  unsigned port = 0;
  for (const char c : text) {
    if (c < '0' || c > '9' || text.size() > 5) return false;
    port = port * 10 + unsigned(c - '0');
  }
  return port >= 1 && port <= 65535;
}

bool is_host(std::string_view text, bool in_brackets) {
  if (text.empty()) return false;
  for (const char c : text) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (!letter && c != '.' && c != (in_brackets ? ':' : '-')) return false;
  }
  return true;
}

// "host", "host:636" or "[::1]:636" into its host; nothing if it is none of them.
std::string host_of(std::string_view place) {
  const bool bracket = place.starts_with('[');
  const std::size_t end = bracket ? place.find(']') : place.find(':');
  const std::string_view host = place.substr(bracket ? 1 : 0, bracket ? end - 1 : end);
  std::string_view rest = end == place.npos ? "" : place.substr(bracket ? end + 1 : end);
  if ((bracket && end == place.npos) || !is_host(host, bracket)) return "";
  if (!rest.empty() && (rest.front() != ':' || !is_port(rest.substr(1)))) return "";
  return std::string(host);
}

}  // namespace

Result<DirectoryUrl> parse_directory_url(const std::string& text) {
  constexpr std::string_view kTls = "ldaps://", kStartTls = "ldap://";
  DirectoryUrl out{text, "", text.starts_with(kTls), false};
  if (text.size() <= kUrlMax && (out.is_ldaps || text.starts_with(kStartTls)))
    out.host =
        host_of(std::string_view(text).substr(out.is_ldaps ? kTls.size() : kStartTls.size()));
  if (out.host.empty())
    return fail(Code::Invalid, "\"" + text +
                                   "\" must be ldaps://HOST or ldap://HOST, with :PORT if it is "
                                   "not 636 or 389, and nothing after it");
  out.is_loopback = is_loopback_literal(out.host);
  return out;
}

}  // namespace assent
