// One page of a search, and libldap's entries as values.
#include <memory>

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
struct FreeControls {
  void operator()(LDAPControl** controls) const { ldap_controls_free(controls); }
};
using Message = std::unique_ptr<LDAPMessage, FreeMessage>;
using Controls = std::unique_ptr<LDAPControl*, FreeControls>;

std::string to_text(const berval& bytes) {
  return bytes.bv_val ? std::string(bytes.bv_val, bytes.bv_len) : std::string();
}

Attribute attribute_of(LDAP* ldap, LDAPMessage* entry, const char* name) {
  Attribute out{name, {}};
  berval** values = ldap_get_values_len(ldap, entry, name);
  for (berval** at = values; at && *at; ++at) out.values.push_back(to_text(**at));
  if (values) ldap_value_free_len(values);
  return out;
}

Entry entry_of(LDAP* ldap, LDAPMessage* message) {
  Entry out;
  if (char* dn = ldap_get_dn(ldap, message)) {
    out.dn = dn;
    ldap_memfree(dn);
  }
  BerElement* reading = nullptr;
  for (char* name = ldap_first_attribute(ldap, message, &reading); name;
       name = ldap_next_attribute(ldap, message, reading)) {
    out.attributes.push_back(attribute_of(ldap, message, name));
    ldap_memfree(name);
  }
  if (reading) ber_free(reading, 0);
  return out;
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

}  // namespace

Result<Page> Connection::page(const Search& search, const std::string& cookie) {
  LDAP* ldap = handle_->get();
  berval next{cookie.size(), const_cast<char*>(cookie.data())};
  LDAPControl* made = nullptr;
  if (search.scope == Scope::Subtree &&
      ldap_create_page_control(ldap, kPageSize, &next, 'T', &made) != LDAP_SUCCESS)
    return fail(Code::Unavailable, "libldap has no memory for a page");
  const std::unique_ptr<LDAPControl, FreeControl> control(made);
  LDAPControl* controls[] = {made, nullptr};
  std::vector<char*> names = names_of(search);
  const int scope = search.scope == Scope::Base ? LDAP_SCOPE_BASE : LDAP_SCOPE_SUBTREE;
  LDAPMessage* raw = nullptr;
  Page out;
  Answer answer = handle_->run([&](LDAP* of) {
    return ldap_search_ext_s(of, search.base.c_str(), scope, search.filter.c_str(), names.data(), 0,
                             controls, nullptr, nullptr, LDAP_NO_LIMIT, &raw);
  });
  const Message all(raw);
  if (answer.is_good()) answer = finish(ldap, raw, out.cookie);
  ASSENT_CHECK(status_of(answer, "cannot read below " + search.base));
  for (LDAPMessage* at = ldap_first_entry(ldap, raw); at; at = ldap_next_entry(ldap, at))
    out.entries.push_back(entry_of(ldap, at));
  return out;
}

}  // namespace assent::directory
