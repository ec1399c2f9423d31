#pragma once
// What access points report of guests' sessions becomes rows: who had which address at what time.
// No ledger records: nobody agreed to anything by it.

#include <map>

#include "service/app/guest_door.h"
#include "service/app/nas_register.h"
#include "service/app/online_guests.h"
#include "service/app/session_class.h"

namespace assent {

// Its access point was not heard of for a while: it may be there again.
inline constexpr std::string_view kLost = "lost";

// Any thread.
class GuestStays {
 public:
  struct Needs {
    const NasRegister& nases;
    const GuestDoor& door;
    const OnlineGuests& online;
    const GuestSessions& sessions;
    LedgerWriter& writer;
    const SecretKey& key;
    // A session that should not be there any more; must not block.
    std::function<void(const GuestSessionRow&, const std::string& cause)> cut;
  };
  explicit GuestStays(Needs needs) : needs_(std::move(needs)) {}
  using Then = std::function<void(Result<bool>)>;

  // `then` hears true when the access point should end this session now: the guest may not be
  // online any more, or would be let in otherwise. The same report twice is one, a report of
  // nobody's session is passed over, and one that comes too late changes nothing. Unavailable: it
  // is not written, and should be reported again.
  void report(const RadiusRequest& request, const Then& then);

  // It is no longer there, as somebody found out.
  void end(const GuestSessionRow& stay, const std::string& cause, const Done& done);

 private:
  void end_all(const std::string& nas, const Then& then);
  std::string why_not(const SessionClass& session) const;
  void write(GuestSessionRow said, std::string cause, bool ends, const Done& done);
  Result<std::optional<GuestSessionRow>> before(const GuestSessionId& id) const;

  Needs needs_;
  // What earlier jobs of a transaction made of a stay. The writer's thread alone.
  std::map<GuestSessionId, GuestSessionRow> under_way_;
};

// What a stay becomes by a report that it goes on or ends; nothing where that changes nothing.
// `said` has what is known now, its `seen` is the time.
std::optional<GuestSessionRow> after_report(const std::optional<GuestSessionRow>& before,
                                            GuestSessionRow said, bool ends,
                                            const std::string& cause);

}  // namespace assent
