// What happens to guests who are there: accounts for those who were asked for, new secrets, and
// every other step.
#include <algorithm>
#include <array>

#include "service/app/guest_desk.h"
#include "service/app/guest_door.h"
#include "service/app/guest_leave.h"
#include "service/app/guest_record.h"
#include "service/app/then_give.h"

namespace assent {
namespace {

using What = GuestStep::What;
constexpr std::array<std::string_view, 8> kSteps = {"approve", "reject", "extend", "refuse-longer",
                                                    "suspend", "resume", "revoke", "give-back"};

// docs/ledger.md
std::string record_type(What what) {
  switch (what) {
    case What::Approve: return "guest.approve";
    case What::Extend: return "guest.extend";
    case What::RefuseLonger: return "guest.longer";
    case What::Suspend:
    case What::Resume: return "guest.hold";
    case What::Reject:
    case What::Revoke:
    case What::GiveBack: break;
  }
  return "guest.end";
}

bool needs_reason(What what) {
  return what == What::Reject || what == What::Suspend || what == What::Revoke;
}

Result<Guest> apply(const Guest& guest, const GuestKind& kind, const GuestActor& by,
                    const GuestStep& step, Time now) {
  if (needs_reason(step.what) && step.reason.empty())
    return fail(Code::Invalid, "Why? A reason is kept with it.");
  switch (step.what) {
    case What::Approve: return approve_guest(guest, kind, by, now);
    case What::Reject: return reject_guest(guest, kind, by, now);
    case What::Extend: return extend_guest(guest, kind, by, step.by, now);
    case What::RefuseLonger: return refuse_longer(guest, kind, by, now);
    case What::Suspend: return suspend_guest(guest, kind, by, now);
    case What::Resume: return resume_guest(guest, kind, by, now);
    case What::Revoke: return revoke_guest(guest, kind, by, now);
    case What::GiveBack: break;
  }
  return give_back_guest(guest, kind, by, now);
}

Result<const GuestKind*> kind_of(const School& school, const GuestRow& row) {
  if (const GuestKind* kind = school.guest_kind(row.guest.kind)) return kind;
  return fail(Code::Conflict, "guests of kind " + row.guest.kind +
                                  " are no longer configured: nobody of it gets in");
}

}  // namespace

std::string_view to_text(What what) {
  return kSteps[std::size_t(what)];
}

Result<What> parse_guest_step(std::string_view text) {
  const auto found = std::ranges::find(kSteps, text);
  if (found == kSteps.end())
    return fail(Code::Invalid,
                "must be approve, reject, extend, refuse-longer, suspend, resume, revoke or "
                "give-back");
  return What(found - kSteps.begin());
}

Result<GuestRow> GuestDesk::to_take(const Actor& actor, const School& school, const GuestId& guest,
                                    const GuestStep& step, Time now) const {
  ASSENT_TRY(GuestRow row, own(school, guest));
  ASSENT_TRY(const GuestKind* kind, kind_of(school, row));
  ASSENT_TRY(row.guest, apply(row.guest, *kind, actor_of(actor, school), step, now));
  if (row.guest.state == GuestState::Ended) drop_secrets(row);
  return row;
}

void GuestDesk::take(const Actor& actor, const School& school, const GuestId& guest,
                     const GuestStep& step, const Then<GuestRow>& then) {
  auto made = std::make_shared<GuestRow>();
  const auto job = [=, this, &school](Transaction& transaction,
                                      const JobContext& context) -> Result<std::vector<Draft>> {
    ASSENT_TRY(*made, to_take(actor, school, guest, step, context.now));
    ASSENT_TRY(const GuestKind* kind, kind_of(school, *made));
    ASSENT_CHECK(transaction.put(*made));
    if (made->guest.state == GuestState::Ended)
      ASSENT_CHECK(
          put_left(transaction, needs_.people, needs_.registry, school, *made, context.now));
    Object fields = guest_fields(school, *made, *kind);
    fields.emplace_back("what", to_text(step.what));
    if (!step.reason.empty()) fields.emplace_back("reason", step.reason);
    return std::vector{guest_draft(record_type(step.what), *made,
                                   by_actor(actor, std::move(fields)), context.now, needs_.random)};
  };
  const Status queued = needs_.writer.submit_alone(job, then_give<GuestRow>(then, made));
  if (!queued) then(fail(queued.error()));
}

Result<GuestRow> GuestDesk::to_issue_requested(const Actor& actor, const School& school,
                                               const GuestId& guest, const std::string& account,
                                               Time now) const {
  ASSENT_TRY(GuestRow row, own(school, guest));
  ASSENT_TRY(const GuestKind* kind, kind_of(school, row));
  return give(actor, school, *kind, std::move(row), account, 0, now);
}

Result<GuestRow> GuestDesk::to_renew_secret(const Actor& actor, const School& school,
                                            const GuestId& guest, Time now) const {
  ASSENT_TRY(GuestRow row, own(school, guest));
  ASSENT_TRY(const GuestKind* kind, kind_of(school, row));
  ASSENT_CHECK(may_renew(row.guest, *kind, actor_of(actor, school), now));
  return row;
}

// One record about `made`, which has new secrets.
std::vector<Draft> GuestDesk::record_of(const Actor& actor, const School& school, std::string type,
                                        const GuestRow& row, Time now) const {
  const GuestKind* kind = school.guest_kind(row.guest.kind);
  return {guest_draft(std::move(type), row, by_actor(actor, guest_fields(school, row, *kind)), now,
                      needs_.random)};
}

// Whoever needs the words in clear hears them before the answer.
GuestDesk::Then<IssuedGuest> GuestDesk::telling(Then<IssuedGuest> then) const {
  return [then = std::move(then), secrets = needs_.secrets](Result<IssuedGuest> issued) {
    if (issued && secrets) secrets->given(issued->row, issued->passphrase);
    then(std::move(issued));
  };
}

void GuestDesk::issue_requested(const Actor& actor, const School& school, const GuestId& guest,
                                const std::string& account, const Then<IssuedGuest>& then) {
  auto made = std::make_shared<IssuedGuest>();
  const auto job = [=, this, &school](Transaction& transaction,
                                      const JobContext& context) -> Result<std::vector<Draft>> {
    ASSENT_TRY(GuestRow row, to_issue_requested(actor, school, guest, account, context.now));
    ASSENT_TRY(*made, put_account(transaction, school, std::move(row), context.now));
    return record_of(actor, school, "guest.issue", made->row, context.now);
  };
  const Status queued =
      needs_.writer.submit_alone(job, then_give<IssuedGuest>(telling(then), made));
  if (!queued) then(fail(queued.error()));
}

void GuestDesk::let_in(const Actor& actor, const School& school, const GuestId& guest,
                       const Then<IssuedGuest>& then) {
  auto made = std::make_shared<IssuedGuest>();
  const auto job = [=, this, &school](Transaction& transaction,
                                      const JobContext& context) -> Result<std::vector<Draft>> {
    ASSENT_TRY(GuestRow row, to_take(actor, school, guest, {What::Approve, {}, ""}, context.now));
    ASSENT_TRY(const GuestKind* kind, kind_of(school, row));
    Object approved = guest_fields(school, row, *kind);
    approved.emplace_back("what", to_text(What::Approve));
    std::vector<Draft> drafts{guest_draft(
        "guest.approve", row, by_actor(actor, std::move(approved)), context.now, needs_.random)};
    ASSENT_TRY(row, give(actor, school, *kind, std::move(row), "", 0, context.now));
    ASSENT_TRY(*made, put_account(transaction, school, std::move(row), context.now));
    std::ranges::move(record_of(actor, school, "guest.issue", made->row, context.now),
                      std::back_inserter(drafts));
    return drafts;
  };
  const Status queued =
      needs_.writer.submit_alone(job, then_give<IssuedGuest>(telling(then), made));
  if (!queued) then(fail(queued.error()));
}

void GuestDesk::renew_secret(const Actor& actor, const School& school, const GuestId& guest,
                             const Then<IssuedGuest>& then) {
  auto made = std::make_shared<IssuedGuest>();
  const auto job = [=, this, &school](Transaction& transaction,
                                      const JobContext& context) -> Result<std::vector<Draft>> {
    ASSENT_TRY(made->row, to_renew_secret(actor, school, guest, context.now));
    set_secrets(*made);
    ASSENT_CHECK(transaction.put(made->row));
    return record_of(actor, school, "guest.secret", made->row, context.now);
  };
  const Status queued =
      needs_.writer.submit_alone(job, then_give<IssuedGuest>(telling(then), made));
  if (!queued) then(fail(queued.error()));
}

}  // namespace assent
