#pragma once
// A signed-in connection to a directory server, by libldap. TLS with a verified certificate, or
// nothing; every call has a deadline that holds, and so have looking the host up and connecting.
// The process must ignore SIGPIPE, because libldap writes to dead sockets.

#include <memory>
#include <optional>

#include "service/app/directory_settings.h"
#include "service/directory/directory.h"

namespace assent::directory {

class Handle;

class Connection final : public Directory {
 public:
  static constexpr int kPageSize = 1000;

  // Tries the addresses in order until one answers; only Unavailable goes on to the next, so that a
  // wrong password locks nobody's account twice as fast. Denied for an empty password, before
  // anything is sent: many servers would take it for nobody and say yes (RFC 4513, 5.1.2); and for
  // one that was refused within the last ten minutes. Of those who sign in at the same time, each
  // waits for the one before, so that of a new wrong password all know after one try.
  static Result<std::unique_ptr<Connection>> open(const DirectoryServer& server);
  // One address alone, with a password already read. One that was refused rests, or is sent again
  // because somebody asks for it.
  enum class Refused : std::uint8_t { Rests, IsSent };
  static Result<std::unique_ptr<Connection>> open_at(const DirectoryUrl& url,
                                                     const DirectoryServer& server,
                                                     const std::string& password,
                                                     Refused refused = Refused::IsSent);
  ~Connection() override;

  Result<Page> page(const Search& search, const std::string& cookie) override;
  Answer modify(const std::string& dn, std::span<const Modification> changes) override;
  Answer add(const std::string& dn, std::span<const Attribute> attributes) override;
  Answer remove(const std::string& dn) override;
  Answer set_password(const std::string& dn, const std::string& password) override;

  // For a SyncSearch, which must go before the connection does.
  Handle& handle() { return *handle_; }

 private:
  // The next page of a search, on its way while the one before is looked at.
  struct Ahead {
    Search search;
    std::string cookie;
    int number = 0;
  };
  explicit Connection(std::unique_ptr<Handle> handle);
  Answer ask(const Search& search, const std::string& cookie, int& number);
  bool was_asked_ahead(const Search& search, const std::string& cookie, int& number);
  void ask_ahead(const Search& search, const std::string& cookie);

  std::unique_ptr<Handle> handle_;
  std::optional<Ahead> ahead_;
};

// The first line of the file. Denied if others may read it, or it is empty.
Result<std::string> read_password(const std::string& path);

}  // namespace assent::directory
