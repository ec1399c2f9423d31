#pragma once
// How a guest comes to be, changes and ends: each step takes a guest and gives the next one, or
// says in a receptionist's words why not. Pure; times, people and limits are arguments. No step
// makes a guest without an end, or one above what its kind allows. docs/guests.md has the table.

#include "service/domain/guest.h"

namespace assent {

// Who takes a step. `person` 0 with the role kSelf: the visitor, who is signed in nowhere.
struct GuestActor {
  PersonKey person = 0;
  std::vector<std::string> roles;
};

struct GuestWish {
  std::string name, reason;
  PersonKey host = 0;
  std::optional<Time> from;   // kinds that count from a window
  std::optional<Time> until;  // an end by the clock, such as today 15:30
  milliseconds stay{0};       // 0: the kind's longest
  unsigned devices = 0;       // 0: the kind's
  std::string visits = {};    // of kSelf: whom they visit, in their own words; host may be 0 then
};
struct GuestLimits {
  static constexpr std::size_t kName = 128;  // as in EndingAccountLimits
  static constexpr std::size_t kReason = 200;
};

// Whoever may issue may ask as well. A visitor's own request stands for kOwnRequestStands. Denied,
// Invalid with the field.
Result<Guest> request_guest(const GuestId& id, const GuestKind& kind, const GuestWish& wish,
                            const GuestActor& by, Time now);
// By a sponsor who is not who asked; once. They are the host where none was found.
Result<Guest> approve_guest(Guest guest, const GuestKind& kind, const GuestActor& by, Time now);
// By the host, a sponsor, who may issue, or who asked and thinks better of it.
Result<Guest> reject_guest(Guest guest, const GuestKind& kind, const GuestActor& by, Time now);

// The account is theirs from here on. By somebody who may issue, or by the sponsor who approved it.
// `live_of_host` is how many live guests the host has already.
Result<Guest> issue_guest(Guest guest, const GuestKind& kind, const GuestActor& by,
                          const std::string& account, std::size_t live_of_host, Time now);
// The same for a kind with a pool: `last` is the guest who had `account` last, or nullptr. Conflict
// while it is still theirs.
Result<Guest> lend_guest(Guest guest, const GuestKind& kind, const GuestActor& by,
                         const std::string& account, const Guest* last, std::size_t live_of_host,
                         Time now);

// The first login of an account: again it changes nothing. Denied when it may not be online for a
// reason other than the hour.
Result<Guest> log_in_guest(Guest guest, const GuestKind& kind, Time now);
// By the host, a sponsor, or somebody who may issue. `by_how_much` more than it has.
Result<Guest> extend_guest(Guest guest, const GuestKind& kind, const GuestActor& by,
                           milliseconds by_how_much, Time now);
// The guest's own wish for more time. It grants nothing: extend_guest() does, or not.
Result<Guest> ask_longer(Guest guest, const GuestKind& kind, milliseconds by_how_much, Time now);
// By those who may extend.
Result<Guest> refuse_longer(Guest guest, const GuestKind& kind, const GuestActor& by, Time now);
// By the same and those who may ask: what takes access away needs less than what gives it.
Result<Guest> suspend_guest(Guest guest, const GuestKind& kind, const GuestActor& by, Time now);
Result<Guest> resume_guest(Guest guest, const GuestKind& kind, const GuestActor& by, Time now);
Result<Guest> revoke_guest(Guest guest, const GuestKind& kind, const GuestActor& by, Time now);
// A new secret for an account, by somebody who may issue, or by the sponsor who approved it.
Status may_renew(const Guest& guest, const GuestKind& kind, const GuestActor& by, Time now);
// They have gone home, or given a pool account back.
Result<Guest> give_back_guest(Guest guest, const GuestKind& kind, const GuestActor& by, Time now);

// Writes down that the end has come, so that no clock which is set back gives the account back.
// Conflict before it, and for who ended already.
Result<Guest> expire_guest(Guest guest, const GuestKind& kind, Time now);

// Forgets who it was, from purge_due() on. Times, kind and account stay, for the statistics and so
// that a name is not given twice.
Result<Guest> purge_guest(Guest guest, const GuestKind& kind, Time now);

}  // namespace assent
