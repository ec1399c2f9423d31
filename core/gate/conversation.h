#pragma once
// The conversation at login: shows what the gate sends, reads the answer, hands it back. It knows
// no host: PAM, a Windows logon screen and the tests give it a Presenter and a Gate. It keeps no
// time; whoever waits for a person is the Presenter.

#include <string>

#include "core/gate/presenter.h"
#include "core/gate/screen.h"

namespace assent::gate {

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
  Declined,     // they said no, and are kept out; Outcome::recorded says whether it counts
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
Outcome converse(Presenter& presenter, Gate& gate, Asking asking);
Outcome converse(Screen& screen, Gate& gate, Asking asking);  // by a PagedPresenter

}  // namespace assent::gate
