#pragma once
// The captive portal as a use case: a visitor's phone comes, shows a code, is shown the rules, says
// yes or no, and is online until its end. Pages and HTTP are elsewhere. docs/portal.md.

#include "service/app/gate_service.h"
#include "service/app/guest_asks.h"
#include "service/app/guest_door.h"
#include "service/app/online_guests.h"
#include "service/app/portal_gateway.h"
#include "service/domain/own_words.h"
#include "service/domain/try_limit.h"

namespace assent {

// What the visitor is shown next.
struct AskForCode {
  enum class After : std::uint8_t {
    Nothing,
    Wrong,  // unknown, ended, locked or wrong: nobody learns which
    Again,  // a form came too late, or from another device than its page went to
    Prove   // they are online, and want what takes more than an address
  };
  After after = After::Nothing;
  std::string account;  // as they typed it
};
struct ReadRules {
  std::shared_ptr<const Rendered> rendered;
  days kept{0};          // how long their name is kept after their end
  bool changed = false;  // while they read others
};
struct NowOnline {
  Time until{};
  std::string host;     // who answers for them
  std::string allowed;  // what their filtering level is for, in the school's words; may be empty
  std::optional<std::uint64_t> receipt;  // the record of their yes
  milliseconds longer_left{0};           // how much more they may ask for here; 0: they cannot
  std::optional<Time> longer_until;      // they asked for it, and wait for the answer
  bool longer_refused = false;
  bool connecting = false;  // their gateway lets them on in a moment
  std::string go_to;        // where the browser must go for that; empty: nowhere
  bool may_choose = false;  // words of their own
  bool has_words = false;   // they did
};
// Words of their own instead of the passphrase.
struct ChooseWords {
  std::string account;
  WordsFault fault = WordsFault::None;  // of what they typed
  bool too_often = false;
};
struct AskForAccess {  // what a visitor without a code fills in
  enum class Fault : std::uint8_t { None, Missing, TooMany };
  GuestAsk typed;
  Fault fault = Fault::None;
};
struct WaitToBeLetIn {
  std::string code;  // the desk shows the same
  std::string visits;
  Time until{};        // then they have to ask again
  bool still = false;  // they want no page that looks again by itself
};
struct LetIn {};  // and may go on to the rules
struct NotLetIn {};
struct SaidNo {};
struct LoggedOut {};
struct NotNow {};  // something did not answer: trying again may help
// Their device stands behind a gateway, and did not come by it: so nobody could let it on.
struct ThroughGateway {};
using PortalView =
    std::variant<AskForCode, ReadRules, NowOnline, SaidNo, LoggedOut, NotNow, AskForAccess,
                 WaitToBeLetIn, LetIn, NotLetIn, ThroughGateway, ChooseWords>;

struct PortalAnswer {
  PortalState state;  // for the next page's form
  PortalView view;
};

struct TypedCode {
  std::string voucher;              // else
  std::string account, passphrase;  // these two
};

// Any thread.
class Portal {
 public:
  struct Needs {
    const Registry& registry;
    const GuestDoor& door;
    GateService& gate;
    const People& people;
    const Standings& standings;
    const GuestSessions& sessions;
    const OnlineGuests& online;
    const GatewayRegister& gateways;
    TryLimiter& tries;
    LedgerWriter& writer;
    const SecretKey& key;  // seals states
    const Clock& clock;
    Random& random;
    // Ends a stay at an access point or a gateway; must not block.
    std::function<void(const GuestSessionRow&, const std::string& cause)> cut;
    GuestAsks* asks = nullptr;  // none: visitors ask for nothing here
    // Hears why a gateway let nobody on: a line, for whoever runs the service. None: nobody does.
    std::function<void(const std::string&)> warn = {};
    OwnWords* words = nullptr;  // none: nobody may choose any
  };
  explicit Portal(Needs needs) : needs_(std::move(needs)) {}
  // Called once, perhaps later and on the writer's thread.
  using Then = std::function<void(PortalAnswer)>;

  // The first page, or that they are online already: who is, and was sent here by their gateway all
  // the same, is let on there once more.
  void come(const School& school, const PortalDevice& device, const Then& then);
  // A form that came back, opened: Again, with a new state, unless it went to this address, for
  // this school and not too long ago (A20).
  Result<PortalState> take(const School& school, std::string_view sealed,
                           const std::string& address, PortalAnswer& again) const;

  // `language` is what the document should be in.
  void enter(const School& school, const PortalState& state, const TypedCode& typed,
             const std::string& language, const Then& then);
  void answer(const School& school, const PortalState& state, bool yes, const std::string& language,
              const Then& then);
  void leave(const School& school, const PortalState& state, const Then& then);
  // For who has no code (portal_ask.cpp): the form, what they wrote, and once they were let in the
  // way on. A request from this device is found again by come().
  void show_ask_form(const School& school, const PortalState& state, const Then& then);
  void ask(const School& school, const PortalState& state, const GuestAsk& asked, const Then& then);
  void wait_still(const School& school, const PortalState& state, const Then& then);
  void show_code_form(const School& school, const PortalState& state, const Then& then);
  void take_up(const School& school, const PortalState& state, const std::string& language,
               const Then& then);
  // Online, they would stay so for longer.
  void ask_longer(const School& school, const PortalState& state, milliseconds by_how_much,
                  const Then& then);
  // Words of their own (portal_words.cpp): the form, and what they typed, twice. Whoever did not
  // show who they are on this page, but is known by address alone, is asked for their code first.
  void show_words_form(const School& school, const PortalState& state, const Then& then);
  void choose_words(const School& school, const PortalState& state, const std::string& words,
                    const std::string& again, const Then& then);
  // The rules in easy read, or no longer.
  void reword(const School& school, PortalState state, bool easy, const std::string& language,
              const Then& then);
  // The page that they are on once more, such as in another language.
  void show(const School& school, const PortalState& state, const std::string& language,
            const Then& then);

  // How the device at an address stands: what RFC 8908 answers from. Empty: it is not online.
  std::optional<NowOnline> standing(const School& school, const std::string& address) const;
  std::string seal(const PortalState& state) const { return seal_state(needs_.key, state); }

 private:
  bool is_here(const PortalState& state) const;
  static Then still_proved(const PortalState& state, const Then& then);
  Result<GuestRow> chooser(const School& school, const PortalState& state,
                           PortalAnswer& instead) const;
  PortalAnswer begin(const School& school, PortalDevice device, AskForCode::After after,
                     std::string account = "") const;
  std::optional<AskedFor> asked_from(const School& school, const PortalDevice& device) const;
  PortalAnswer first_page(const School& school, const PortalDevice& device, bool still) const;
  void go_on(const School& school, const PortalState& state, const Result<GuestEntry>& entry,
             const std::string& language, bool changed, const Then& then);
  void show_rules(const PortalState& state, const GuestEntry& entry, const std::string& language,
                  bool changed, const Then& then);
  void let_on(const School& school, const PortalState& state, const GuestEntry& entry,
              const Then& then);
  void open_way(const School& school, PortalAnswer answer, const GuestSessionRow& stay, Time until,
                const Then& then);
  void make_room(const std::vector<GuestSessionRow>& known, const GuestSessionRow& mine,
                 unsigned most, std::vector<GuestSessionRow>& rows) const;
  NowOnline online(const GuestEntry& entry) const;
  bool is_opening(const GuestSessionRow& stay) const;
  bool is_past_gateway(const School& school, const PortalDevice& device) const;

  Needs needs_;
};

}  // namespace assent
