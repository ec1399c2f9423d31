#pragma once
// What visitors ask for themselves, on the portal and signed in nowhere: to be let in, and to stay
// longer. Asking grants nothing: people at the school answer (GuestDesk). Which device asked is in
// the store, so a page that was closed is found again. docs/guests.md.

#include <map>
#include <mutex>

#include "service/app/guest_ports.h"
#include "service/app/portal_state.h"
#include "service/app/registry.h"
#include "service/domain/try_limit.h"

namespace assent {

// As they typed it.
struct GuestAsk {
  std::string kind, name, visits, reason;
};

// What became of what was asked from a device.
struct AskedFor {
  enum class State : std::uint8_t { Waiting, LetIn, Refused };
  State state = State::Waiting;
  GuestId guest;
  PortalDevice device;  // with its gateway, unless the service was started again since
  std::string visits;
  Time until{};  // it stands until then, and its device may take it up until then
};

// Any thread.
class GuestAsks {
 public:
  struct Needs {
    const Registry& registry;
    const People& people;
    const GuestBook& guests;
    TryLimiter& tries;
    LedgerWriter& writer;
    const Clock& clock;
    Random& random;
  };
  explicit GuestAsks(Needs needs) : needs_(needs) {}
  template <class T>
  using Then = std::function<void(Result<T>)>;

  // Requests of their own that wait at one school: more would hide the others from the desk.
  static constexpr std::size_t kWaitingMax = 50;

  // What was asked before the service stopped. Once, before all else.
  Status remember();
  Observer observer();

  // The kinds that a visitor may ask for; often none.
  static std::vector<const GuestKind*> kinds(const School& school);
  // Nothing where it did not ask, or so long ago that it has to ask again.
  std::optional<AskedFor> of(const School& school, const PortalDevice& device) const;

  // From a device that waits already: what it waits for. Whether there is such a host is told to
  // nobody: who is found is the host, else whoever approves it will be. Invalid: something is
  // missing. Conflict: too many asked, from the device, for that host, behind the gateway or in
  // all.
  void ask(const School& school, const PortalDevice& device, const GuestAsk& asked,
           const Then<AskedFor>& then);
  // Denied, Conflict: not so much, or not again.
  void ask_longer(const School& school, const GuestId& guest, milliseconds by_how_much,
                  const Then<GuestRow>& then);

 private:
  using Place = std::pair<SchoolKey, std::string>;  // school and address

  Result<GuestRow> to_request(const School& school, const PortalDevice& device,
                              const GuestAsk& asked, PersonKey host, Time now) const;
  GuestId fresh_id(SchoolKey school) const;
  std::vector<AskedFor> waiting(SchoolKey school) const;
  void note(const GuestRow& row);
  void note_gateway(const School& school, const PortalDevice& device);

  Needs needs_;
  mutable std::mutex mutex_;  // guards what follows
  std::map<Place, AskedFor> held_;
};

}  // namespace assent
