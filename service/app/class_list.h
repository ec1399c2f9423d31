#pragma once
// Whom a teacher means by a list of who was there. Infants have no login of their own, so a child
// may also be named by an id of the roster or by name; nothing is guessed.

#include <map>

#include "service/app/ports.h"

namespace assent {

class ClassList {
 public:
  // Everybody who is active in `form`; NotFound when nobody is.
  static Result<ClassList> read(const People& people, const School& school,
                                const std::string& form);

  // The one of the class whom `text` names by login, person id or external id; where nobody has
  // that, by the whole name in any case. nullptr when it names nobody here, or more than one.
  const PersonRow* find(const std::string& text) const;
  // Of one of the class, as they were when it was read.
  const Facts& facts(const PersonRow& person) const { return facts_.at(person.key); }

 private:
  std::vector<PersonRow> people_;
  std::map<PersonKey, Facts> facts_;
  std::multimap<std::string, PersonKey> ids_;  // external ids of any source
};

}  // namespace assent
