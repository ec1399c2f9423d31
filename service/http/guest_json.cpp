#include "service/http/guest_json.h"

#include "service/app/guest_door.h"

namespace assent::http {

Object to_object(const Call& call, const GuestRow& row) {
  const Guest& guest = row.guest;
  Object out{{"guest", to_text(guest.id)},
             {"kind", guest.kind},
             {"name", guest.name},
             {"why", guest.reason},
             {"host", named_person(call, guest.host)},
             {"state", to_text(guest.state)},
             {"account", guest.account},
             {"waits_for_approval", guest.needs_approval && guest.approved_by == 0}};
  const GuestKind* kind = call.school.guest_kind(guest.kind);
  if (!kind) return out;
  const Time now = call.services.clock.now(), end = effective_end(guest, *kind);
  const auto today = open_hours(*kind, call.school, call.services.calendar, now);
  out.emplace_back("standing", to_text(standing_at(guest, *kind, now, today).why));
  out.emplace_back("until", to_rfc3339(end));
  out.emplace_back("until_local", call.services.calendar.local(end, call.school.zone));
  if (guest.issued_by != 0) {
    out.emplace_back("since", to_rfc3339(guest.valid_from));
    out.emplace_back("since_local",
                     call.services.calendar.local(guest.valid_from, call.school.zone));
  }
  out.emplace_back("devices", device_cap(guest, *kind));
  if (!guest.visits.empty()) out.emplace_back("visits", guest.visits);
  if (guest.state == GuestState::Requested && guest.requested_by == 0)
    out.emplace_back("code", match_code(guest.id.bytes));
  if (guest.longer > milliseconds{0}) {
    out.emplace_back("asks_until", to_rfc3339(end + guest.longer));
    out.emplace_back("asks_until_local",
                     call.services.calendar.local(end + guest.longer, call.school.zone));
  }
  return out;
}

Object to_object(const Call& call, const IssuedGuest& issued) {
  Object out = to_object(call, issued.row);
  out.emplace_back("passphrase", issued.passphrase);
  out.emplace_back("voucher", issued.voucher);
  return out;
}

Object to_object(const GuestSessionRow& stay) {
  return {{"session", to_text(stay.id)},
          {"device", stay.device},
          {"nas", stay.nas},
          {"address", stay.address},
          {"started", to_rfc3339(stay.started)},
          {"seen", to_rfc3339(stay.seen)},
          {"ended", stay.ended ? Value{to_rfc3339(*stay.ended)} : Value{}},
          {"cause", stay.cause}};
}

}  // namespace assent::http
