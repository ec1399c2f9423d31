// Asking for guests, and giving them accounts. What happens to them later is guest_desk_steps.cpp.

#include "service/app/guest_desk.h"

#include <algorithm>
#include <set>

#include "service/app/guest_door.h"
#include "service/app/guest_host.h"
#include "service/app/guest_record.h"
#include "service/app/then_give.h"
#include "service/domain/guest_level.h"

namespace assent {
namespace {

constexpr unsigned kDrawsMax = 100;
constexpr std::string_view kAdminRole = "ict";  // who has an admin's token

Result<const GuestKind*> kind_of(const School& school, const std::string& name) {
  if (const GuestKind* kind = school.guest_kind(name)) return kind;
  std::string kinds;
  for (const GuestKind& each : school.guests) kinds += (kinds.empty() ? "" : ", ") + each.name;
  return fail(Code::NotFound,
              "no kind of guest is called \"" + name + "\" at " + school.title +
                  (kinds.empty() ? ": its file has no [guest.NAME]" : ": there are " + kinds));
}

Status check_count(const GuestKind& kind, unsigned count) {
  const unsigned most = kind.is_pool() ? 1 : GuestDesk::kOrderMax;
  if (count >= 1 && count <= most) return {};
  return fail(Code::Invalid, "of kind " + kind.name + " at most " + std::to_string(most) +
                                 " can be issued at once");
}

// "Careers fair 7", of a fair of 20.
GuestWish numbered(const GuestOrder& order, unsigned number) {
  GuestWish wish = order.wish;
  if (order.count > 1) wish.name += " " + std::to_string(number);
  return wish;
}

}  // namespace

GuestId guest_of_visit(const SecretKey& key, const School& school, std::string_view visit) {
  const Digest digest = keyed_hash(key, {bytes_of("assent/visit/v1"), bytes_of(school.name.value),
                                         bytes_of(std::string_view("\0", 1)), bytes_of(visit)});
  GuestId out;
  std::copy_n(digest.begin(), out.bytes.size(), out.bytes.begin());
  return out;
}

GuestActor GuestDesk::actor_of(const Actor& actor, const School& school) const {
  GuestActor out{actor.person.key,
                 needs_.registry.roles_of(school, actor.person, needs_.clock.now())};
  if (actor.scope == "admin") out.roles.emplace_back(kAdminRole);
  return out;
}

Result<GuestRow> GuestDesk::own(const School& school, const GuestId& guest) const {
  auto row = needs_.guests.one(guest);
  if (!row && row.error().code != Code::NotFound) return row;
  if (!row || row->school != school.key)
    return fail(Code::NotFound, "no guest is called " + to_text(guest));
  return row;
}

Status GuestDesk::check_is_new(const GuestId& guest) const {
  const auto known = needs_.guests.one(guest);
  if (known) return fail(Code::Conflict, "this visit has an account already");
  if (known.error().code != Code::NotFound) return fail(known.error());
  return {};
}

Result<std::size_t> GuestDesk::live_of(const School& school, PersonKey host, Time now) const {
  GuestQuery query{school.key, {GuestState::Issued, GuestState::Suspended}, host, "", 0};
  query.limit = GuestQuery::kAll;
  ASSENT_TRY(const auto rows, needs_.guests.search(query));
  return std::size_t(std::ranges::count_if(rows, [&](const GuestRow& row) {
    const GuestKind* kind = school.guest_kind(row.guest.kind);
    return kind && is_live(row.guest, *kind, now);
  }));
}

Status GuestDesk::check_rules(const School& school, const GuestKind& kind, Time now) const {
  ASSENT_TRY(const Audience audience, audience_of(kind, school));
  const auto catalogue = needs_.registry.catalogue();
  for (const PolicyName& owed : audience.owes) {
    const PublishedPolicy* policy = catalogue->find(school.key, owed);
    if (policy && policy->current(now)) continue;
    return fail(Code::Conflict, "guests of kind " + kind.name + " agree to the rules \"" +
                                    owed.value + "\", and none are in force: publish them first");
  }
  return {};
}

Result<std::vector<PoolAccount>> GuestDesk::pool(const School& school, const GuestKind& kind,
                                                 Time now) const {
  std::vector<PoolAccount> out;
  for (const std::string& account : kind.pool) {
    auto last = needs_.guests.of_account(school.key, account);
    if (!last && last.error().code != Code::NotFound) return fail(last.error());
    PoolAccount& one = out.emplace_back(PoolAccount{account, kind.name, false, std::nullopt});
    if (!last) continue;
    one.is_lent = is_live(last->guest, kind, now);
    one.last = *std::move(last);
  }
  return out;
}

Result<std::string> GuestDesk::free_account(const School& school, const GuestKind& kind,
                                            const std::string& wanted, Time now) const {
  if (!kind.is_pool() && !wanted.empty())
    return fail(Code::Invalid, "accounts of kind " + kind.name + " get names of their own");
  if (!wanted.empty()) return wanted;
  ASSENT_TRY(const auto accounts, pool(school, kind, now));
  const auto free = std::ranges::find(accounts, false, &PoolAccount::is_lent);
  if (free != accounts.end()) return free->account;
  if (kind.is_pool())
    return fail(Code::Conflict, "every account of the pool " + kind.name +
                                    " is lent: have one given back, or add to the pool");
  for (unsigned i = 0; i < kDrawsMax; ++i) {
    std::string account = make_guest_login(needs_.random);
    const auto taken = needs_.guests.of_account(school.key, account);
    if (!taken && taken.error().code == Code::NotFound) return account;
    if (!taken) return fail(taken.error());
  }
  return fail(Code::Unavailable, "no free name for an account was found: try again");
}

// The account is theirs; `more` live guests of the host are on their way already.
Result<GuestRow> GuestDesk::give(const Actor& actor, const School& school, const GuestKind& kind,
                                 GuestRow row, const std::string& wanted, std::size_t more,
                                 Time now) const {
  ASSENT_CHECK(check_rules(school, kind, now));
  ASSENT_TRY(const std::size_t live, live_of(school, row.guest.host, now));
  ASSENT_TRY(const std::string account, free_account(school, kind, wanted, now));
  const GuestActor by = actor_of(actor, school);
  if (!kind.is_pool()) {
    ASSENT_TRY(row.guest, issue_guest(row.guest, kind, by, account, live + more, now));
    return row;
  }
  const auto last = needs_.guests.of_account(school.key, account);
  ASSENT_TRY(row.guest, lend_guest(row.guest, kind, by, account, last ? &last->guest : nullptr,
                                   live + more, now));
  return row;
}

bool GuestDesk::may_issue(const Actor& actor, const School& school, const std::string& kind) const {
  const GuestKind* found = school.guest_kind(kind);
  const auto roles = actor_of(actor, school).roles;
  return found && std::ranges::any_of(roles, [&](const std::string& role) {
           return std::ranges::find(found->issue, role) != found->issue.end();
         });
}

Result<GuestRow> GuestDesk::to_request(const Actor& actor, const School& school,
                                       const GuestKind& kind, const GuestWish& wish,
                                       Time now) const {
  if (wish.host != 0)  // else told by the step itself
    ASSENT_CHECK(check_host(needs_.people, needs_.registry, school, wish.host, now));
  GuestRow row;
  row.school = school.key;
  ASSENT_TRY(row.guest,
             request_guest({needs_.random.bytes<16>()}, kind, wish, actor_of(actor, school), now));
  return row;
}

Result<GuestRow> GuestDesk::to_order(const Actor& actor, const School& school,
                                     const GuestOrder& order, Time now) const {
  ASSENT_TRY(const GuestKind* kind, kind_of(school, order.kind));
  ASSENT_CHECK(check_count(*kind, order.count));
  ASSENT_TRY(GuestRow row, to_request(actor, school, *kind, numbered(order, order.count), now));
  if (!may_issue(actor, school, order.kind)) return row;
  return give(actor, school, *kind, std::move(row), order.account, order.count - 1, now);
}

void GuestDesk::request(const Actor& actor, const School& school, const GuestOrder& order,
                        const Then<GuestRow>& then) {
  auto made = std::make_shared<GuestRow>();
  const auto job = [=, this, &school](Transaction& transaction,
                                      const JobContext& context) -> Result<std::vector<Draft>> {
    ASSENT_TRY(const GuestKind* kind, kind_of(school, order.kind));
    ASSENT_TRY(const GuestRow row, to_request(actor, school, *kind, order.wish, context.now));
    ASSENT_CHECK(transaction.put(row));
    *made = row;
    return record_of(actor, school, "guest.request", row, context.now);
  };
  const Status queued = needs_.writer.submit_alone(job, then_give<GuestRow>(then, made));
  if (!queued) then(fail(queued.error()));
}

void GuestDesk::set_secrets(IssuedGuest& issued) const {
  issued.passphrase = make_passphrase(needs_.random);
  const Voucher voucher = make_voucher(needs_.random);
  issued.voucher = to_text(voucher);
  issued.row.words.clear();
  issued.row.passphrase = passphrase_hash(needs_.key, issued.row.guest.id, issued.passphrase);
  issued.row.nt = needs_.nt ? needs_.nt->keep(issued.row.guest.id, issued.passphrase) : Blob{};
  issued.row.voucher = voucher_hash(needs_.key, voucher);
}

// Who had a pool's account before keeps their answers under their own id, and loses the login.
Status GuestDesk::free_login(Transaction& transaction, const School& school,
                             const GuestRow& row) const {
  const auto last = needs_.guests.of_account(school.key, row.guest.account);
  if (!last || last->person == 0) return {};
  ASSENT_TRY(PersonRow before, needs_.people.person(last->person));
  if (before.login != row.guest.account) return {};
  before.login.clear();
  before.state = PersonState::Left;
  ASSENT_CHECK(transaction.put(before));
  return {};
}

Result<IssuedGuest> GuestDesk::put_account(Transaction& transaction, const School& school,
                                           GuestRow row, Time now) const {
  ASSENT_CHECK(free_login(transaction, school, row));
  PersonRow person;
  person.id.bytes = needs_.random.bytes<16>();
  person.school = school.key;
  person.login = row.guest.account;
  person.name = row.guest.name;
  ASSENT_TRY(const auto profile,
             transaction.put(ProfileRow{0, school.key, guest_profile(row.guest.kind)}));
  person.profile = std::uint32_t(profile);
  person.seen = now;
  person.home = "guest";
  ASSENT_TRY(row.person, transaction.put(person));
  IssuedGuest issued{std::move(row), "", ""};
  set_secrets(issued);
  ASSENT_CHECK(transaction.put(issued.row));
  return issued;
}

void GuestDesk::issue(const Actor& actor, const School& school, const GuestOrder& order,
                      const Then<std::vector<IssuedGuest>>& then) {
  auto made = std::make_shared<std::vector<IssuedGuest>>();
  const auto job = [=, this, &school](Transaction& transaction,
                                      const JobContext& context) -> Result<std::vector<Draft>> {
    ASSENT_TRY(const GuestKind* kind, kind_of(school, order.kind));
    ASSENT_CHECK(check_count(*kind, order.count));
    std::vector<Draft> drafts;
    std::set<std::string> accounts;
    made->clear();
    for (unsigned number = 1; number <= order.count; ++number) {
      ASSENT_TRY(GuestRow row,
                 to_request(actor, school, *kind, numbered(order, number), context.now));
      if (order.id) row.guest.id = *order.id;
      ASSENT_CHECK(check_is_new(row.guest.id));
      ASSENT_TRY(
          row, give(actor, school, *kind, std::move(row), order.account, number - 1, context.now));
      if (!accounts.insert(row.guest.account).second)
        return fail(Code::Unavailable, "two accounts drew one name: try again");
      ASSENT_TRY(IssuedGuest issued, put_account(transaction, school, std::move(row), context.now));
      std::ranges::move(record_of(actor, school, "guest.issue", issued.row, context.now),
                        std::back_inserter(drafts));
      made->push_back(std::move(issued));
    }
    return drafts;
  };
  const auto tell = [then, secrets = needs_.secrets](Result<std::vector<IssuedGuest>> issued) {
    if (issued && secrets)
      for (const IssuedGuest& each : *issued) secrets->given(each.row, each.passphrase);
    then(std::move(issued));
  };
  const Status queued =
      needs_.writer.submit_alone(job, then_give<std::vector<IssuedGuest>>(tell, made));
  if (!queued) then(fail(queued.error()));
}

}  // namespace assent
