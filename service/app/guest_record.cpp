#include "service/app/guest_record.h"

#include "service/app/ticket.h"

namespace assent {

void drop_secrets(GuestRow& row) {
  row.passphrase.reset();
  row.words.clear();
  row.nt.clear();
  row.voucher.reset();
}

std::optional<Digest> mark_of_secret(const GuestRow& row) {
  if (row.passphrase || row.words.empty()) return row.passphrase;
  return sha256(row.words);
}

Object guest_fields(const School& school, const GuestRow& row, const GuestKind& kind) {
  const Guest& guest = row.guest;
  Object named{{"id", to_text(guest.id)}, {"kind", guest.kind}};
  if (!guest.account.empty()) named.emplace_back("account", guest.account);
  return {{"school", school.name.value},
          {"guest", std::move(named)},
          {"until", to_rfc3339(effective_end(guest, kind))}};
}

Draft guest_draft(std::string type, const GuestRow& row, Object fields, Time now, Random& random) {
  const auto about = row.person == 0 ? std::nullopt : std::optional(row.person);
  return {std::move(type), make_nonce(now, random), about, std::move(fields)};
}

}  // namespace assent
