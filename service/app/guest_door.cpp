#include "service/app/guest_door.h"

#include "service/domain/guest_steps.h"
#include "service/domain/level.h"

namespace assent {
namespace {

// One answer for everybody who does not get in, so that nobody learns which accounts there are.
Failure not_in() {
  return fail(Code::Denied,
              "That did not work: the code is wrong, or its time is over. Check it, or ask at "
              "reception.");
}

// Of a kind that allows it no more, nobody gets in by words that they chose.
bool may_choose(const School& school, const GuestRow& row) {
  const GuestKind* kind = school.guest_kind(row.guest.kind);
  return kind && kind->own_words;
}

}  // namespace

Digest passphrase_hash(const SecretKey& key, const GuestId& guest, std::string_view passphrase) {
  return keyed_hash(key,
                    {bytes_of("assent/guest-passphrase/v1"), guest.bytes, bytes_of(passphrase)});
}

Digest voucher_hash(const SecretKey& key, const Voucher& voucher) {
  return keyed_hash(key, {bytes_of("assent/guest-voucher/v1"), bytes_of(voucher.code)});
}

std::optional<OpenHours> open_hours(const GuestKind& kind, const School& school,
                                    const Calendar& calendar, Time now) {
  if (!kind.hours) return std::nullopt;
  const auto today = calendar.date_of(now, school.zone);
  if (!today || !kind.hours->on(std::chrono::weekday{std::chrono::sys_days{*today}}))
    return std::nullopt;
  const auto from = calendar.instant(*today, kind.hours->from, school.zone);
  const auto until = calendar.instant(*today, kind.hours->until, school.zone);
  if (!from || !until) return std::nullopt;
  return OpenHours{*from, *until};
}

Result<GuestEntry> GuestDoor::stands(GuestRow row) const {
  GuestEntry out;
  out.school = needs_.registry.school(row.school);
  out.kind = out.school ? out.school->guest_kind(row.guest.kind) : nullptr;
  if (!out.kind) return fail(Code::Denied, "no such kind any more");
  const Time now = needs_.clock.now();
  const GuestStanding standing = standing_at(
      row.guest, *out.kind, now, open_hours(*out.kind, *out.school, needs_.calendar, now));
  if (!standing.online()) return fail(Code::Denied, std::string(to_text(standing.why)));
  auto facts = needs_.standings.find(row.school, row.guest.account);
  if (!facts && facts.error().code != Code::NotFound) return fail(facts.error());
  if (!facts || facts->person != row.person)
    return fail(Code::Denied, "the account is somebody else's");
  const auto catalogue = needs_.registry.catalogue();
  const auto audience = needs_.registry.audience(row.school, facts->profile);
  const Decision decision = decide(*facts, *audience, *out.school, *catalogue, now);
  if (decision.verdict == Verdict::Refuse) return fail(Code::Denied, "refused at the gate");
  out.until = standing.until;
  out.owes = decision.verdict != Verdict::Clear;
  out.level = level_of(decision, *facts, *audience, *out.school, now).choice.level;
  out.devices = device_cap(row.guest, *out.kind);
  out.row = std::move(row);
  return out;
}

// Whoever needs the words in clear hears them before the answer.
GuestDoor::Then GuestDoor::telling(const std::string& words, const Then& then) const {
  if (!needs_.secrets) return then;
  return [then, secrets = needs_.secrets, words](Result<GuestEntry> entry) {
    if (entry) secrets->given(entry->row, words);
    then(std::move(entry));
  };
}

bool GuestDoor::is_right(const GuestRow& row, const std::string& passphrase) const {
  const Digest typed = passphrase_hash(needs_.key, row.guest.id, passphrase);
  return same_bytes(typed, row.passphrase.value_or(Digest{})) && !passphrase.empty() &&
         row.passphrase.has_value();
}

void GuestDoor::enter(const School& school, const std::string& account, std::string_view passphrase,
                      const Then& then) const {
  static const GuestRow kNobody;
  const auto row = holder_of(school, account);
  const GuestRow& known = row ? *row : kNobody;
  const auto words = parse_passphrase(passphrase);
  const bool is_right = this->is_right(known, words ? *words : "");
  if (!needs_.words || !OwnWords::are_allowed(school))
    return admit(row.get(), is_right, is_right ? telling(*words, then) : then);
  const std::string typed{passphrase};
  const bool is_known =
      is_right || (may_choose(school, known) && needs_.words->remembers(known, typed));
  // Who was right and is not online waits as long as who was wrong.
  if (is_known) {
    const auto entry = stands(known);
    if (entry || entry.error().code != Code::Denied)
      return admit(row.get(), true, telling(is_right ? *words : typed, then));
  }
  enter_slowly(school, known, typed, then);
}

// What the guest is may have changed while their words were hashed: it is asked anew.
void GuestDoor::enter_slowly(const School& school, const GuestRow& known, const std::string& typed,
                             const Then& then) const {
  const auto done = [=, this, &school](const Result<bool>& is_right) {
    if (!is_right) return then(fail(is_right.error()));
    const auto row = needs_.guests.one(known.guest.id);
    const bool still = row && row->words == known.words && may_choose(school, *row);
    admit(row, *is_right && still, telling(typed, then));
  };
  needs_.words->check(known, typed, done);
}

void GuestDoor::enter_by_voucher(const School& school, std::string_view code,
                                 const Then& then) const {
  const auto voucher = parse_voucher(code);
  if (!voucher) return then(fail(voucher.error()));
  const auto row = needs_.guests.of_voucher(voucher_hash(needs_.key, *voucher));
  admit(row, row && row->school == school.key, then);
}

void GuestDoor::enter_proven(const GuestId& guest, const Then& then) const {
  admit(needs_.guests.one(guest), true, then);
}

void GuestDoor::admit(const Result<GuestRow>& read, bool is_right, const Then& then) const {
  if (!read && read.error().code != Code::NotFound) return then(fail(read.error()));
  admit(read ? &*read : nullptr, is_right, then);
}

void GuestDoor::admit(const GuestRow* row, bool is_right, const Then& then) const {
  if (!row || !is_right) return then(not_in());
  auto entry = stands(*row);
  if (!entry) return then(entry.error().code == Code::Denied ? not_in() : fail(entry.error()));
  if (entry->row.guest.first_login) return then(std::move(entry));
  note_first_login(*std::move(entry), then);
}

void GuestDoor::note_first_login(GuestEntry entry, const Then& then) const {
  const auto made = std::make_shared<GuestEntry>(std::move(entry));
  const auto job = [this, made](Transaction& transaction,
                                const JobContext& context) -> Result<std::vector<Draft>> {
    // Alone in its transaction, so what is held in memory is what was committed last.
    ASSENT_TRY(GuestRow row, needs_.guests.one(made->row.guest.id));
    if (row.guest.first_login) return std::vector<Draft>{};  // on another device, just now
    ASSENT_TRY(row.guest, log_in_guest(row.guest, *made->kind, context.now));
    ASSENT_CHECK(transaction.put(row));
    made->row = row;
    return std::vector<Draft>{};
  };
  const Status queued = needs_.writer.submit_alone(job, [made, then](const Result<Written>& done) {
    if (done) return then(*made);
    then(done.error().code == Code::Unavailable ? fail(done.error()) : not_in());
  });
  if (!queued) then(fail(queued.error()));
}

AccountHolders::Holder GuestDoor::holder_of(const School& school,
                                            const std::string& account) const {
  return needs_.holders.of(school.key, account);
}

Result<GuestEntry> GuestDoor::look(const GuestId& guest) const {
  ASSENT_TRY(GuestRow row, needs_.guests.one(guest));
  return stands(std::move(row));
}

Result<GuestEntry> GuestDoor::look(const School& school, const std::string& account) const {
  const auto row = holder_of(school, account);
  if (!row) return fail(Code::NotFound, "nobody has that account");
  return stands(*row);
}

}  // namespace assent
