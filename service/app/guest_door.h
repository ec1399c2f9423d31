#pragma once
// Whether somebody who says that they are a guest is one, and may be online now: asked by RADIUS,
// by the portal and by the gate. Any thread.

#include "service/app/account_holders.h"
#include "service/app/own_words.h"
#include "service/domain/credential.h"

namespace assent {

// What a generated secret is kept as: a keyed hash under the guest key, which is not in the store.
// So generated secrets of 50 bits and more are verified in microseconds, and a stolen store opens
// nothing.
Digest passphrase_hash(const SecretKey& key, const GuestId& guest, std::string_view passphrase);
Digest voucher_hash(const SecretKey& key, const Voucher& voucher);

// The hours of today in which guests of the kind may be online, or nothing: none, or it has no
// hours.
std::optional<OpenHours> open_hours(const GuestKind& kind, const School& school,
                                    const Calendar& calendar, Time now);

// A guest who may be online.
struct GuestEntry {
  GuestRow row;
  const School* school = nullptr;
  const GuestKind* kind = nullptr;
  Time until{};          // when the session ends, whatever extends it later
  bool owes = false;     // rules to read and accept come first: no network but the portal's
  std::string level;     // the filtering level that they have now; empty: the school has none
  unsigned devices = 0;  // how many may be online at once
};

class GuestDoor {
 public:
  struct Needs {
    const Registry& registry;
    const GuestBook& guests;
    const AccountHolders& holders;
    const Standings& standings;
    const Calendar& calendar;
    LedgerWriter& writer;
    const SecretKey& key;
    const Clock& clock;
    Random& random;
    GuestSecrets* secrets = nullptr;  // none: nobody wants to know
    OwnWords* words = nullptr;        // none: nobody may have any
  };
  explicit GuestDoor(Needs needs) : needs_(needs) {}
  using Then = std::function<void(Result<GuestEntry>)>;

  // Who has the account or the voucher, and may be online now. Their first login is written before
  // `then` hears of it, so it may be called later, on the writer's thread or another. Denied,
  // always in the same words and after the same work, for an account that nobody has, a wrong
  // secret, and a guest who is not online: that is one slow hash, at a school where guests may
  // choose words. Unavailable where there is no time for it. Guessing is limited by the caller
  // (TryLimiter), who gives no passphrase for somebody who may not try.
  void enter(const School& school, const std::string& account, std::string_view passphrase,
             const Then& then) const;
  void enter_by_voucher(const School& school, std::string_view code, const Then& then) const;

  // Who has proven who they are without a secret of ours: by the device that they asked from
  // (GuestAsks), or by MSCHAPv2 (GuestNetwork).
  void enter_proven(const GuestId& guest, const Then& then) const;

  // However they stand; nullptr: nobody has it.
  AccountHolders::Holder holder_of(const School& school, const std::string& account) const;

  // How somebody who entered before stands now. Denied once they may not be online; the reason is
  // for records and ICT, never for the guest. NotFound when nobody has the account.
  Result<GuestEntry> look(const GuestId& guest) const;
  Result<GuestEntry> look(const School& school, const std::string& account) const;

 private:
  Result<GuestEntry> stands(GuestRow row) const;
  bool is_right(const GuestRow& row, const std::string& passphrase) const;
  void enter_slowly(const School& school, const GuestRow& known, const std::string& typed,
                    const Then& then) const;
  Then telling(const std::string& words, const Then& then) const;
  void admit(const Result<GuestRow>& read, bool is_right, const Then& then) const;
  void admit(const GuestRow* row, bool is_right, const Then& then) const;
  void note_first_login(GuestEntry entry, const Then& then) const;

  Needs needs_;
};

}  // namespace assent
