#pragma once
// A guest to begin from, and the people around them.

#include "service/domain/guest_steps.h"
#include "tests/unit/domain/guest_kinds.h"

namespace assent {

inline const Time kEight = parse_rfc3339("2026-11-02T08:00:00.000Z").value();  // a Monday
inline Time later(milliseconds by) {
  return kEight + by;
}

inline const GuestActor kIct{1, {"ict"}}, kReception{2, {"reception"}}, kTeacher{3, {"teacher"}},
    kVisitorSelf{0, {"self"}}, kCleaner{4, {"cleaner"}}, kHost{9, {}};
inline const GuestId kGuestId{};

inline GuestWish wish() {
  GuestWish out;
  out.name = "Dr A. Okafor";
  out.reason = "Science week talk";
  out.host = kHost.person;
  out.visits = "Ms Ahmed";
  return out;
}
inline Guest asked(const GuestKind& kind, const GuestWish& of = wish()) {
  return request_guest(kGuestId, kind, of, kReception, kEight).value();
}
inline Guest issued(const GuestKind& kind, const GuestWish& of = wish()) {
  return issue_guest(asked(kind, of), kind, kIct, "v-maple-042", 0, kEight).value();
}

}  // namespace assent
