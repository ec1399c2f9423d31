#pragma once
// The conversation at login: shows what the gate sends, reads the answer, hands it back. It knows
// no host: PAM, a Windows logon screen and the tests give it a Screen and a Gate. It keeps no time;
// whoever waits for a person is the Screen.

#include <string>
#include <string_view>

#include "core/base/result.h"
#include "core/wire/agent_message.h"

namespace assent::gate {

// Where text is shown and answers are typed. Every text given to it is already terminal-safe.
class Screen {
 public:
  virtual ~Screen() = default;
  // Shows `text` and waits for nothing. A host that cannot show it may drop it.
  virtual void show(std::string_view text) = 0;
  // Shows `page` (may be empty), then the one-line `prompt`, and returns the line typed.
  // Denied: this host cannot ask anything. Unavailable: the person or the connection is gone.
  virtual Result<std::string> ask(std::string_view page, std::string_view prompt) = 0;
  // False where each text replaces the one before, as in a display manager's message box.
  virtual bool keeps_text() const = 0;
};

// The service, by way of whatever reaches it. Any error: no answer, the host's setting decides.
class Gate {
 public:
  virtual ~Gate() = default;
  virtual Result<wire::AgentCheckReply> check(bool full) = 0;
  // Sends ticket, document, answers and cannot_ask; the Gate fills in who is asking.
  virtual Result<wire::AgentAnswerReply> answer(const wire::AgentAnswer& answer) = 0;
  // The session began. Never fails: it is best effort.
  virtual void opened(const std::string& ticket) = 0;
};

// What this login allows.
enum class Asking {
  Ask,          // this transaction authenticated the person, and a prompt may be tried
  CannotAsk,    // the person is known, but no prompt can be answered: the service may defer
  VerdictOnly,  // nobody proved who they are (root's su): nothing is recorded, a refusal stands
};

enum class Ending {
  Proceed,      // let them in; Outcome::status says how
  Refused,      // the service refuses
  Declined,     // they typed NO, and are kept out; Outcome::recorded says whether it counts
  Unavailable,  // no usable answer from the gate: the host's setting decides
  CutOff,       // no readable answer or no person any more: nothing was recorded
};

struct Outcome {
  Ending ending = Ending::Refused;
  std::string status;   // "clear", "accepted", "later", "declined", "help" or "unproven"
  std::string ticket;   // of the presentation answered, for Gate::opened
  std::string message;  // for the person, when they are not let in; not yet shown
  bool recorded = false;
};

// One whole login. Calls `gate.check` first; never calls `gate.opened`.
Outcome converse(Screen& screen, Gate& gate, Asking asking);

}  // namespace assent::gate
