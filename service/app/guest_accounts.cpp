#include "service/app/guest_accounts.h"

#include <algorithm>

#include "service/app/wanted_levels.h"
#include "service/app/write_and_wait.h"

namespace assent {
namespace {

constexpr seconds kAccountsEvery{60}, kTryAgain{5};
constexpr std::size_t kSecretsMax = 10'000;

}  // namespace

struct GuestAccounts::Wanted {
  GuestId guest;
  PersonKey person = 0;
  EndingAccount account;
};

GuestAccounts::GuestAccounts(Needs needs, std::map<SchoolKey, Place> places)
    : needs_(needs), places_(std::move(places)) {
  for (const auto& [school, place] : places_) status_[school] = {};
}

Observer GuestAccounts::observer() {
  return [this](const std::vector<CommittedChange>& changes) {
    const bool any = std::ranges::any_of(changes, [](const CommittedChange& each) {
      return std::holds_alternative<GuestRow>(each.change);
    });
    if (any) ring();
  };
}

void GuestAccounts::given(const GuestRow& guest, const std::string& passphrase) {
  const auto mark = mark_of_secret(guest);
  {
    const std::lock_guard lock(mutex_);
    if (!status_.contains(guest.school) || !mark || secrets_.size() >= kSecretsMax) return;
    const auto there = applied_.find(guest.guest.id);
    if (there != applied_.end() && there->second == *mark) return;
    secrets_[guest.guest.id] = {guest.school, passphrase, *mark};
  }
  ring();
}

void GuestAccounts::ring() {
  const std::lock_guard lock(mutex_);
  waiting_ = true;
  rung_.notify_all();
}

void GuestAccounts::start() {
  if (!places_.empty()) thread_ = std::thread([this] { run(); });
}

void GuestAccounts::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    rung_.notify_all();
  }
  if (thread_.joinable()) thread_.join();
}

std::optional<GuestAccounts::Status> GuestAccounts::status(SchoolKey school) const {
  const std::lock_guard lock(mutex_);
  const auto found = status_.find(school);
  return found == status_.end() ? std::nullopt : std::optional(found->second);
}

void GuestAccounts::run() {
  for (;;) {
    bool good = true;
    for (const auto& [school, place] : places_) good = look(school) && good;
    std::unique_lock lock(mutex_);
    if (good)
      rung_.wait_for(lock, kAccountsEvery, [this] { return waiting_ || stopping_; });
    else
      rung_.wait_for(lock, kTryAgain, [this] { return stopping_; });
    if (stopping_) return;
    waiting_ = false;
  }
}

// Who should have an account there now. One that begins later has none yet.
Result<GuestAccounts::ByLogin> GuestAccounts::wanted(const School& school) {
  ByLogin out;
  std::set<GuestId> live;
  GuestQuery query{school.key, {GuestState::Issued}, 0, "", GuestQuery::kAll};
  ASSENT_TRY(const auto rows, needs_.guests.search(query));
  const Time now = needs_.clock.now();
  for (const GuestRow& row : rows) {
    const GuestKind* kind = school.guest_kind(row.guest.kind);
    if (!kind || !is_live(row.guest, *kind, now)) continue;
    live.insert(row.guest.id);
    const Time end = std::chrono::floor<seconds>(effective_end(row.guest, *kind));
    if (now < row.guest.valid_from || end <= now) continue;
    out[row.guest.account] = {
        row.guest.id, row.person, {row.guest.account, row.guest.name, end, {}}};
  }
  forget_but(school.key, live);
  return out;
}

void GuestAccounts::forget_but(SchoolKey school, const std::set<GuestId>& live) {
  const std::lock_guard lock(mutex_);
  std::erase_if(secrets_, [&](const auto& each) {
    return each.second.school == school && !live.contains(each.first);
  });
}

// What must go goes first: of guests who have ended, and of who had an account before. Accounts
// that no guest ever had are somebody else's mistake, and are left alone.
assent::Status GuestAccounts::take_away(const School& school, Place& place, const ByLogin& wanted,
                                        Held& held, Status& status) const {
  for (auto each = held.begin(); each != held.end();) {
    const auto found = wanted.find(each->first);
    if (found != wanted.end() && found->second.account.name == each->second.name) {
      ++each;
      continue;
    }
    const auto last = needs_.guests.of_account(school.key, each->first);
    if (!last && last.error().code != Code::NotFound) return fail(last.error());
    if (last) {
      ASSENT_CHECK(place.accounts->remove(each->first));
    } else {
      ++status.strangers;
    }
    each = held.erase(each);
  }
  return {};
}

assent::Status GuestAccounts::bring_in_step(Place& place, const Wanted& guest,
                                            const EndingAccount* held, Status& status) {
  if (held && held->end != guest.account.end)
    ASSENT_CHECK(place.accounts->set_end(guest.account.login, guest.account.end));
  Secret secret;
  {
    const std::lock_guard lock(mutex_);
    if (const auto found = secrets_.find(guest.guest); found != secrets_.end())
      secret = found->second;
    if (!held) applied_.erase(guest.guest);
  }
  if (secret.passphrase.empty()) {
    if (!held) status.without.push_back(guest.account.login);
    return {};
  }
  const auto made = place.accounts->create(guest.account, secret.passphrase);
  const bool is_refused = !made && made.error().code == Code::Invalid;
  if (!made && !is_refused) return made;
  // Words that the directory's own policy does not take, such as a guest's own: it is as if nobody
  // had told any, and those before them end there too.
  if (is_refused) status.without.push_back(guest.account.login);
  if (is_refused && held) ASSENT_CHECK(place.accounts->remove(guest.account.login));
  const std::lock_guard lock(mutex_);
  if (!is_refused) applied_[guest.guest] = secret.hash;
  if (const auto found = secrets_.find(guest.guest);
      found != secrets_.end() && found->second.hash == secret.hash)
    secrets_.erase(found);
  return {};
}

// From then on the level output knows them.
assent::Status GuestAccounts::remember_id(const Place& place, const School& school,
                                          const Wanted& guest, const std::string& id) const {
  ASSENT_TRY(const auto known, needs_.people.identities(school.key, guest.person));
  const bool has_it = std::ranges::any_of(known, [&](const IdentityRow& row) {
    return row.source == place.id_source && row.external == id;
  });
  if (has_it) return {};
  const auto job = [&](Transaction& transaction,
                       const JobContext& context) -> Result<std::vector<Draft>> {
    ASSENT_CHECK(transaction.put(IdentityRow{place.id_source, id, guest.person, school.key}));
    ASSENT_CHECK(put_level(transaction, needs_.registry, school, guest.person, context.now));
    return std::vector<Draft>{};
  };
  ASSENT_CHECK(write_and_wait(needs_.writer, job));
  return {};
}

assent::Status GuestAccounts::compare(const School& school, Place& place, Status& status) {
  const auto read = [&]() -> Result<Held> {
    ASSENT_TRY(const auto listed, place.accounts->list());
    Held out;
    for (const EndingAccount& each : listed) out[each.login] = each;
    return out;
  };
  ASSENT_TRY(const ByLogin should, wanted(school));
  ASSENT_TRY(Held held, read());
  ASSENT_CHECK(take_away(school, place, should, held, status));
  assent::Status refused;  // one account's trouble is nobody else's
  for (const auto& [login, guest] : should) {
    const auto found = held.find(login);
    const auto done =
        bring_in_step(place, guest, found == held.end() ? nullptr : &found->second, status);
    if (!done && done.error().code == Code::Unavailable) return done;
    if (!done && refused) refused = done;
  }
  ASSENT_TRY(held, read());
  for (const auto& [login, guest] : should) {
    const auto found = held.find(login);
    if (found == held.end()) continue;
    ASSENT_CHECK(remember_id(place, school, guest, found->second.id));
    ++status.held;
  }
  return refused;
}

assent::Status GuestAccounts::look(SchoolKey key) {
  Status status;
  const assent::Status done = compare(*needs_.registry.school(key), places_.at(key), status);
  if (!done) status.error = done.error().message;
  status.at = needs_.clock.now();
  const std::lock_guard lock(mutex_);
  status_[key] = std::move(status);
  return done;
}

}  // namespace assent
