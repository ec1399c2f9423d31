#pragma once
// The signing page as a use case: somebody signed in, in a browser on any device, is shown what
// they owe and answers it. The documents, hashes and records are those of a computer's login, with
// the proof "self". docs/signing.md.

#include <map>

#include "service/app/gate_service.h"

namespace assent {

// What somebody says to all that is shown, but for what has a choice of its own (add-ons).
enum class Say : std::uint8_t { Yes, No, Later, Help };
std::string_view to_text(Say say);  // "yes", … as in forms
Result<Say> parse_say(std::string_view text);

// How they would like to read it.
struct Reading {
  std::string language;  // empty: the school's
  bool full = false;     // every rule, not the changes alone
  bool easy = false;     // in easy read, where there is one
};

struct Held {  // what they have accepted before
  std::string title;
  std::uint32_t version = 0;
  Time at{};
  std::optional<std::uint64_t> receipt;  // none where they have answered otherwise since
};
struct NothingToSign {
  std::vector<Held> held;
};
struct ToSign {
  Shown shown;
  enum class After : std::uint8_t { Nothing, Changed, NoMoreLater, Incomplete };
  After after = After::Nothing;  // what became of an answer just given
};
struct HasSaid {
  Say said = Say::Yes;
  AnswerOutcome outcome;
};
struct CannotSign {};    // nobody whom the gate would ask: such as somebody who has left
struct NotAnswering {};  // trying again may help
using SigningView = std::variant<NothingToSign, ToSign, HasSaid, CannotSign, NotAnswering>;

// A form that came back. Nothing in it is believed: ticket and hash prove each other.
struct SignedForm {
  std::string ticket, shown;  // of the page; the document's hash in hex
  Say say = Say::Help;
  std::map<std::string, bool> add_ons;  // by policy: yes or no
};

// Any thread.
class Signing {
 public:
  struct Needs {
    const Registry& registry;
    GateService& gate;
    const Standings& standings;
    const SecretKey& ticket_key;
  };
  explicit Signing(Needs needs) : needs_(needs) {}
  // Called once, perhaps later and on the writer's thread.
  using Then = std::function<void(SigningView)>;

  SigningView look(const School& school, const PersonRow& person, const Reading& reading) const;
  void answer(const School& school, const PersonRow& person, const SignedForm& form,
              const Reading& reading, const Then& then);

 private:
  SigningView look(const School& school, const PersonRow& person, const Reading& reading,
                   ToSign::After after) const;
  NothingToSign nothing(const PersonRow& person) const;
  // One for each part that the ticket shows. Invalid: a choice is missing, or it is no ticket.
  Result<std::vector<GivenAnswer>> answers_of(const SignedForm& form) const;

  Needs needs_;
};

}  // namespace assent
