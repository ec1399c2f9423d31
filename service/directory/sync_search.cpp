// The search in libldap's words. Its own ldap_sync_*() is not used: it ends the process when a
// server says what it does not expect.
#include "service/directory/sync_search.h"

#include <lber.h>

namespace assent::directory {
namespace {

constexpr std::size_t kMessagesMax = 100'000;  // at once; more would be a server that never ends
constexpr ber_int_t kRefreshOnly = LDAP_SYNC_REFRESH_ONLY;
constexpr ber_int_t kPersist = LDAP_SYNC_REFRESH_AND_PERSIST;

struct FreeMessage {
  void operator()(LDAPMessage* message) const { ldap_msgfree(message); }
};
using Message = std::unique_ptr<LDAPMessage, FreeMessage>;
struct FreeElement {
  void operator()(BerElement* element) const { ber_free(element, 1); }
};
using Element = std::unique_ptr<BerElement, FreeElement>;

// syncRequestValue (RFC 4533, 2.2). Critical: a server without it would send everything, once.
class SyncControl {
 public:
  SyncControl(ber_int_t mode, const std::string& cookie) {
    const Element element(ber_alloc_t(LBER_USE_DER));
    berval bytes{cookie.size(), const_cast<char*>(cookie.data())};
    const int written = cookie.empty() ? ber_printf(element.get(), "{e}", mode)
                                       : ber_printf(element.get(), "{eO}", mode, &bytes);
    if (written < 0 || ber_flatten2(element.get(), &value_, 1) != 0) return;
    char* const type = const_cast<char*>(LDAP_CONTROL_SYNC);
    control_ = {type, value_, 1};
    list_[0] = &control_;
  }
  ~SyncControl() { ber_memfree(value_.bv_val); }
  SyncControl(const SyncControl&) = delete;
  SyncControl& operator=(const SyncControl&) = delete;

  LDAPControl** get() { return list_; }  // empty when there was no memory

 private:
  berval value_{};
  LDAPControl control_{};
  LDAPControl* list_[2] = {};
};

char** no_attributes() {
  static char none[] = LDAP_NO_ATTRS;
  static char* names[] = {none, nullptr};
  return names;
}

// The cookie of a syncDoneValue (2.4); empty when there is none.
std::string cookie_of(LDAPControl** controls) {
  LDAPControl* const done = ldap_control_find(LDAP_CONTROL_SYNC_DONE, controls, nullptr);
  if (!done) return "";
  const Element element(ber_init(&done->ldctl_value));
  berval cookie{};
  ber_len_t length = 0;
  if (!element || ber_scanf(element.get(), "{") == LBER_ERROR ||
      ber_peek_tag(element.get(), &length) != LBER_OCTETSTRING ||
      ber_scanf(element.get(), "m", &cookie) == LBER_ERROR)
    return "";
  return {cookie.bv_val, cookie.bv_len};
}

// Of the messages between entries only a set of ids is news; the rest says how far the server is.
bool is_set_of_ids(LDAP* ldap, LDAPMessage* message) {
  char* oid = nullptr;
  berval* data = nullptr;
  const int parsed = ldap_parse_intermediate(ldap, message, &oid, &data, nullptr, 0);
  const bool out = parsed == LDAP_SUCCESS && data && data->bv_len > 0 &&
                   ber_tag_t(static_cast<unsigned char>(data->bv_val[0])) == LDAP_TAG_SYNC_ID_SET;
  ldap_memfree(oid);
  ber_bvfree(data);
  return out;
}

// Why the search has ended. Success is no reason either: it was to go on.
int end_of(LDAP* ldap, LDAPMessage* message) {
  int code = LDAP_OTHER;
  if (ldap_parse_result(ldap, message, &code, nullptr, nullptr, nullptr, nullptr, 0) !=
      LDAP_SUCCESS)
    return LDAP_DECODING_ERROR;
  return code == LDAP_SUCCESS ? LDAP_UNAVAILABLE : code;
}

}  // namespace

// A search of one entry gives the place in the server's history, after which the other begins:
// otherwise it would begin with everything that there is.
Answer SyncSearch::read_cookie() {
  return handle_.run([&](LDAP* ldap) {
    SyncControl control(kRefreshOnly, "");
    LDAPMessage* raw = nullptr;
    const int searched =
        ldap_search_ext_s(ldap, base_.c_str(), LDAP_SCOPE_BASE, nullptr, no_attributes(), 0,
                          control.get(), nullptr, nullptr, LDAP_NO_LIMIT, &raw);
    const Message all(raw);
    if (searched != LDAP_SUCCESS) return searched;
    LDAPControl** controls = nullptr;
    int code = LDAP_SUCCESS;
    const int parsed = ldap_parse_result(ldap, raw, &code, nullptr, nullptr, nullptr, &controls, 0);
    cookie_ = cookie_of(controls);
    ldap_controls_free(controls);
    return parsed != LDAP_SUCCESS ? parsed : code;
  });
}

Answer SyncSearch::send() {
  return handle_.run([&](LDAP* ldap) {
    SyncControl control(kPersist, cookie_);
    return ldap_search_ext(ldap, base_.c_str(), LDAP_SCOPE_SUBTREE, filter_.c_str(),
                           no_attributes(), 0, control.get(), nullptr, nullptr, LDAP_NO_LIMIT,
                           &id_);
  });
}

Answer SyncSearch::begin() {
  Answer answer = read_cookie();
  return answer.is_good() ? send() : answer;
}

Answer SyncSearch::take(bool& changed) {
  return handle_.run([&](LDAP* ldap) {
    for (std::size_t count = 0; count < kMessagesMax; ++count) {
      timeval now{};
      LDAPMessage* raw = nullptr;
      const int type = ldap_result(ldap, id_, LDAP_MSG_ONE, &now, &raw);
      const Message message(raw);
      if (type == 0) return LDAP_SUCCESS;
      if (type < 0) return LDAP_SERVER_DOWN;
      if (type == LDAP_RES_SEARCH_RESULT) return end_of(ldap, raw);
      changed |= type == LDAP_RES_SEARCH_ENTRY ||
                 (type == LDAP_RES_INTERMEDIATE && is_set_of_ids(ldap, raw));
    }
    return LDAP_SUCCESS;
  });
}

}  // namespace assent::directory
