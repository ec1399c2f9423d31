// The options, in the order that works: a TLS context is made of what was set before it.
#include "service/directory/handle.h"

#include <lber.h>

namespace assent::directory {
namespace {

static_assert(kServerDown == LDAP_SERVER_DOWN && kTimedOut == LDAP_TIMEOUT &&
              kConnectError == LDAP_CONNECT_ERROR);

constexpr milliseconds kFarewell{500};              // to say goodbye when closing
constexpr ber_len_t kAnswerMax = 64 * 1024 * 1024;  // one entry with 100,000 members is 10 MB
constexpr int kIdleSeconds = 60, kProbes = 3, kProbeSeconds = 10;

timeval to_timeval(milliseconds time) {
  return {time.count() / 1000, (time.count() % 1000) * 1000};
}

// libldap calls this on a new socket before anything is said on it.
int on_connect(LDAP*, Sockbuf* socket, LDAPURLDesc*, sockaddr*, ldap_conncb* self) {
  ber_socket_t descriptor = -1;
  ber_len_t most = kAnswerMax;
  ber_sockbuf_ctrl(socket, LBER_SB_OPT_GET_FD, &descriptor);
  ber_sockbuf_ctrl(socket, LBER_SB_OPT_SET_MAX_INCOMING, &most);
  return static_cast<Watchdog*>(self->lc_arg)->opened(descriptor) ? 0 : -1;
}

void on_close(LDAP*, Sockbuf*, ldap_conncb* self) {
  static_cast<Watchdog*>(self->lc_arg)->closed();
}

std::string text_option(LDAP* ldap, int option) {
  char* text = nullptr;
  if (ldap_get_option(ldap, option, &text) != LDAP_OPT_SUCCESS || !text) return "";
  std::string out = text;
  ldap_memfree(text);
  return out;
}

bool set(LDAP* ldap, int option, int value) {
  return ldap_set_option(ldap, option, &value) == LDAP_OPT_SUCCESS;
}

}  // namespace

Handle::Handle(milliseconds limit) : limit_(limit) {
  callbacks_ = {on_connect, on_close, &watchdog_};
}

Handle::~Handle() {
  if (!ldap_) return;
  watchdog_.begin(kFarewell);
  ldap_unbind_ext(ldap_, nullptr, nullptr);
  watchdog_.end();
}

Result<std::unique_ptr<Handle>> Handle::make(const DirectoryUrl& url, const DirectoryServer& how) {
  std::unique_ptr<Handle> handle{new Handle{how.timeout}};
  ASSENT_CHECK(handle->prepare(url, how));
  return handle;
}

// What /etc/ldap/ldap.conf or a user's .ldaprc says must not count: all that could is set here.
bool Handle::set_common() {
  const timeval limit = to_timeval(limit_);
  return set(ldap_, LDAP_OPT_PROTOCOL_VERSION, LDAP_VERSION3) &&
         ldap_set_option(ldap_, LDAP_OPT_NETWORK_TIMEOUT, &limit) == LDAP_OPT_SUCCESS &&
         ldap_set_option(ldap_, LDAP_OPT_REFERRALS, LDAP_OPT_OFF) == LDAP_OPT_SUCCESS &&
         ldap_set_option(ldap_, LDAP_OPT_RESTART, LDAP_OPT_ON) == LDAP_OPT_SUCCESS &&
         set(ldap_, LDAP_OPT_DEREF, LDAP_DEREF_NEVER) &&
         set(ldap_, LDAP_OPT_SIZELIMIT, LDAP_NO_LIMIT) &&
         set(ldap_, LDAP_OPT_TIMELIMIT, LDAP_NO_LIMIT) &&
         set(ldap_, LDAP_OPT_X_KEEPALIVE_IDLE, kIdleSeconds) &&
         set(ldap_, LDAP_OPT_X_KEEPALIVE_PROBES, kProbes) &&
         set(ldap_, LDAP_OPT_X_KEEPALIVE_INTERVAL, kProbeSeconds) &&
         set(ldap_, LDAP_OPT_TCP_USER_TIMEOUT, int(limit_.count()));
}

bool Handle::set_tls(const DirectoryServer& how) {
  return ldap_set_option(ldap_, LDAP_OPT_X_TLS_CACERTFILE, how.ca_file.c_str()) ==
             LDAP_OPT_SUCCESS &&
         set(ldap_, LDAP_OPT_X_TLS_REQUIRE_CERT, LDAP_OPT_X_TLS_DEMAND) &&
         set(ldap_, LDAP_OPT_X_TLS_REQUIRE_SAN, LDAP_OPT_X_TLS_TRY) &&
         set(ldap_, LDAP_OPT_X_TLS_PROTOCOL_MIN, LDAP_OPT_X_TLS_PROTOCOL_TLS1_2);
}

Status Handle::prepare(const DirectoryUrl& url, const DirectoryServer& how) {
  if (ldap_initialize(&ldap_, url.text.c_str()) != LDAP_SUCCESS)
    return fail(Code::Invalid, url.text + " is no address of a directory");
  if (!set_common() || (!how.plain && !set_tls(how)) ||
      ldap_set_option(ldap_, LDAP_OPT_CONNECT_CB, &callbacks_) != LDAP_OPT_SUCCESS)
    return fail(Code::Unavailable, "libldap refuses an option");
  if (!how.plain && !set(ldap_, LDAP_OPT_X_TLS_NEWCTX, 0))
    return fail(Code::Invalid,
                how.ca_file + " cannot be read, or holds no certificate in PEM form");
  return {};
}

Answer Handle::run(const std::function<int(LDAP*)>& call, milliseconds more) {
  const timeval limit = to_timeval(limit_ + more);
  ldap_set_option(ldap_, LDAP_OPT_TIMEOUT, &limit);
  watchdog_.begin(limit_ + more);
  Answer answer{call(ldap_), ""};
  if (watchdog_.end() && !answer.is_good()) return {kTimedOut, ""};
  if (!answer.is_good()) answer.said = text_option(ldap_, LDAP_OPT_DIAGNOSTIC_MESSAGE);
  return answer;
}

}  // namespace assent::directory
