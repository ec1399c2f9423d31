// One guest as the desk's pages show them.

#include "service/app/guest_door.h"
#include "service/http/desk_visit.h"
#include "service/http/portal_routes.h"

namespace assent::http {

std::string name_of(const Visit& visit, PersonKey key) {
  const auto person = key == 0 ? fail(Code::NotFound, "") : visit.services.people.person(key);
  return person ? person->name : "";
}

web::DeskGuest to_page(const Visit& visit, const GuestRow& row) {
  const Guest& guest = row.guest;
  web::DeskGuest out;
  out.id = to_text(guest.id);
  out.name = guest.name;
  out.kind = guest.kind;
  out.account = guest.account;
  out.why = guest.reason;
  out.host = name_of(visit, guest.host);
  const GuestKind* kind = visit.school().guest_kind(guest.kind);
  if (!kind) {
    out.standing = to_text(GuestWhy::Expired);
    return out;
  }
  const Time now = visit.services.clock.now();
  const Calendar& calendar = visit.services.calendar;
  out.until = calendar.local(effective_end(guest, *kind), visit.school().zone);
  out.standing =
      to_text(standing_at(guest, *kind, now, open_hours(*kind, visit.school(), calendar, now)).why);
  const bool asked = guest.state == GuestState::Requested && now < effective_end(guest, *kind);
  out.can_approve = asked && guest.needs_approval && guest.approved_by == 0;
  out.can_grant = asked;
  out.visits = guest.visits;
  if (asked && guest.requested_by == 0) out.match = match_code(guest.id.bytes);
  if (guest.longer > milliseconds{0}) {
    out.longer_until =
        calendar.local(effective_end(guest, *kind) + guest.longer, visit.school().zone);
    out.longer_by = std::to_string(std::chrono::ceil<minutes>(guest.longer).count()) + "m";
  }
  const bool live = is_live(guest, *kind, now);
  out.can_end = live;
  out.can_extend = out.can_hold = live && guest.state == GuestState::Issued;
  out.can_resume = live && guest.state == GuestState::Suspended;
  return out;
}

Response issued_page(const Visit& visit, const IssuedGuest& issued) {
  const web::DeskGuest guest = to_page(visit, issued.row);
  return page(200, web::desk_issued_page(visit.shell,
                                         {guest.name, guest.kind, guest.until, guest.account,
                                          issued.passphrase, issued.voucher, visit.school().wifi,
                                          portal_url(visit.services.public_url, visit.school())}));
}

}  // namespace assent::http
