// The tokens that people sign in with.

#include "admin-cli/context.h"
#include "admin-cli/reply.h"
#include "admin-cli/words.h"

namespace assent::cli {
namespace {

constexpr std::uint64_t kMostDays = 365;

// The service's word for a scope, and ours.
std::string to_service(const std::string& scope) {
  return scope == "report" ? "report:read" : scope;
}
std::string shown_scope(const Value& token) {
  const std::string scope = text_at(token, "scope");
  return scope == "report:read" ? "report" : scope;
}

Result<Exit> make(Context& context) {
  const std::string scope = context.given.text("--scope");
  Object body{{"for", context.given.text("--for")}, {"scope", to_service(scope)}};
  if (context.given.has("--days")) {
    ASSENT_TRY(const std::uint64_t days, context.given.number("--days", 1, kMostDays));
    body.emplace_back("days", days);
  }
  ASSENT_TRY(const Value made, context.service.post("/v1/tokens", body));
  const std::string whose = text_at(made, "name") + " (" + text_at(made, "login") + ")";
  if (context.settings.json)
    context.out.json(made);
  else if (context.settings.dry_run)
    context.out.line("Nothing was changed. " + whose + " would get a token, scope " + scope + ".");
  else
    context.out.line("For " + whose + ", scope " + scope + ", until " +
                     show_time(text_at(made, "expires")) + ":\n\n  " + text_at(made, "bearer") +
                     "\n\nIt is not shown again. Keep it in a file that nobody else can read "
                     "(chmod 0600).\nTo undo:  assentctl token revoke " +
                     text_at(made, "token"));
  return Exit::Done;
}

std::string state_of(const Value& token) {
  const std::string revoked = text_at(token, "revoked");
  if (!revoked.empty()) return "revoked " + show_time(revoked);
  return (flag_at(token, "live") ? "until " : "no more, was until ") +
         show_time(text_at(token, "expires"));
}

Result<Exit> list(Context& context) {
  ASSENT_TRY(const Value said, context.service.get("/v1/tokens"));
  if (context.settings.json) {
    context.out.json(said);
    return Exit::Done;
  }
  Table table({"LOGIN", "NAME", "SCOPE", "STATE", "TOKEN"});
  for (const Value& token : list_at(said, "tokens"))
    table.add({text_at(token, "login"), text_at(token, "name"), shown_scope(token), state_of(token),
               text_at(token, "token")});
  context.out.say(table.text());
  return Exit::Done;
}

Result<Exit> revoke(Context& context) {
  const std::string id = context.given.text("ID");
  ASSENT_TRY(const Value said,
             context.service.post("/v1/tokens/" + percent_encoded(id) + "/revoke", {}));
  const std::string whose = "The token of " + text_at(said, "name") + " (" +
                            text_at(said, "login") + "), scope " + shown_scope(said);
  if (context.settings.json)
    context.out.json(said);
  else if (context.settings.dry_run)
    context.out.line("Nothing was changed. " + whose + ", would be good for nothing any more.");
  else
    context.out.line(whose +
                     ", is revoked: it is good for nothing from now on.\nTo give another:  "
                     "assentctl token new --for " +
                     shell_word(text_at(said, "login")) + " --scope " + shown_scope(said));
  return Exit::Done;
}

}  // namespace

Group token_group() {
  return {
      "token",
      "what people sign in with",
      {{"new",
        "give somebody a token: prints it once",
        "assentctl token new --for s.okoro --scope report --days 30",
        {},
        {{"--for", "PERSON", "login, MIS id, name, or name and form", Takes::Text, true},
         {"--scope",
          "SCOPE",
          "admin may do everything, report may read, staff what their roles may do",
          Takes::Text,
          true,
          false,
          {"admin", "report", "staff"}},
         {"--days", "N", "how long it lives: 1 to 365, 90 when left out"}},
        make},
       {"list", "every token, whose it is and until when", "assentctl token list", {}, {}, list},
       {"revoke",
        "end a token at once",
        "assentctl token revoke t_mfrggzdfmztwq2lknnwg23tpoa",
        {{"ID", "as token list shows it"}},
        {},
        revoke}}};
}

}  // namespace assent::cli
