#pragma once
// How a record names the signed-in person who did something.

#include "service/app/access.h"

namespace assent {

// Adds "by": {"id", "login"} to `fields`.
inline Object by_actor(const Actor& actor, Object fields) {
  fields.emplace_back("by",
                      Object{{"id", to_text(actor.person.id)}, {"login", actor.person.login}});
  return fields;
}

}  // namespace assent
