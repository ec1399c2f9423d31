#pragma once
// Two entries of the roster that are one person, and one that turned out to be two. Both are
// entries in the log and each undoes the other. Acceptances are never merged or copied: what
// somebody signed stays with the entry that signed it, so a link made in error gives nobody
// another person's signature.

#include "service/app/access.h"

namespace assent {

class Identities {
 public:
  static constexpr std::size_t kReasonMax = 500;      // bytes
  static constexpr std::size_t kHistoryMax = 10'000;  // records searched for the link to undo

  struct Needs {
    const Registry& registry;
    const People& people;
    const History& history;
    LedgerWriter& writer;
    Random& random;
  };
  explicit Identities(Needs needs) : needs_(needs) {}

  using Then = std::function<void(Result<PersonRow>)>;

  // All external ids of `from` name `to` from now on. `from` has left and keeps its records; if it
  // was active, `to` takes over its account: login, name, form, profile, and is active again.
  // Writes "person.link". Invalid for one and the same person, another school or no reason;
  // Conflict when `from` has no id. Gives `to` as it is now.
  void link(const Actor& actor, SchoolKey school, PersonKey from, PersonKey to,
            const std::string& reason, Then then);
  // Takes one external id away from the person who has it. If a link brought it, it goes back to
  // the entry that it came from; otherwise to nobody, and the next roster makes a new person of
  // it. Writes "person.part". NotFound when nobody has the id. Gives who had it.
  void part(const Actor& actor, SchoolKey school, const std::string& source,
            const std::string& external, const std::string& reason, Then then);

 private:
  Result<std::optional<PersonRow>> owner_before(const IdentityRow& identity, SchoolKey school);
  Needs needs_;
};

}  // namespace assent
