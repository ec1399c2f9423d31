#pragma once
// What people at the school do about guests: ask for one, approve, issue, extend, end. Each step is
// an entry in the log. Any thread; `then` is called later, on the writer's thread, or at once.

#include "service/app/access.h"
#include "service/app/guest_ports.h"
#include "service/app/nt_secrets.h"
#include "service/domain/guest_steps.h"

namespace assent {

struct GuestOrder {
  std::string kind;
  GuestWish wish;                  // name: of the guest; of several, what goes before their numbers
  std::string account;             // of a pool: which one; empty: the first that is free
  unsigned count = 1;              // so many guests who are alike, such as for an event
  std::optional<GuestId> id = {};  // of one who must not be issued twice; else a random one
};
// The guest of a visit that another program keeps: the same visit is always the same guest.
GuestId guest_of_visit(const SecretKey& key, const School& school, std::string_view visit);

// What is done to a guest who is there.
struct GuestStep {
  enum class What : std::uint8_t {
    Approve,
    Reject,
    Extend,
    RefuseLonger,  // the guest asked for more time
    Suspend,
    Resume,
    Revoke,
    GiveBack
  };
  What what = What::Revoke;
  milliseconds by{0};  // Extend
  std::string reason;  // Reject, Suspend, Revoke: why, for the record (R16)
};
std::string_view to_text(GuestStep::What what);  // "approve", …
Result<GuestStep::What> parse_guest_step(std::string_view text);

// The only time that these secrets are seen.
struct IssuedGuest {
  GuestRow row;
  std::string passphrase, voucher;
};

// One account of a pool: who has it, or had it last.
struct PoolAccount {
  std::string account, kind;
  bool is_lent = false;
  std::optional<GuestRow> last;  // nothing: nobody ever had it
};

class GuestDesk {
 public:
  struct Needs {
    const Registry& registry;
    const People& people;
    const GuestBook& guests;
    LedgerWriter& writer;
    const SecretKey& key;  // as the door has it
    const Clock& clock;
    Random& random;
    GuestSecrets* secrets = nullptr;  // none: nobody wants to know
    const NtSecrets* nt = nullptr;    // none: MSCHAPv2 is off
  };
  explicit GuestDesk(Needs needs) : needs_(needs) {}
  template <class T>
  using Then = std::function<void(Result<T>)>;

  static constexpr unsigned kOrderMax = 200;

  // Who asks, with the roles that the school gives them. An admin's token is ICT's.
  GuestActor actor_of(const Actor& actor, const School& school) const;

  // Whether their order is issued at once; else it is kept as a request.
  bool may_issue(const Actor& actor, const School& school, const std::string& kind) const;
  // By somebody who may ask. NotFound for an unknown kind; Denied, Invalid with the
  // reason in a receptionist's words.
  void request(const Actor& actor, const School& school, const GuestOrder& order,
               const Then<GuestRow>& then);
  // By somebody who may issue: all of them or none. Conflict where the rules that they would have
  // to agree to are not in force: nobody gets an account without them (R7).
  void issue(const Actor& actor, const School& school, const GuestOrder& order,
             const Then<std::vector<IssuedGuest>>& then);
  // What was asked for, by somebody who may issue or who approved it.
  void issue_requested(const Actor& actor, const School& school, const GuestId& guest,
                       const std::string& account, const Then<IssuedGuest>& then);
  // What a visitor asked for by themselves, by a sponsor who compared the codes: approved and
  // issued at once, or neither.
  void let_in(const Actor& actor, const School& school, const GuestId& guest,
              const Then<IssuedGuest>& then);
  // A new passphrase and voucher, for who lost theirs: the old ones end at once.
  void renew_secret(const Actor& actor, const School& school, const GuestId& guest,
                    const Then<IssuedGuest>& then);
  void take(const Actor& actor, const School& school, const GuestId& guest, const GuestStep& step,
            const Then<GuestRow>& then);

  // The accounts of the pool of `kind`, in the order of the school's file; none where it has none.
  Result<std::vector<PoolAccount>> pool(const School& school, const GuestKind& kind,
                                        Time now) const;

  // What would be done at `now`, for a dry run: of several guests the last. Nothing is written.
  Result<GuestRow> to_order(const Actor& actor, const School& school, const GuestOrder& order,
                            Time now) const;
  Result<GuestRow> to_issue_requested(const Actor& actor, const School& school,
                                      const GuestId& guest, const std::string& account,
                                      Time now) const;
  Result<GuestRow> to_renew_secret(const Actor& actor, const School& school, const GuestId& guest,
                                   Time now) const;
  Result<GuestRow> to_take(const Actor& actor, const School& school, const GuestId& guest,
                           const GuestStep& step, Time now) const;

 private:
  Result<GuestRow> to_request(const Actor& actor, const School& school, const GuestKind& kind,
                              const GuestWish& wish, Time now) const;
  Status check_is_new(const GuestId& guest) const;
  Result<GuestRow> own(const School& school, const GuestId& guest) const;
  Result<std::size_t> live_of(const School& school, PersonKey host, Time now) const;
  Status check_rules(const School& school, const GuestKind& kind, Time now) const;
  Result<std::string> free_account(const School& school, const GuestKind& kind,
                                   const std::string& wanted, Time now) const;
  Result<GuestRow> give(const Actor& actor, const School& school, const GuestKind& kind,
                        GuestRow row, const std::string& wanted, std::size_t more, Time now) const;
  Result<IssuedGuest> put_account(Transaction& transaction, const School& school, GuestRow row,
                                  Time now) const;
  Status free_login(Transaction& transaction, const School& school, const GuestRow& row) const;
  std::vector<Draft> record_of(const Actor& actor, const School& school, std::string type,
                               const GuestRow& row, Time now) const;
  Then<IssuedGuest> telling(Then<IssuedGuest> then) const;
  void set_secrets(IssuedGuest& issued) const;

  Needs needs_;
};

}  // namespace assent
