#include "service/directory/dn.h"

#include <ldap.h>

#include <algorithm>
#include <memory>

#include "core/base/bytes.h"
#include "core/base/letters.h"
#include "core/base/text.h"

namespace assent::directory {
namespace {

constexpr std::size_t kDnMax = 8 * 1024;

struct FreeDn {
  void operator()(LDAPRDN* dn) const { ldap_dnfree(dn); }
};
using ParsedDn = std::unique_ptr<LDAPRDN, FreeDn>;

ParsedDn parsed(std::string_view text) {
  if (text.size() > kDnMax || !is_utf8(text)) return nullptr;
  std::string ended{text};  // libldap looks at the byte behind the end
  berval bytes{ended.size(), ended.data()};
  LDAPDN dn = nullptr;
  if (ldap_bv2dn(&bytes, &dn, LDAP_DN_FORMAT_LDAPV3) != LDAP_SUCCESS) return nullptr;
  return ParsedDn(dn);
}

std::string_view text_of(const berval& bytes) {
  return {bytes.bv_val, bytes.bv_len};
}

// The parts of "cn=a+uid=b", in one order.
std::string normal(LDAPRDN parts) {
  std::vector<std::string> texts;
  for (LDAPAVA** at = parts; *at; ++at)
    texts.push_back(rdn(lower(text_of((*at)->la_attr)), lower(text_of((*at)->la_value))));
  std::ranges::sort(texts);
  std::string out;
  for (const std::string& text : texts) out += (out.empty() ? "" : "+") + text;
  return out;
}

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// Stands for itself wherever it is.
bool is_plain(char c) {
  return is_letter(c) || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' || c == '@';
}

bool is_plain_part(std::string_view part) {
  const std::size_t equals = part.find('=');
  const std::string_view type = part.substr(0, equals);
  const std::string_view value = equals == part.npos ? "" : part.substr(equals + 1);
  return !type.empty() && !value.empty() && is_plain(value.front()) && is_plain(value.back()) &&
         std::ranges::all_of(type, is_letter) &&
         std::ranges::all_of(value, [](char c) { return c == ' ' || is_plain(c); });
}

// Whether `dn` is of parts like "uid=a.b" alone: then only capitals differ between its spellings.
// So are nearly all, and to parse them costs thirty times as much as to look.
bool is_plain_dn(std::string_view dn) {
  if (dn.size() > kDnMax) return false;
  for (std::size_t at = 0; at <= dn.size();) {
    const std::size_t comma = std::min(dn.find(',', at), dn.size());
    if (!is_plain_part(dn.substr(at, comma - at))) return false;
    at = comma + 1;
  }
  return true;
}

// ou_path() of plain names.
std::vector<std::string> plain_ou_path(std::string_view dn, std::string_view base) {
  const std::size_t below = dn.size() - std::min(dn.size(), base.size() + 1);
  if (below == 0 || dn[below] != ',' || !same_letters(dn.substr(below + 1), base)) return {};
  std::vector<std::string> out;
  for (std::size_t at = dn.find(',') + 1, end = 0; at < below; at = end + 1) {
    end = dn.find(',', at);
    if (same_letters(dn.substr(at, 3), "ou=")) out.emplace_back(dn.substr(at + 3, end - at - 3));
  }
  std::ranges::reverse(out);
  return out;
}

bool is_escaped(std::string_view text, std::size_t at) {
  std::size_t escapes = 0;
  while (escapes < at && text[at - escapes - 1] == '\\') ++escapes;
  return escapes % 2 == 1;
}

bool is_special(char c) {
  return std::string_view("\"+,;<>\\=").find(c) != std::string_view::npos;
}

}  // namespace

Result<std::string> normal_dn(std::string_view dn) {
  if (is_plain_dn(dn)) return lower(dn);
  const ParsedDn names = parsed(dn);
  if (!names && dn.empty()) return std::string{};
  if (!names) return fail(Code::Invalid, "this is no distinguished name");
  std::string out;
  for (LDAPDN at = names.get(); *at; ++at) out += (out.empty() ? "" : ",") + normal(*at);
  if (!is_utf8(out)) return fail(Code::Invalid, "this is no distinguished name");
  return out;
}

bool is_within(std::string_view dn, std::string_view base) {
  if (dn == base || base.empty()) return true;
  if (!dn.ends_with(base) || dn.size() == base.size()) return false;
  const std::size_t comma = dn.size() - base.size() - 1;
  return dn[comma] == ',' && !is_escaped(dn, comma);
}

std::string rdn(std::string_view type, std::string_view value) {
  std::string out = std::string(type) + "=";
  for (std::size_t i = 0; i < value.size(); ++i) {
    const char c = value[i];
    const bool at_end = i == 0 || i + 1 == value.size();
    if (c >= '\0' && c < ' ')  // libldap takes a tab at the beginning for a space before it
      out += "\\" + to_hex(bytes_of({&c, 1}));
    else if (is_special(c) || (c == ' ' && at_end) || (c == '#' && i == 0))
      out += {'\\', c};
    else
      out += c;
  }
  return out;
}

std::string parent_of(const std::string& dn) {
  std::size_t comma = dn.find(',');
  while (comma != dn.npos && is_escaped(dn, comma)) comma = dn.find(',', comma + 1);
  return comma == dn.npos ? "" : dn.substr(comma + 1);
}

std::string dns_name_of(const std::string& dn) {
  const auto normal = normal_dn(dn);
  std::string out;
  for (std::string rest = normal ? *normal : ""; !rest.empty(); rest = parent_of(rest))
    if (rest.starts_with("dc="))
      out += (out.empty() ? "" : ".") + rest.substr(3, rest.find(',') - 3);
  return out;
}

std::vector<std::string> ou_path(std::string_view dn, std::string_view base) {
  if (is_plain_dn(dn) && is_plain_dn(base)) return plain_ou_path(dn, base);
  const auto whole = normal_dn(dn), above = normal_dn(base);
  const ParsedDn names = parsed(dn), top = parsed(base);
  if (!whole || !above || !names || !is_within(*whole, *above)) return {};
  std::ptrdiff_t own = 0, outside = 0;
  while (names.get()[own]) ++own;
  while (top && top.get()[outside]) ++outside;
  std::vector<std::string> out;
  for (std::ptrdiff_t i = own - outside - 1; i > 0; --i) {
    const LDAPAVA& part = *names.get()[i][0];
    if (lower(text_of(part.la_attr)) == "ou") out.emplace_back(text_of(part.la_value));
  }
  return out;
}

}  // namespace assent::directory
