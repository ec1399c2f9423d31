#pragma once
// A guest: a time-limited, restricted account with a host, a reason and one effective end, which
// the directory, RADIUS, the portal and clearances all obey (design decision 9). Values; how a
// guest comes to be and changes is guest_steps.h. docs/guests.md has the table of states.

#include "core/base/id.h"
#include "service/domain/gate.h"
#include "service/domain/guest_kind.h"

namespace assent {

struct GuestTag {
  static constexpr std::string_view prefix = "g_";
};
using GuestId = RandomId<GuestTag>;

// What somebody decided. That an issued guest was here already (first_login), has run out, or may
// not be online at this hour is not stored: it follows from the times.
enum class GuestState : std::uint8_t { Requested, Issued, Suspended, Ended, Purged };
std::string_view to_text(GuestState state);  // "requested", …

// How somebody ended it; None: only its time did.
enum class GuestEnding : std::uint8_t { None, Rejected, Revoked, GivenBack };
std::string_view to_text(GuestEnding ending);  // "none", "rejected", …

struct Guest {
  GuestId id;
  std::string kind;          // a GuestKind's name
  std::string name, reason;  // of the guest, and why they are here; one line each; gone once purged
  PersonKey host = 0;        // who answers for them; 0: a visitor's own request, not yet approved
  std::string visits;  // whom a visitor who asked by themselves says they visit; gone as above
  GuestState state = GuestState::Requested;
  GuestEnding ending = GuestEnding::None;
  bool needs_approval = false;  // asked for by somebody who may not issue, in a kind with sponsors
  std::string account;          // the login, once issued
  PersonKey requested_by = 0, approved_by = 0, issued_by = 0;  // 0: nobody signed in, or nobody yet
  Time requested_at{};
  std::optional<Time> answer_by;  // a visitor's own request stands until then, and no longer
  std::optional<Time> from;       // a start that was chosen (GuestStart::Window)
  Time valid_from{};              // once issued
  milliseconds stay{0};           // as asked for, never more than the kind's longest
  std::optional<Time> until;      // an end by the clock, if one was asked for
  std::optional<Time> first_login, ended_at;
  milliseconds extended{0};  // of all extensions together
  unsigned extensions = 0;
  milliseconds longer{0};       // what they ask for beyond that, and nobody has answered
  bool longer_refused = false;  // they asked, and were told no
  unsigned devices = 0;         // asked for; 0: as many as the kind allows
  friend bool operator==(const Guest&, const Guest&) = default;
};

// How long a request stands that names no start and nobody answers.
inline constexpr days kRequestStands{7};
// A visitor's own: they stand there. Its device may take it up until then, and no later.
inline constexpr hours kOwnRequestStands{2};

// The one end: the earliest of all that can end this guest, by what was granted and by the kind as
// it is configured now. Every guest has one, in every state.
Time effective_end(const Guest& guest, const GuestKind& kind);
unsigned device_cap(const Guest& guest, const GuestKind& kind);
// How much more a guest may ask for; 0: nothing, or they have asked already.
milliseconds longer_left(const Guest& guest, const GuestKind& kind);
// When name, reason and host are to be forgotten.
Time purge_due(const Guest& guest, const GuestKind& kind);
// True while an account is theirs: issued or suspended, and not at its end.
bool is_live(const Guest& guest, const GuestKind& kind, Time now);

// Why a guest may or may not be online.
enum class GuestWhy : std::uint8_t {
  Online,
  Requested,  // nobody has issued it yet
  NotYet,     // it begins later
  Closed,     // outside the hours of its kind
  Suspended,
  Expired,
  Rejected,
  Revoked,
  GivenBack,
  Purged
};
std::string_view to_text(GuestWhy why);  // "online", "not-yet", …

// Today's hours of the kind as instants, which a calendar made of them: so that they hold on the
// two days on which the clocks change.
struct OpenHours {
  Time from{}, until{};
};

struct GuestStanding {
  GuestWhy why = GuestWhy::Expired;  // fail safe
  Time until{};  // while online: when the session ends, whatever extends it later
  bool online() const { return why == GuestWhy::Online; }
  friend bool operator==(const GuestStanding&, const GuestStanding&) = default;
};
// As if they came online now. `today` counts where the kind has hours; nothing there means closed
// all day.
GuestStanding standing_at(const Guest& guest, const GuestKind& kind, Time now,
                          const std::optional<OpenHours>& today);

}  // namespace assent
