#pragma once
// Who may answer for guests.

#include "service/app/registry.h"

namespace assent {

// Whether the roster says that they work here: no pupil, parent or guest.
bool works_here(const Profile& profile);
// Somebody who works here does: no pupil, and no guest for another. Denied names them.
Status check_host(const People& people, const Registry& registry, const School& school,
                  PersonKey host, Time now);
// The only host whom `text` can mean: by login, e-mail address, id or name. 0: nobody, or several.
PersonKey find_host(const People& people, const Registry& registry, const School& school,
                    const std::string& text, Time now);

}  // namespace assent
