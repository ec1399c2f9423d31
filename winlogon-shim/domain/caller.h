#pragma once
// Who is at the other end of the service's pipe, and what may be asked and signed for them. All of
// it comes from the caller's token: nothing that a request says of its sender is believed.

#include <deque>
#include <mutex>
#include <string>

#include "core/crypto/crypto.h"
#include "core/wire/agent_message.h"
#include "winlogon-shim/domain/account.h"

namespace assent::windows {

struct Caller {
  // None: a task, or over the network. Screen: Windows' own logon screen, before anybody logged on.
  enum class Logon { None, Console, Remote, Screen };
  Account account;
  Logon logon = Logon::None;
  std::uint32_t windows_session = 0;  // Windows' number of where they sit
  std::string session;  // of this logon alone, while the machine runs: its session and LUID
};

// Which logon was given which ticket, so that nobody answers what another was shown. Holds the last
// 1,024, and of one logon the last 16: who asks again and again makes nobody else's be forgotten.
// One that is forgotten has to be asked for again. Any thread.
class TicketHolders {
 public:
  static constexpr std::size_t kMost = 1024, kMostOfOne = 16;
  void give(const std::string& ticket, const std::string& session);
  bool has(const std::string& ticket, const std::string& session) const;

 private:
  struct Held {
    Digest ticket;
    std::string session;
  };
  mutable std::mutex mutex_;
  std::deque<Held> held_;
};

// `request` as this caller may make it: login, channel and authentication are those of the token.
// Denied, in words for the log, for who has not logged on; Conflict for a ticket that this logon
// was not given. Only a session that began after a clear check needs none.
Result<wire::AgentRequest> attributed(wire::AgentRequest request, const Caller& caller,
                                      const TicketHolders& tickets);

}  // namespace assent::windows
