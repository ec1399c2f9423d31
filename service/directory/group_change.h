#pragma once
// Many members of one group, added or taken in as few operations as can be. An operation is all or
// nothing, and one value that is so already fails it (OpenLDAP 20 and 16, Samba 68 and 53; the
// control that should forgive this is not honoured by Samba). So the group is then read, what is so
// already is left out, and what fails even then is halved until the one value stands alone.

#include <span>

#include "service/directory/directory.h"

namespace assent::directory {

struct ChangeLimits {
  // Of the values in one operation. OpenLDAP takes 4 MiB at once (sockbuf_max_incoming_auth),
  // Active Directory 10.
  static constexpr std::size_t kBytes = 2 * 1024 * 1024;
};

// One answer a DN, in order: good when the group is as asked, whether or not it was before. After
// an answer that means Unavailable nothing more is tried: the rest have the same answer, and the
// connection may not be used again.
std::vector<Answer> add_members(Directory& directory, const std::string& group,
                                std::span<const std::string> dns);
std::vector<Answer> take_members(Directory& directory, const std::string& group,
                                 std::span<const std::string> dns);
// The same with any names that the server takes for DNs, but an operation that fails is left at
// that: not one of its members was changed.
std::vector<Answer> add_all(Directory& directory, const std::string& group,
                            std::span<const std::string> names);
std::vector<Answer> take_all(Directory& directory, const std::string& group,
                             std::span<const std::string> names);

}  // namespace assent::directory
