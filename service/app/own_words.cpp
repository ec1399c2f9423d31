#include "service/app/own_words.h"

#include <algorithm>

#include "service/app/guest_record.h"
#include "service/domain/own_words.h"

namespace assent {
namespace {

// A hash of the same cost, of words that nobody knows: what is compared where there is none.
const std::string kNobodys =
    "$argon2id$v=19$m=19456,t=2,p=1$N2e/G2OU/Ec6WSPw7KzmYA$"
    "pK5NYokF+ZLjXcFRc2q42knOYN69HdGA9V5ztksFLeU";

Failure busy() {
  return fail(Code::Unavailable, "Many people log in just now. Try again in a moment.");
}

}  // namespace

bool OwnWords::are_allowed(const School& school) {
  return std::ranges::any_of(school.guests, &GuestKind::own_words);
}

Digest OwnWords::name_of(const GuestRow& guest, const std::string& typed) const {
  return keyed_hash(needs_.key, {bytes_of("assent/guest-words/v1"), guest.guest.id.bytes,
                                 sha256(guest.words), bytes_of(typed)});
}

bool OwnWords::remembers(const GuestRow& guest, const std::string& typed) const {
  const auto words = own_words_of(typed);
  if (guest.words.empty() || !words) return false;
  const Digest name = name_of(guest, *words);
  const std::lock_guard lock(mutex_);
  const auto found = right_.find(name);
  return found != right_.end() && needs_.clock.now() < found->second + HashLimits::kRemembered;
}

void OwnWords::remember(const GuestRow& guest, const std::string& typed) {
  const Digest name = name_of(guest, typed);
  const Time now = needs_.clock.now();
  const std::lock_guard lock(mutex_);
  const auto is_over = [&](const std::pair<Time, Digest>& oldest) {
    return by_age_.size() > HashLimits::kRememberedMax ||
           now >= oldest.first + HashLimits::kRemembered;
  };
  right_[name] = now;
  by_age_.emplace_back(now, name);
  while (is_over(by_age_.front())) {
    const auto [at, oldest] = by_age_.front();
    by_age_.pop_front();
    if (const auto found = right_.find(oldest); found != right_.end() && found->second == at)
      right_.erase(found);
  }
}

void OwnWords::check(const GuestRow& guest, const std::string& typed,
                     const std::function<void(Result<bool>)>& then) {
  const auto words = own_words_of(typed);
  const auto work = [=, this, words = words ? *words : std::string{}](HashLane::Turn turn) {
    if (turn == HashLane::Turn::TooLate) return then(busy());
    const bool same = needs_.hash.matches(guest.words.empty() ? kNobodys : guest.words, words);
    const bool is_right = same && !guest.words.empty();
    if (is_right) remember(guest, words);
    then(is_right);
  };
  const auto who = typed.empty() ? HashLane::Who::ForShow : HashLane::Who::Anybody;
  if (lane_.add(work, who)) return;
  then(typed.empty() ? Result<bool>(false) : busy());
}

void OwnWords::choose(const GuestId& guest, const std::string& words,
                      const std::function<void(Result<GuestRow>)>& then) {
  const auto work = [=, this](HashLane::Turn turn) {
    if (turn == HashLane::Turn::TooLate) return then(busy());
    const auto kept = needs_.hash.make(words);
    if (!kept) return then(fail(kept.error()));
    write(guest, words, *kept, then);
  };
  if (!lane_.add(work)) then(busy());
}

Result<std::vector<Draft>> OwnWords::put(Transaction& transaction, const GuestId& guest,
                                         const std::string& kept, Time now, GuestRow& made) const {
  ASSENT_TRY(made, needs_.guests.one(guest));
  const School* school = needs_.registry.school(made.school);
  const GuestKind* kind = school ? school->guest_kind(made.guest.kind) : nullptr;
  const bool may = kind && kind->own_words && made.guest.state == GuestState::Issued &&
                   is_live(made.guest, *kind, now);
  if (!may) return fail(Code::Denied, "This guest has no words of their own.");
  made.words = kept;
  made.passphrase.reset();
  made.nt.clear();
  ASSENT_CHECK(transaction.put(made));
  return std::vector{
      guest_draft("guest.words", made, guest_fields(*school, made, *kind), now, needs_.random)};
}

void OwnWords::write(const GuestId& guest, const std::string& words, const std::string& kept,
                     const std::function<void(Result<GuestRow>)>& then) {
  const auto made = std::make_shared<GuestRow>();
  const auto job = [=, this](Transaction& transaction, const JobContext& context) {
    return put(transaction, guest, kept, context.now, *made);
  };
  const auto done = [=, this](const Result<Written>& written) {
    if (!written) return then(fail(written.error()));
    remember(*made, words);
    if (needs_.secrets) needs_.secrets->given(*made, words);
    then(*made);
  };
  if (const Status queued = needs_.writer.submit_alone(job, done); !queued)
    then(fail(queued.error()));
}

}  // namespace assent
