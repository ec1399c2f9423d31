#pragma once
// How what is owed is put before a person: page by page where lines are typed, or in one window.

#include <string_view>

#include "core/base/result.h"
#include "core/gate/words.h"
#include "core/wire/agent_message.h"

namespace assent::gate {

// Denied: this host cannot ask anything. Unavailable: the person or the connection is gone.
// Corrupt: what came cannot be shown, which is no answer of the gate.
class Presenter {
 public:
  virtual ~Presenter() = default;
  // Shows terminal-safe `text` and waits for nothing. A host that cannot show it may drop it.
  virtual void show(std::string_view text) = 0;
  // Shows all of `reply`, whose texts are as they came, and returns one of `choices`.
  virtual Result<Word> present(const wire::AgentCheckReply& reply, const Choices& choices) = 0;
  // Asks for one add-on by itself: Yes, Help or No.
  virtual Result<Word> ask_add_on(const wire::AgentPart& part) = 0;
};

// True for the renditions of children and for easy read: they get other words.
bool is_for_pupils(const wire::AgentCheckReply& reply);

}  // namespace assent::gate
