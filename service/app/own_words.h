#pragma once
// The words that a guest has chosen instead of a passphrase: kept as an Argon2id text, verified in
// a lane of a few threads, and remembered for a few minutes. docs/guests.md.

#include <deque>
#include <map>

#include "core/crypto/password_hash.h"
#include "service/app/guest_ports.h"
#include "service/app/hash_lane.h"
#include "service/app/registry.h"

namespace assent {

// Any thread.
class OwnWords {
 public:
  struct Needs {
    const Registry& registry;
    const GuestBook& guests;
    LedgerWriter& writer;
    PasswordHash& hash;
    const SecretKey& key;  // what is remembered is a hash under it
    const Clock& clock;
    Random& random;
    GuestSecrets* secrets = nullptr;  // none: nobody wants to know
  };
  explicit OwnWords(Needs needs) : needs_(needs), lane_(needs.clock) {}

  // Whether any guest of the school may have them. Where none may, no login costs a hash.
  static bool are_allowed(const School& school);

  // Whether these were right a few minutes ago, and are still the guest's. No hash is computed. How
  // the guest stands is not remembered.
  bool remembers(const GuestRow& guest, const std::string& typed) const;
  // Whether they are the guest's, on another thread, after exactly one hash: for a guest who has
  // none, too. Words that can be nobody's ("") are Denied at once where too many such wait already.
  // Unavailable where too much waits, or it took too long.
  void check(const GuestRow& guest, const std::string& typed,
             const std::function<void(Result<bool>)>& then);
  // Instead of their passphrase, which ends; their voucher stays. `words` are what
  // check_own_words() gave. Denied where their kind allows none or they are not a guest now;
  // Unavailable as above.
  void choose(const GuestId& guest, const std::string& words,
              const std::function<void(Result<GuestRow>)>& then);

  // Before the writer stops.
  void stop() { lane_.stop(); }

 private:
  Result<std::vector<Draft>> put(Transaction& transaction, const GuestId& guest,
                                 const std::string& kept, Time now, GuestRow& made) const;
  void write(const GuestId& guest, const std::string& words, const std::string& kept,
             const std::function<void(Result<GuestRow>)>& then);
  Digest name_of(const GuestRow& guest, const std::string& typed) const;
  void remember(const GuestRow& guest, const std::string& typed);

  Needs needs_;
  mutable std::mutex mutex_;  // guards what follows
  std::map<Digest, Time> right_;
  std::deque<std::pair<Time, Digest>> by_age_;
  HashLane lane_;  // the last: its threads use all above
};

}  // namespace assent
