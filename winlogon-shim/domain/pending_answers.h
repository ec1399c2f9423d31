#pragma once
// Answers given over Windows' logon screen, before anybody knew whose they are. Each waits for the
// person's own token: until then it is nobody's, is not signed and counts for nothing.

#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "core/base/time.h"
#include "core/wire/agent_message.h"

namespace assent::windows {

// Who is said to log on, in which of Windows' sessions.
struct AtScreen {
  std::string login;  // compared without regard to ASCII's case, as Windows does
  std::uint32_t session = 0;
};

// In memory alone: after a restart of the service people are asked again. Any thread.
class PendingAnswers {
 public:
  static constexpr std::size_t kMost = 64;                   // the oldest goes
  static constexpr std::chrono::milliseconds kAge{600'000};  // from showing the rules to the token
  // `ticket` was shown over the logon screen.
  void shown(const std::string& ticket, const AtScreen& where, Time now);
  // Conflict where its ticket was not shown there, or too long ago.
  Status keep(const wire::AgentAnswer& answer, Time now);
  // The newest answer of who has now logged on, once.
  std::optional<wire::AgentAnswer> take(const AtScreen& where, Time now);
  // That logon failed. True if there was an answer.
  bool drop(const std::string& ticket);

 private:
  struct Entry {
    std::string ticket;
    AtScreen where;
    Time at;
    std::optional<wire::AgentAnswer> answer;
  };
  void forget_old(Time now);

  std::mutex mutex_;
  std::vector<Entry> entries_;
};

}  // namespace assent::windows
