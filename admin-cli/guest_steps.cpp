// What is done to guests who are there: each a step with a record of its own.

#include "admin-cli/context.h"
#include "admin-cli/guest.h"
#include "admin-cli/reply.h"
#include "admin-cli/words.h"

namespace assent::cli {
namespace {

// What was done, and what takes it back; empty: nothing does.
struct Said {
  std::string_view done, undo;
};

Result<Exit> take(Context& context, std::string_view step, const Said& said) {
  Object body{{"step", step}};
  if (context.given.has("--by")) body.emplace_back("by", context.given.text("--by"));
  if (context.given.has("--why")) body.emplace_back("reason", context.given.text("--why"));
  const std::string path = "/v1/guests/" + percent_encoded(context.given.text("GUEST")) + "/steps";
  ASSENT_TRY(const Value guest, context.service.post(path, body));
  if (context.settings.json) {
    context.out.json(guest);
    return Exit::Done;
  }
  const std::string who = text_at(guest, "name") + ", until " + text_at(guest, "until_local");
  if (context.settings.dry_run) {
    context.out.line("Nothing was changed. It would be " + std::string(said.done) + ": " + who);
    return Exit::Done;
  }
  context.out.line("It is " + std::string(said.done) + ": " + who);
  if (!said.undo.empty())
    context.out.line("To undo:  assentctl guest " + std::string(said.undo) + " " +
                     shell_word(context.given.text("GUEST")) +
                     (said.undo == "suspend" ? " --why WHY" : ""));
  return Exit::Done;
}

Result<Exit> approve(Context& context) {
  return take(context, "approve", {"approved", ""});
}
Result<Exit> reject(Context& context) {
  return take(context, "reject", {"refused", ""});
}
Result<Exit> extend(Context& context) {
  return take(context, "extend", {"extended", ""});
}
Result<Exit> refuse_longer(Context& context) {
  return take(context, "refuse-longer", {"not extended", ""});
}
Result<Exit> suspend(Context& context) {
  return take(context, "suspend", {"suspended", "resume"});
}
Result<Exit> resume(Context& context) {
  return take(context, "resume", {"no longer suspended", "suspend"});
}
Result<Exit> revoke(Context& context) {
  return take(context, "revoke", {"revoked, and off the network", ""});
}
Result<Exit> give_back(Context& context) {
  return take(context, "give-back", {"given back", ""});
}

const std::vector<Argument> kGuest{{"GUEST", "account, name, or the id that it was asked for by"}};
const Option kWhy{"--why", "REASON", "kept with the record", Takes::Text, true};

}  // namespace

std::vector<Verb> guest_step_verbs() {
  return {{"approve",
           "say yes to a guest whom somebody else asked for",
           "assentctl guest approve g_mfrggzdfmztwq2lknnwg23tpoa",
           kGuest,
           {},
           approve},
          {"reject",
           "say no to a guest who was asked for",
           "assentctl guest reject g_mfrggzdfmztwq2lknnwg23tpoa --why 'no such talk'",
           kGuest,
           {kWhy},
           reject},
          {"extend",
           "more time, as far as the kind allows",
           "assentctl guest extend v-maple-042 --by 1h",
           kGuest,
           {{"--by", "SPAN", "how much longer: 30m, 1h", Takes::Text, true}},
           extend},
          {"refuse-longer",
           "say no to a guest who asks to stay longer",
           "assentctl guest refuse-longer v-maple-042",
           kGuest,
           {},
           refuse_longer},
          {"suspend",
           "keep a guest off for now",
           "assentctl guest suspend v-maple-042 --why 'unsafe charger'",
           kGuest,
           {kWhy},
           suspend},
          {"resume",
           "let a suspended guest on again",
           "assentctl guest resume v-maple-042",
           kGuest,
           {},
           resume},
          {"revoke",
           "end an account at once, everywhere",
           "assentctl guest revoke v-maple-042 --why 'left early'",
           kGuest,
           {kWhy},
           revoke},
          {"give-back",
           "they have gone home, or an account of a pool is back",
           "assentctl guest give-back supply01",
           kGuest,
           {},
           give_back}};
}

}  // namespace assent::cli
