// One page of a search, and libldap's entries as values.
#include <array>
#include <memory>
#include <optional>
#include <utility>

#include "service/directory/connection.h"
#include "service/directory/handle.h"

namespace assent::directory {
namespace {

struct FreeMessage {
  void operator()(LDAPMessage* message) const { ldap_msgfree(message); }
};
struct FreeControl {
  void operator()(LDAPControl* control) const { ldap_control_free(control); }
};
struct FreeReading {
  void operator()(BerElement* reading) const { ber_free(reading, 0); }
};
struct FreeControls {
  void operator()(LDAPControl** controls) const { ldap_controls_free(controls); }
};
using Message = std::unique_ptr<LDAPMessage, FreeMessage>;
using Controls = std::unique_ptr<LDAPControl*, FreeControls>;

std::string to_text(const berval& bytes) {
  return bytes.bv_val ? std::string(bytes.bv_val, bytes.bv_len) : std::string();
}

// In one pass; libldap's calls that ask by name look through the entry again for each. Nothing for
// an entry that cannot be decoded to its end: what is missing would be taken for absent.
std::optional<Entry> entry_of(LDAP* ldap, LDAPMessage* message) {
  BerElement* reading = nullptr;
  berval name{};
  if (ldap_get_dn_ber(ldap, message, &reading, &name) != LDAP_SUCCESS || !reading) return {};
  const std::unique_ptr<BerElement, FreeReading> owned(reading);
  Entry out{to_text(name), {}};
  while (true) {
    berval* values = nullptr;
    if (ldap_get_attribute_ber(ldap, message, reading, &name, &values) != LDAP_SUCCESS) return {};
    if (!name.bv_val) return out;
    Attribute& attribute = out.attributes.emplace_back(Attribute{to_text(name), {}});
    for (const berval* at = values; at && at->bv_val; ++at)
      attribute.values.push_back(to_text(*at));
    ber_memfree(values);
  }
}

// The final message of a search: its code, and where the next page begins.
Answer finish(LDAP* ldap, LDAPMessage* all, std::string& cookie) {
  Answer answer;
  char* said = nullptr;
  LDAPControl** raw = nullptr;
  const int parsed = ldap_parse_result(ldap, all, &answer.code, nullptr, &said, nullptr, &raw, 0);
  const Controls controls(raw);
  if (said) answer.said = said;
  ldap_memfree(said);
  if (parsed != LDAP_SUCCESS) return {parsed, ""};
  LDAPControl* paged = ldap_control_find(LDAP_CONTROL_PAGEDRESULTS, raw, nullptr);
  if (!answer.is_good() || !paged) return answer;
  berval next{};
  ber_int_t total = 0;
  answer.code = ldap_parse_pageresponse_control(ldap, paged, &total, &next);
  cookie = to_text(next);
  ber_memfree(next.bv_val);
  return answer;
}

std::vector<char*> names_of(const Search& search) {
  std::vector<char*> out;
  for (const std::string& name : search.attributes) out.push_back(const_cast<char*>(name.c_str()));
  out.push_back(nullptr);
  return out;
}

// LDAP_SERVER_EXTENDED_DN_OID (MS-ADTS 3.1.1.3.4.1.5), its flag 1: ids as text.
LDAPControl extended_names() {
  static std::string oid = "1.2.840.113556.1.4.529", sequence_of_one("\x30\x03\x02\x01\x01", 5);
  return {oid.data(), {sequence_of_one.size(), sequence_of_one.data()}, 1};
}

}  // namespace

// Sends the question for one page; gives its number.
Answer Connection::ask(const Search& search, const std::string& cookie, int& number) {
  LDAP* ldap = handle_->get();
  berval next{cookie.size(), const_cast<char*>(cookie.data())};
  LDAPControl* made = nullptr;
  if (search.scope == Scope::Subtree &&
      ldap_create_page_control(ldap, kPageSize, &next, 'T', &made) != LDAP_SUCCESS)
    return {LDAP_NO_MEMORY, ""};
  const std::unique_ptr<LDAPControl, FreeControl> control(made);
  LDAPControl extended = extended_names();
  std::array<LDAPControl*, 3> controls{};
  auto last = controls.begin();
  if (made) *last++ = made;
  if (search.extended_names) *last++ = &extended;
  std::vector<char*> names = names_of(search);
  const int scope = search.scope == Scope::Base ? LDAP_SCOPE_BASE : LDAP_SCOPE_SUBTREE;
  return handle_->run([&](LDAP* of) {
    return ldap_search_ext(of, search.base.c_str(), scope, search.filter.c_str(), names.data(), 0,
                           controls.data(), nullptr, nullptr, LDAP_NO_LIMIT, &number);
  });
}

// Whether `search` goes on where it was asked ahead; what was asked for nothing is given up.
bool Connection::was_asked_ahead(const Search& search, const std::string& cookie, int& number) {
  const auto ahead = std::exchange(ahead_, std::nullopt);
  if (!ahead) return false;
  number = ahead->number;
  if (ahead->cookie == cookie && ahead->search == search) return true;
  handle_->run([&](LDAP* of) { return ldap_abandon_ext(of, number, nullptr, nullptr); });
  return false;
}

void Connection::ask_ahead(const Search& search, const std::string& cookie) {
  int number = 0;
  if (ask(search, cookie, number).is_good()) ahead_ = Ahead{search, cookie, number};
}

Result<Page> Connection::page(const Search& search, const std::string& cookie) {
  const std::string doing = "cannot read below " + search.base;
  int number = 0;
  if (!was_asked_ahead(search, cookie, number))
    ASSENT_CHECK(status_of(ask(search, cookie, number), doing));
  LDAPMessage* raw = nullptr;
  Answer answer = handle_->run([&](LDAP* of) {
    const int kind = ldap_result(of, number, LDAP_MSG_ALL, nullptr, &raw);
    int code = LDAP_TIMEOUT;
    if (kind < 0) ldap_get_option(of, LDAP_OPT_RESULT_CODE, &code);
    if (kind > 0) return LDAP_SUCCESS;
    return code == LDAP_SUCCESS ? LDAP_DECODING_ERROR : code;
  });
  const Message all(raw);
  Page out;
  LDAP* ldap = handle_->get();
  if (answer.is_good()) answer = finish(ldap, raw, out.cookie);
  ASSENT_CHECK(status_of(answer, doing));
  if (!out.cookie.empty()) ask_ahead(search, out.cookie);
  for (LDAPMessage* at = ldap_first_entry(ldap, raw); at; at = ldap_next_entry(ldap, at)) {
    auto entry = entry_of(ldap, at);
    if (!entry) return fail(error_of({LDAP_DECODING_ERROR, ""}, doing));
    out.entries.push_back(*std::move(entry));
  }
  return out;
}

}  // namespace assent::directory
