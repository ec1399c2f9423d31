#pragma once
// The decision at login, pure: facts, catalogue and time in, a verdict out (design decision 7).

#include <optional>

#include "service/domain/catalogue.h"

namespace assent {

using PersonKey = std::int64_t;  // the store's short key for a person; never leaves the service

enum class Act : std::uint8_t {
  None,
  Agree,
  Acknowledge,
  Decline,
  Defer,
  Help,
  Endorse,
  Withdraw,
  Notified
};
std::string_view to_text(Act act);  // "agree", … as in records
Result<Act> parse_act(std::string_view text);
// True for agree and acknowledge: what makes a version accepted.
bool accepts(Act act);

// Where one person stands with one policy: the newest acceptance, and deferrals since.
struct Standing {
  PolicyKey policy = 0;
  std::uint32_t version = 0;           // last accepted; 0 = never, or withdrawn since
  Style style = Style::Std;            // the band that it was accepted in
  Act act = Act::None;                 // the newest answer of any kind
  Time at{};                           // of the acceptance; of the newest answer while version is 0
  std::uint64_t entry = 0;             // ledger index of the newest answer
  std::uint32_t deferred_version = 0;  // of the newest later, no or help since the acceptance
  std::uint8_t deferred_count = 0;     // how often they said later to it
  friend bool operator==(const Standing&, const Standing&) = default;
};

enum class PersonState : std::uint8_t { Active, Left };

// What the gate knows of a person: one point read, or one cache entry.
struct Facts {
  PersonKey person = 0;
  SchoolKey school = 0;
  std::uint32_t profile = 0;  // the store's key of their Profile
  PersonState state = PersonState::Active;
  std::vector<Standing> standings;
  friend bool operator==(const Facts&, const Facts&) = default;
};
// Theirs with that policy; one that says nothing where they never answered.
const Standing& standing_with(const Facts& facts, PolicyKey policy);

enum class Verdict : std::uint8_t { Clear, Ask, Acknowledge, Refuse };
std::string_view to_text(Verdict verdict);

enum class Reason : std::uint8_t {
  UpToDate,     // nothing owed
  NothingOwed,  // the audience owes no policy that is in effect
  Exempt,
  Shared,
  Observed,  // something is owed, but enforcement only observes
  Owes,      // asked
  Unknown,   // no such login, or no audience rule matches
  Left,      // no longer in the roster
};

enum class Why : std::uint8_t { FirstTime, Amended, Renewal, NewBand, Withdrawn };

struct Owed {
  const PublishedPolicy* policy;
  const PublishedVersion* to;
  std::uint32_t from = 0;   // 0: the whole text is shown
  Mode mode = Mode::Agree;  // Agree or Acknowledge
  Why why = Why::FirstTime;
  bool add_on = false;
  bool observed = false;  // would be asked, were it not observed
  bool may_defer = false;
  bool may_defer_unasked = false;  // where no prompt can be answered
  std::uint8_t deferrals_left = 0;
};

// How often a login that cannot be asked is put off for one version, whatever the school allows
// those who can (docs/decisions/0005).
inline constexpr unsigned kUnaskedMax = 3;

struct Decision {
  Verdict verdict = Verdict::Refuse;  // fail safe
  Reason reason = Reason::Unknown;
  std::vector<Owed> asked;     // in the audience's order
  std::vector<Owed> observed;  // owed, but only observed
};

// Pure; pointers in the answer live as long as `catalogue`. A guest is always asked and has no
// "later", whatever the enforcement.
Decision decide(const Facts& facts, const Audience& audience, const School& school,
                const Catalogue& catalogue, Time now);

// Endorsed or notified, it stays as it is. What `standing` becomes by `act` on version `to` in
// `style`, at `now`, as ledger entry `entry`.
Standing after(Standing standing, Act act, std::uint32_t to, Style style, Time now,
               std::uint64_t entry);

}  // namespace assent
