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

// One for each of Windows' sessions, in memory alone: after a restart of the service people are
// asked again. Any thread.
class PendingAnswers {
 public:
  static constexpr std::size_t kMost = 64;                   // the oldest goes
  static constexpr std::chrono::milliseconds kAge{180'000};  // from the answer to the token
  // `ticket` was shown over the logon screen. What was answered there before is gone: that logon
  // came to nothing.
  void shown(const std::string& ticket, const AtScreen& where, Time now);
  // Conflict where its ticket is not the one that was shown there last.
  Status keep(const wire::AgentAnswer& answer, std::uint32_t session, Time now);
  // The answer of who has now logged on, once. Somebody else's is gone then.
  std::optional<wire::AgentAnswer> take(const AtScreen& where, Time now);
  // The logon failed. True if there was an answer.
  bool drop(std::uint32_t session);

 private:
  struct Entry {
    std::string ticket;
    AtScreen where;
    Time at;
    std::optional<wire::AgentAnswer> answer;
  };
  void forget(std::uint32_t session);

  std::mutex mutex_;
  std::vector<Entry> entries_;
};

}  // namespace assent::windows
