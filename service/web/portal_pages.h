#pragma once
// The pages that a visitor sees on their own phone: a code, the rules, online until. Plain HTML
// forms: no script, no cookie, nothing from another host. What they mean is service/app/portal.h.

#include <string>
#include <vector>

#include "core/presentation/document.h"
#include "core/presentation/marks.h"
#include "service/web/texts.h"

namespace assent::web {

// What stands around every page.
struct Shell {
  const Texts& texts;
  std::string school;  // "Kingsmead School"
  std::string help;    // whom to ask, the school's own line; may be empty
  std::string action;  // where its forms go: "/portal/kingsmead"
  std::string state;   // the sealed state that they carry
};

struct CodePage {
  bool wrong = false;    // the last try let nobody in, whatever the reason
  bool again = false;    // a form came back too late, or from somewhere else
  std::string device;    // the one that this lets on; empty: not known
  std::string account;   // as typed before
  bool may_ask = false;  // for access, without a code
  bool prove = false;    // they are online, and want to choose words
};
std::string code_page(const Shell& shell, const CodePage& page);

struct RulesPage {
  const Document& document;                     // every word of it is on the page, in its order
  const std::vector<std::vector<Mark>>& marks;  // of its changed rules
  bool changed = false;                         // others than were shown a moment ago
  std::int64_t kept_days = 0;                   // how long their name is kept
  std::string device;
  bool is_easy = false, has_easy = false;  // in easy read; could be
  std::string_view hash{};                 // of the document, as rules_html() takes it
};
std::string rules_page(const Shell& shell, const RulesPage& page);

struct OnlinePage {
  std::string until;        // "15:30", the school's time
  std::string until_day;    // "14 Dec 2026" where that is not today
  std::string until_exact;  // RFC 3339
  std::string host;
  std::string allowed;  // what their filtering level is for, in the school's words; may be empty
  std::string device;
  std::string receipt;             // may be empty
  bool connecting = false;         // the gateway lets them on in a moment: the page looks again
  std::vector<std::string> spans;  // how much longer they may ask for: "30m"; often none
  std::string longer_until;        // they asked for it: "16:30"
  bool longer_refused = false;
  std::string go_to;  // where the browser must go to be let on; may be empty
  bool may_choose = false, has_words = false;  // words of their own; has some
};
std::string online_page(const Shell& shell, const OnlinePage& page);

// Words of their own instead of the passphrase.
struct WordsPage {
  std::string account;
  std::string fault;  // the name of its text: "words_differ"; empty: none
};
std::string words_page(const Shell& shell, const WordsPage& page);

// For who has no code. What was typed comes back with a fault.
struct AskPage {
  std::vector<std::string> kinds;  // a button for each
  std::string name, visits, why;
  std::string fault;  // the name of its text: "ask_missing"; empty: none
};
std::string ask_page(const Shell& shell, const AskPage& page);

struct WaitingPage {
  std::string code, visits, until;  // "15:30"
  bool still = false;               // it does not look again by itself
  int seconds = 0;                  // else so often
};
std::string waiting_page(const Shell& shell, const WaitingPage& page);
std::string let_in_page(const Shell& shell);
std::string not_let_in_page(const Shell& shell);

std::string declined_page(const Shell& shell);
std::string left_page(const Shell& shell);
std::string trouble_page(const Shell& shell);
// Sends them back through their gateway: it takes every request for a plain http:// address.
std::string detour_page(const Shell& shell);
// Their gateway did not say what it should.
std::string gateway_page(const Shell& shell);

}  // namespace assent::web
