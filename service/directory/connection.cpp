// Opening a connection, and its changes. Searches are in page.cpp.
#include "service/directory/connection.h"

#include <algorithm>
#include <csignal>
#include <deque>

#include "core/files/files.h"
#include "service/directory/handle.h"
#include "service/directory/refused_passwords.h"
#include "service/directory/resolve.h"

namespace assent::directory {
namespace {

constexpr std::size_t kPasswordMax = 1024;
// OpenLDAP takes 2 s to take 17,000 members out of a group of 34,000.
constexpr milliseconds kForEachValue{1};

berval to_berval(const std::string& text) {
  return {text.size(), const_cast<char*>(text.data())};  // libldap only reads
}

// SIGPIPE is the whole process's: another thread's default would end it all.
Status check_sigpipe() {
  struct sigaction now {};
  sigaction(SIGPIPE, nullptr, &now);
  if (now.sa_handler != SIG_DFL) return {};
  return fail(Code::Invalid, "a program that talks to a directory must ignore SIGPIPE");
}

Status secure(Handle& handle, const DirectoryUrl& url, bool plain) {
  if (plain) return {};
  if (url.is_ldaps) return status_of(handle.run(ldap_install_tls), "cannot connect to " + url.text);
  const Answer started =
      handle.run([](LDAP* ldap) { return ldap_start_tls_s(ldap, nullptr, nullptr); });
  return status_of(started, "cannot start TLS with " + url.text);
}

// Other refusals, such as of an expired account, are not counted by the directory.
bool is_wrong_password(const Answer& answer) {
  constexpr int kInvalidCredentials = 49;
  const std::string sub_code = sub_code_of(answer.said);
  return answer.code == kInvalidCredentials && (sub_code.empty() || sub_code == "52e");
}

RefusedPasswords::Account account_of(const DirectoryServer& server) {
  RefusedPasswords::Account out{{}, server.bind_dn};
  for (const DirectoryUrl& url : server.urls) out.servers.push_back(url.text);
  std::ranges::sort(out.servers);
  return out;
}

Status check_rest(const DirectoryServer& server, const std::string& password) {
  return refused_passwords().check(account_of(server), password, std::chrono::steady_clock::now());
}

Status sign_in(Handle& handle, const DirectoryUrl& url, const DirectoryServer& server,
               const std::string& password) {
  const std::string& dn = server.bind_dn;
  berval secret = to_berval(password);
  const Answer answer = handle.run([&](LDAP* ldap) {
    return ldap_sasl_bind_s(ldap, dn.c_str(), LDAP_SASL_SIMPLE, &secret, nullptr, nullptr, nullptr);
  });
  if (answer.is_good()) refused_passwords().accepted(account_of(server));
  if (is_wrong_password(answer))
    refused_passwords().refused(account_of(server), password, std::chrono::steady_clock::now());
  return status_of(answer, "cannot sign in as " + dn + " at " + url.text);
}

// Values and attributes in libldap's form, which points into what it was made from.
class Changes {
 public:
  void add(int operation, const Attribute& attribute) {
    Held& held = held_.emplace_back();
    for (const std::string& value : attribute.values) held.values.push_back(to_berval(value));
    for (berval& value : held.values) held.pointers.push_back(&value);
    held.pointers.push_back(nullptr);
    held.change.mod_op = operation | LDAP_MOD_BVALUES;
    held.change.mod_type = const_cast<char*>(attribute.name.c_str());
    held.change.mod_vals.modv_bvals = attribute.values.empty() ? nullptr : held.pointers.data();
  }
  LDAPMod** get() {
    pointers_.clear();
    for (Held& held : held_) pointers_.push_back(&held.change);
    pointers_.push_back(nullptr);
    return pointers_.data();
  }

 private:
  struct Held {
    std::vector<berval> values;
    std::vector<berval*> pointers;
    LDAPMod change{};
  };
  std::deque<Held> held_;  // a deque: the first ones stay where they are
  std::vector<LDAPMod*> pointers_;
};

int operation_of(Modification::Kind kind) {
  switch (kind) {
    case Modification::Kind::Add: return LDAP_MOD_ADD;
    case Modification::Kind::Delete: return LDAP_MOD_DELETE;
    case Modification::Kind::Replace: break;
  }
  return LDAP_MOD_REPLACE;
}

}  // namespace

Result<std::string> read_password(const std::string& path) {
  ASSENT_TRY(std::string text, read_file(path, kPasswordMax, Readable::ByOwnerOnly));
  while (text.ends_with('\n') || text.ends_with('\r')) text.pop_back();
  if (text.empty()) return fail(Code::Denied, path + " is empty: it needs the account's password");
  return text;
}

Connection::Connection(std::unique_ptr<Handle> handle) : handle_(std::move(handle)) {}
Connection::~Connection() = default;

Result<std::unique_ptr<Connection>> Connection::open_at(const DirectoryUrl& url,
                                                        const DirectoryServer& server,
                                                        const std::string& password,
                                                        Refused refused) {
  if (password.empty() || server.bind_dn.empty())
    return fail(Code::Denied, "an empty name or password is nobody's: nothing was sent");
  if (server.plain && !url.is_loopback)
    return fail(Code::Denied, url.text + ": without TLS only a loopback literal is talked to");
  ASSENT_CHECK(check_sigpipe());
  ASSENT_TRY(const auto addresses, resolve(url.host, server.timeout));
  ASSENT_TRY(std::unique_ptr<Handle> handle, Handle::make(url, server, addresses));
  ASSENT_CHECK(secure(*handle, url, server.plain));
  const auto signing_in = [&]() -> Status {
    if (refused == Refused::Rests) ASSENT_CHECK(check_rest(server, password));
    return sign_in(*handle, url, server, password);
  };
  ASSENT_CHECK(refused_passwords().in_turn(account_of(server), server.timeout, signing_in));
  return std::unique_ptr<Connection>{new Connection{std::move(handle)}};
}

Result<std::unique_ptr<Connection>> Connection::open(const DirectoryServer& server) {
  ASSENT_TRY(const std::string password, read_password(server.password_file));
  ASSENT_CHECK(check_rest(server, password));
  Error all{Code::Unavailable, ""};
  for (const DirectoryUrl& url : server.urls) {
    auto connection = open_at(url, server, password, Refused::Rests);
    if (connection || connection.error().code != Code::Unavailable) return connection;
    all.message += (all.message.empty() ? "" : "; ") + connection.error().message;
  }
  return fail(std::move(all));
}

Answer Connection::modify(const std::string& dn, std::span<const Modification> changes) {
  Changes all;
  std::size_t values = 0;
  for (const Modification& change : changes) {
    all.add(operation_of(change.kind), change.attribute);
    values += change.attribute.values.size();
  }
  return handle_->run(
      [&](LDAP* ldap) { return ldap_modify_ext_s(ldap, dn.c_str(), all.get(), nullptr, nullptr); },
      kForEachValue * values);
}

Answer Connection::add(const std::string& dn, std::span<const Attribute> attributes) {
  Changes all;
  for (const Attribute& attribute : attributes) all.add(LDAP_MOD_ADD, attribute);
  return handle_->run(
      [&](LDAP* ldap) { return ldap_add_ext_s(ldap, dn.c_str(), all.get(), nullptr, nullptr); });
}

Answer Connection::remove(const std::string& dn) {
  return handle_->run(
      [&](LDAP* ldap) { return ldap_delete_ext_s(ldap, dn.c_str(), nullptr, nullptr); });
}

Answer Connection::set_password(const std::string& dn, const std::string& password) {
  berval who = to_berval(dn), secret = to_berval(password), made{};
  return handle_->run([&](LDAP* ldap) {
    return ldap_passwd_s(ldap, &who, nullptr, &secret, &made, nullptr, nullptr);
  });
}

}  // namespace assent::directory
