// Roles that one person asks for and another grants: a deputy's, an approver's.

#include "admin-cli/role.h"
#include "admin-cli/context.h"
#include "admin-cli/reply.h"
#include "admin-cli/words.h"

namespace assent::cli {
namespace {

std::string name_at(const Value& grant, std::string_view key) {
  const Value* person = grant.find(key);
  return person ? text_at(*person, "name") : "";
}

// "H. Patel: dsl, deputy for S. Okoro, until 18 Dec 2026 23:59"
std::string headline(const Value& grant) {
  const std::string principal = name_at(grant, "deputy_of");
  return name_at(grant, "holder") + ": " + text_at(grant, "role") +
         (principal.empty() ? "" : ", deputy for " + principal) + ", until " +
         text_at(grant, "until_local");
}

std::string list_text(const Value& said) {
  Table roles({"ROLE", "BY THE SCHOOL'S FILE"});
  for (const Value& role : list_at(said, "roles")) {
    const auto who = texts_at(role, "who");
    roles.add({text_at(role, "role"), who.empty() ? "nobody: it has to be granted" : joined(who)});
  }
  Table grants({"WHO", "ROLE", "DEPUTY FOR", "UNTIL", "NOW", "ASKED BY", "ID"});
  for (const Value& grant : list_at(said, "grants"))
    grants.add({clipped(name_at(grant, "holder"), 24), text_at(grant, "role"),
                clipped(name_at(grant, "deputy_of"), 24), text_at(grant, "until_local"),
                text_at(grant, "standing"), clipped(name_at(grant, "asked_by"), 24),
                text_at(grant, "grant")});
  return (roles.empty() ? "The school's file has no [roles].\n" : roles.text()) + "\n" +
         (grants.empty() ? "Nobody has a role by grant.\n" : grants.text());
}

Result<Exit> list(Context& context) {
  ASSENT_TRY(const Value said, context.service.get("/v1/roles"));
  if (context.settings.json)
    context.out.json(said);
  else
    context.out.say(list_text(said));
  return Exit::Done;
}

Result<Exit> ask(Context& context) {
  const Given& given = context.given;
  Object body{{"role", given.text("ROLE")},
              {"person", given.text("PERSON")},
              {"until", given.text("--until")},
              {"why", given.text("--why")}};
  if (given.has("--from")) body.emplace_back("from", given.text("--from"));
  if (given.has("--deputy-for")) body.emplace_back("deputy_of", given.text("--deputy-for"));
  ASSENT_TRY(const Value grant, context.service.post("/v1/roles", body));
  const Exit exit = context.settings.dry_run ? Exit::Done : Exit::Waits;
  if (context.settings.json)
    context.out.json(grant);
  else if (context.settings.dry_run)
    context.out.line("Nothing was changed. It would be asked for: " + headline(grant));
  else
    context.out.line("Asked for, and waits for a second person: " + headline(grant) +
                     "\nTo grant, by somebody else:  assentctl approve " + text_at(grant, "grant") +
                     "\nTo undo:  assentctl reject " + text_at(grant, "grant") + " --why WHY");
  return exit;
}

Result<Exit> take(Context& context, std::string_view step, std::string_view done) {
  const std::string id = context.given.text("ID");
  Object body{{"step", step}};
  if (context.given.has("--why")) body.emplace_back("reason", context.given.text("--why"));
  ASSENT_TRY(const Value grant,
             context.service.post("/v1/roles/" + percent_encoded(id) + "/steps", body));
  if (context.settings.json)
    context.out.json(grant);
  else
    context.out.line(
        (context.settings.dry_run ? "Nothing was changed. It would be " : std::string()) +
        std::string(done) + ": " + headline(grant));
  if (!context.settings.json && !context.settings.dry_run && step == "grant")
    context.out.line("To undo:  assentctl role end " + id + " --why WHY");
  return Exit::Done;
}

Result<Exit> end(Context& context) {
  return take(context, "end", "ended");
}
Result<Exit> approve(Context& context) {
  return take(context, "grant", "granted");
}
Result<Exit> reject(Context& context) {
  return take(context, "reject", "refused");
}

const Option kWhy{"--why", "WHY", "kept in the log", Takes::Text, true};

}  // namespace

Verb approve_verb() {
  return {"approve",
          "grant what another person asked for, such as a role",
          "assentctl approve r_mfrggzdfmztwq2lknnwg23tpoa",
          {{"ID", "as role list shows it"}},
          {},
          approve};
}

Verb reject_verb() {
  return {"reject",
          "refuse what waits for a second person, or take back what you asked for",
          "assentctl reject r_mfrggzdfmztwq2lknnwg23tpoa --why 'not this term'",
          {{"ID", "as role list shows it"}},
          {kWhy},
          reject};
}

Group role_group() {
  return {
      "role",
      "who decides what, their deputies, and until when",
      {{"list",
        "every role, who has it by grant, and what waits for a second person",
        "assentctl role list",
        {},
        {},
        list},
       {"ask",
        "ask for a role for somebody; another person grants it",
        "assentctl role ask dsl h.patel --deputy-for s.okoro --until 2026-12-18 --why leave",
        {{"ROLE", "as the school's file calls it"},
         {"PERSON", "login, MIS id, name, or name and form"}},
        {{"--until", "TIME", "2026-12-18 or 2026-12-18 15:30; at most a year", Takes::Text, true},
         {"--why", "WHY", "kept in the log", Takes::Text, true},
         {"--from", "TIME", "when it begins; at once when left out"},
         {"--deputy-for", "PERSON", "in whose place, who has the role"}},
        ask},
       {"end",
        "end a granted role at once",
        "assentctl role end r_mfrggzdfmztwq2lknnwg23tpoa --why 'back from leave'",
        {{"ID", "as role list shows it"}},
        {kWhy},
        end}}};
}

}  // namespace assent::cli
