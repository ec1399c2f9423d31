#pragma once
// The pages of the reception desk: who is here, a new visitor, one visitor, granted roles. Plain
// HTML forms that a keyboard alone works; no script. What they mean is service/app/guest_desk.h and
// role_desk.h.

#include <string>
#include <vector>

#include "service/web/texts.h"

namespace assent::web {

// What stands around every page of the desk.
struct DeskShell {
  const Texts& texts;
  std::string school;      // "Kingsmead School"
  std::string person;      // who is signed in; empty: nobody
  std::string action;      // "/desk/kingsmead"
  std::string form_token;  // in every form
};

struct DeskGuest {  // one row, and the top of a guest's own page
  std::string id, name, kind, account, host, until, why;
  std::string standing;  // "online", "requested", …: texts have "standing_online" and so on
  bool can_grant = false, can_approve = false;  // asked for, by somebody else
  // Asked for by the visitor: whom they say they visit, and the code that their page shows as well.
  std::string visits, match;
  std::string longer_until, longer_by;  // they ask to stay until then: so much more, as "30m"
  bool can_extend = false, can_hold = false, can_resume = false, can_end = false;
  unsigned online = 0;  // devices
};
struct DeskPool {  // accounts of a kind that are lent
  std::string kind;
  std::size_t free = 0, all = 0;
};
struct DeskHome {
  std::vector<DeskGuest> here, asked, longer;  // the last two wait for an answer
  std::vector<DeskPool> pools;                 // that they may lend from
};
std::string desk_page(const DeskShell& shell, const DeskHome& page);

struct DeskChoice {
  std::string value, label;
  bool chosen = false;
};
// What was typed comes back with a fault, so that nothing has to be typed again.
struct DeskForm {
  std::vector<DeskChoice> kinds;  // none: they may ask for nobody
  std::vector<DeskChoice> hosts;  // of several people of that name
  std::string name, why, host, until;
  std::string fault;  // what is wrong and what to do; empty: nothing yet
  std::string field;  // where
};
std::string desk_form_page(const DeskShell& shell, const DeskForm& form);

// Somebody of such a name had an account of the pool before: who is it?
struct DeskLend {
  std::string kind, typed;
  std::vector<DeskChoice> earlier;
};
std::string desk_lend_page(const DeskShell& shell, const DeskLend& lend);

// The only page that shows these: printed, it is the visitor's slip.
struct DeskIssued {
  std::string name, kind, until, account, passphrase, voucher, wifi, address;
};
std::string desk_issued_page(const DeskShell& shell, const DeskIssued& issued);
// Kept for somebody who may issue.
std::string desk_asked_page(const DeskShell& shell, const DeskGuest& guest);

std::string desk_guest_page(const DeskShell& shell, const DeskGuest& guest,
                            const std::string& fault);
// One granted role, or one that is asked for.
struct DeskRole {
  std::string id, role, holder, deputy_of, from, until, why, asked_by, decided_by;
  std::string standing;  // "held", "later", "rejected", …: texts have "role_held" and so on
  bool can_grant = false, can_reject = false, can_end = false;
};
struct DeskRoles {
  std::vector<DeskRole> waiting, held, over;
  std::vector<DeskChoice> roles;                     // that they may ask for; none: no form
  std::string person, deputy_of, until, why, fault;  // what was typed, and what is wrong with it
};
std::string desk_roles_page(const DeskShell& shell, const DeskRoles& page);

// Nobody is signed in, or may not be here: `why` says it; `sign_in` leads there, if anything does.
std::string desk_closed_page(const DeskShell& shell, const std::string& why,
                             const std::string& sign_in);

}  // namespace assent::web
