// The options, in the order that works: a TLS context is made of what was set before it.
#include "service/directory/handle.h"

#include <lber.h>
#include <openldap.h>
#include <unistd.h>

#include "service/directory/connect.h"

namespace assent::directory {
namespace {

static_assert(kServerDown == LDAP_SERVER_DOWN && kTimedOut == LDAP_TIMEOUT &&
              kConnectError == LDAP_CONNECT_ERROR);

constexpr milliseconds kFarewell{500};              // to say goodbye when closing
constexpr ber_len_t kAnswerMax = 64 * 1024 * 1024;  // one entry with 100,000 members is 10 MB

timeval to_timeval(milliseconds time) {
  return {time.count() / 1000, (time.count() % 1000) * 1000};
}

// Whatever libldap connects to by itself, as it may when it finds the connection closed, is used
// for nothing: it would go on without TLS.
int refuse_connection(LDAP*, Sockbuf*, LDAPURLDesc*, sockaddr*, ldap_conncb*) {
  return -1;
}
void on_close(LDAP*, Sockbuf*, ldap_conncb*) {}
ldap_conncb refusing{refuse_connection, on_close, nullptr};

struct FreeUrl {
  void operator()(LDAPURLDesc* url) const { ldap_free_urldesc(url); }
};

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

Handle::Handle(milliseconds limit) : limit_(limit) {}

Handle::~Handle() {
  if (!ldap_) return;
  watchdog_.begin(kFarewell);
  ldap_unbind_ext(ldap_, nullptr, nullptr);
  watchdog_.end();
}

Result<std::unique_ptr<Handle>> Handle::make(const DirectoryUrl& url, const DirectoryServer& how,
                                             std::span<const Address> addresses) {
  std::unique_ptr<Handle> handle{new Handle{how.timeout}};
  ASSENT_CHECK(handle->connect(url, addresses));
  ASSENT_CHECK(handle->prepare(how));
  return handle;
}

Status Handle::connect(const DirectoryUrl& url, std::span<const Address> addresses) {
  LDAPURLDesc* raw = nullptr;
  const int parsed = ldap_url_parse(url.text.c_str(), &raw);
  const std::unique_ptr<LDAPURLDesc, FreeUrl> parts(raw);
  if (parsed != LDAP_URL_SUCCESS)
    return fail(Code::Invalid, url.text + " is no address of a directory");
  const auto socket = connect_to(addresses, std::uint16_t(parts->lud_port), limit_);
  if (!socket)
    return fail(socket.error().code,
                "cannot connect to " + url.text + ": " + socket.error().message);
  const bool watched = watchdog_.opened(*socket);
  if (watched && ldap_init_fd(*socket, LDAP_PROTO_TCP, url.text.c_str(), &ldap_) == LDAP_SUCCESS)
    return {};
  ::close(*socket);
  return fail(Code::Unavailable, "libldap refuses a connection");
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
         ldap_set_option(ldap_, LDAP_OPT_CONNECT_CB, &refusing) == LDAP_OPT_SUCCESS;
}

bool Handle::set_tls(const DirectoryServer& how) {
  return ldap_set_option(ldap_, LDAP_OPT_X_TLS_CACERTFILE, how.ca_file.c_str()) ==
             LDAP_OPT_SUCCESS &&
         set(ldap_, LDAP_OPT_X_TLS_REQUIRE_CERT, LDAP_OPT_X_TLS_DEMAND) &&
         set(ldap_, LDAP_OPT_X_TLS_REQUIRE_SAN, LDAP_OPT_X_TLS_TRY) &&
         set(ldap_, LDAP_OPT_X_TLS_PROTOCOL_MIN, LDAP_OPT_X_TLS_PROTOCOL_TLS1_2);
}

Status Handle::prepare(const DirectoryServer& how) {
  Sockbuf* buffer = nullptr;
  ber_len_t most = kAnswerMax;
  if (!set_common() || (!how.plain && !set_tls(how)) ||
      ldap_get_option(ldap_, LDAP_OPT_SOCKBUF, &buffer) != LDAP_OPT_SUCCESS ||
      ber_sockbuf_ctrl(buffer, LBER_SB_OPT_SET_MAX_INCOMING, &most) != 1)
    return fail(Code::Unavailable, "libldap refuses an option");
  if (!how.plain && !set(ldap_, LDAP_OPT_X_TLS_NEWCTX, 0))
    return fail(Code::Invalid,
                how.ca_file + " cannot be read, or holds no certificate in PEM form");
  return {};
}

Answer Handle::run(const std::function<int(LDAP*)>& call, milliseconds more) {
  if (lost_) return {kServerDown, ""};
  const timeval limit = to_timeval(limit_ + more);
  ldap_set_option(ldap_, LDAP_OPT_TIMEOUT, &limit);
  watchdog_.begin(limit_ + more);
  Answer answer{call(ldap_), ""};
  const bool cut = watchdog_.end() && !answer.is_good();
  lost_ = cut || answer.code == kServerDown || answer.code == kTimedOut;
  if (cut) return {kTimedOut, ""};
  if (!answer.is_good()) answer.said = text_option(ldap_, LDAP_OPT_DIAGNOSTIC_MESSAGE);
  return answer;
}

}  // namespace assent::directory
