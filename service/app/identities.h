#pragma once
// Two entries of the roster that are one person, and one that turned out to be two. Both are
// entries in the log and each undoes the other. Acceptances are never merged or copied: what
// somebody signed stays with the entry that signed it, so a link made in error gives nobody
// another person's signature.

#include "service/app/access.h"

namespace assent {

struct Linking {  // who would be linked, as they are
  PersonRow from, to;
  std::vector<IdentityRow> ids;  // what names `from`, all of it
};

struct Parting {                 // who is parted, as they are afterwards
  PersonRow from;                // who had the ids
  std::optional<PersonRow> to;   // the entry that they go back to, if a link brought them
  std::vector<IdentityRow> ids;  // what goes
};

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

  template <class T>
  using Then = std::function<void(Result<T>)>;

  // All external ids of `from` name `to` from now on. If `from` is active, `to` takes over its
  // account: login, name, form, profile, and is active again; `from` has left. Writes
  // "person.link", with both accounts as they were. Invalid for one and the same person, another
  // school or no reason; Conflict when `from` has no id, or when both are active: one of two
  // accounts would be lost, and a signature would be found under the other's login. Gives `to` as
  // it is now.
  void link(const Actor& actor, SchoolKey school, PersonKey from, PersonKey to,
            const std::string& reason, Then<PersonRow> then);
  // Takes an external id away from the person who has it. If a link brought it, that link is
  // undone: all ids that it moved go back to the entry that they came from, and so does the
  // account; Conflict if the person has got another account since. Any other id goes to nobody,
  // and the next roster makes a new person of it; a person without any id left has left. Writes
  // "person.part". NotFound when nobody has the id.
  void part(const Actor& actor, SchoolKey school, const std::string& source,
            const std::string& external, const std::string& reason, Then<Parting> then);

  // What link() and part() would do now, for a dry run.
  Result<Linking> to_link(SchoolKey school, PersonKey from, PersonKey to) const;
  Result<Parting> to_part(SchoolKey school, const std::string& source,
                          const std::string& external) const;

 private:
  Result<std::optional<Value>> link_of(const IdentityRow& identity) const;
  Result<Parting> undo(const Value& link, PersonRow had, std::vector<IdentityRow> ids) const;
  Result<bool> has_login(const PersonRow& other, const std::string& login) const;
  Needs needs_;
};

}  // namespace assent
