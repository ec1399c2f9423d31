// Accounts made beforehand and lent for a day: which are free, and who had one.

#include "admin-cli/context.h"
#include "admin-cli/guest.h"
#include "admin-cli/reply.h"
#include "admin-cli/words.h"

namespace assent::cli {
namespace {

std::string host_of(const Value& guest) {
  const Value* host = guest.find("host");
  return host ? text_at(*host, "name") : "";
}

std::string pool_text(const Value& said) {
  Table table({"ACCOUNT", "KIND", "NOW", "WHO", "HOST", "UNTIL"});
  const Value nobody;
  for (const Value& account : list_at(said, "accounts")) {
    const Value* last = account.find("last");
    const Value& guest = last ? *last : nobody;
    const bool never = text_at(guest, "guest").empty();
    table.add({text_at(account, "account"), text_at(account, "kind"),
               flag_at(account, "lent") ? "lent"
               : never                  ? "free, never lent"
                                        : "free, last lent",
               clipped(text_at(guest, "name"), 24), clipped(host_of(guest), 24),
               text_at(guest, "until_local")});
  }
  return table.empty() ? "The school's file has no pool.\n" : table.text();
}

// Every loan of one account, the newest first.
std::string loans_text(const Value& said, const std::string& account) {
  Table table({"WHO", "HOST", "WHY", "FROM", "UNTIL", "STATE"});
  for (const Value& guest : list_at(said, "guests"))
    if (text_at(guest, "account") == account)
      table.add({clipped(text_at(guest, "name"), 24), clipped(host_of(guest), 24),
                 clipped(text_at(guest, "why"), 24), text_at(guest, "since_local"),
                 text_at(guest, "until_local"), text_at(guest, "standing")});
  return table.empty() ? "Nobody had " + account + ".\n" : table.text();
}

Result<Exit> pool(Context& context) {
  const std::string account = context.given.text("ACCOUNT");
  Result<Value> said =
      account.empty()
          ? context.service.get("/v1/guests/pool")
          : context.service.get("/v1/guests", Query{{"find", account}, {"state", "all"}});
  if (!said) return fail(said.error());
  if (context.settings.json)
    context.out.json(*said);
  else
    context.out.say(account.empty() ? pool_text(*said) : loans_text(*said, account));
  return Exit::Done;
}

}  // namespace

Verb guest_pool_verb() {
  return {"pool",
          "accounts that are lent: which are free, and who had one; guest issue lends, give-back "
          "returns",
          "assentctl guest pool supply03",
          {{"ACCOUNT", "who had this one; all of them when left out", Takes::Text, true}},
          {},
          pool};
}

}  // namespace assent::cli
