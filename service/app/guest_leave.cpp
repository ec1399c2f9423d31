#include "service/app/guest_leave.h"

#include "service/app/wanted_levels.h"

namespace assent {

Status put_left(Transaction& transaction, const People& people, const Registry& registry,
                const School& school, const GuestRow& row, Time now) {
  if (row.person == 0) return {};
  ASSENT_TRY(PersonRow person, people.person(row.person));
  person.state = PersonState::Left;
  if (row.guest.state == GuestState::Purged) person.name.clear();
  ASSENT_CHECK(transaction.put(person));
  ASSENT_CHECK(put_level(transaction, registry, school, row.person, now));
  return {};
}

}  // namespace assent
