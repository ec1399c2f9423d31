#pragma once
// The pages on which somebody who is signed in reads and signs what they owe. Plain HTML forms; no
// script. What they mean is service/app/signing.h.

#include "core/presentation/document.h"
#include "core/presentation/marks.h"
#include "service/web/desk_pages.h"

namespace assent::web {

struct SignPage {
  const Document& document;                     // every word of it is on the page, in its order
  const std::vector<std::vector<Mark>>& marks;  // of its changed rules
  std::string_view hash{};                      // of the document, as rules_html() takes it
  std::string ticket{}, shown{};                // come back with the form
  std::vector<std::string> add_ons{};           // policies that have a yes or no of their own
  std::string notice{};     // a name of the texts: what became of the last answer; may be empty
  bool incomplete = false;  // the last answer lacked a choice
  bool may_put_off = false;
  std::string later_until{};  // the last day of it; empty: nothing ends it
  bool for_pupils = false;    // the words of children and of easy read
  bool easy = false, has_easy = false, full = false;
};
std::string sign_page(const DeskShell& shell, const SignPage& page);

struct SignInPage {
  std::string why{};      // such as that nobody is signed in
  std::string sign_in{};  // the way to the school's own sign-in; empty: there is none
  std::string form{};     // of signing in by password, at `action`/signin; empty: not offered here
  std::string login{};    // as typed before
  bool is_fault = false;  // `why` says what was wrong with the last try
};
std::string sign_in_page(const DeskShell& shell, const SignInPage& page);

struct HeldAgreement {
  std::string rules, when, receipt;
};
std::string nothing_to_sign_page(const DeskShell& shell, const std::vector<HeldAgreement>& held);

struct SaidPage {
  std::string said;     // "yes", "no", "later", "help"
  std::string message;  // the school's own, or when websites open; may be empty
  std::string receipt;
};
std::string said_page(const DeskShell& shell, const SaidPage& page);
// Nothing can be signed here: `why` is a name of the texts.
std::string cannot_sign_page(const DeskShell& shell, std::string_view why);

}  // namespace assent::web
