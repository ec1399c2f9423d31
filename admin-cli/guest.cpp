// Guests: asking for one, issuing, looking up, and every later step.

#include "admin-cli/guest.h"
#include "admin-cli/context.h"
#include "admin-cli/guest_slips.h"
#include "admin-cli/reply.h"
#include "admin-cli/words.h"

namespace assent::cli {
namespace {

constexpr std::uint64_t kCountMax = 200, kDevicesMax = 20;

std::string guest_path(const Given& given) {
  return "/v1/guests/" + percent_encoded(given.text("GUEST"));
}

std::string host_name(const Value& guest) {
  const Value* host = guest.find("host");
  return host ? text_at(*host, "name") : "";
}

// "Dr A. Okafor, visitor, until 22 Nov 2026 15:30"
std::string headline(const Value& guest) {
  return text_at(guest, "name") + ", " + text_at(guest, "kind") + ", until " +
         text_at(guest, "until_local");
}

std::string secrets_text(const Value& guest) {
  return field("account", text_at(guest, "account")) +
         field("words", text_at(guest, "passphrase")) + field("code", text_at(guest, "voucher"));
}

// For words in a command line: the account, or the id of somebody who has none yet.
std::string handle(const Value& guest) {
  const std::string account = text_at(guest, "account");
  return account.empty() ? text_at(guest, "guest") : account;
}

Result<Object> order_body(const Given& given) {
  Object body{{"kind", given.text("KIND")},
              {"name", given.text("NAME")},
              {"host", given.text("--host")},
              {"why", given.text("--why")}};
  for (const std::string_view name : {"until", "for", "from", "account"}) {
    const std::string option = "--" + std::string(name);
    if (given.has(option)) body.emplace_back(name, given.text(option));
  }
  if (given.has("--devices")) {
    ASSENT_TRY(const std::uint64_t devices, given.number("--devices", 1, kDevicesMax));
    body.emplace_back("devices", devices);
  }
  if (given.has("--count")) {
    ASSENT_TRY(const std::uint64_t many, given.number("--count", 1, kCountMax));
    body.emplace_back("count", many);
  }
  return body;
}

// Whose secrets are in files are shown none here.
Status give_out(Context& context, const Array& guests, const SlipFiles& files) {
  if (files.wanted()) ASSENT_CHECK(files.write(context, guests));
  if (context.settings.json) return {};
  for (const Value& guest : guests)
    context.out.say(
        "Issued: " + headline(guest) + "\n" +
        (files.wanted() ? field("account", text_at(guest, "account")) : secrets_text(guest)));
  if (guests.empty()) return {};
  context.out.say(std::string(files.wanted() ? "" : "These words and codes are not shown again. ") +
                  "Lost:  assentctl guest secret " + shell_word(handle(guests.front())) +
                  "\nTo undo:  assentctl guest revoke " + shell_word(handle(guests.front())) +
                  " --why WHY\n");
  return {};
}

Result<Exit> issue(Context& context) {
  ASSENT_TRY(const Object body, order_body(context.given));
  ASSENT_TRY(const SlipFiles files, SlipFiles::prepare(context));
  ASSENT_TRY(const Value said, context.service.post("/v1/guests", body));
  const Array& guests = list_at(said, "guests");
  const bool issued = flag_at(said, "issued");
  const Exit exit = issued || context.settings.dry_run ? Exit::Done : Exit::Waits;
  if (guests.empty()) return fail(Code::Corrupt, "the service issued nobody and said nothing");
  if (issued && !context.settings.dry_run) ASSENT_CHECK(give_out(context, guests, files));
  if (context.settings.json) {
    context.out.json(files.wanted() ? without_secrets(said) : said);
    return exit;
  }
  const Value& first = guests.front();
  if (context.settings.dry_run)
    context.out.line(std::string("Nothing was changed. It would be ") +
                     (issued ? "issued: " : "asked for: ") + headline(first));
  else if (!issued)
    context.out.line("Asked for, and kept for whoever may issue it: " + text_at(first, "name") +
                     "\nTo issue:  assentctl guest grant " + text_at(first, "guest"));
  return exit;
}

// An account for who was asked for, or new secrets for who has one.
Result<Exit> hand_out(Context& context, std::string_view route) {
  Object body;
  if (context.given.has("--account")) body.emplace_back("account", context.given.text("--account"));
  ASSENT_TRY(const SlipFiles files, SlipFiles::prepare(context));
  ASSENT_TRY(const Value guest,
             context.service.post(guest_path(context.given) + std::string(route), body));
  if (!context.settings.dry_run) ASSENT_CHECK(give_out(context, {guest}, files));
  if (context.settings.json)
    context.out.json(files.wanted() ? without_secrets(guest) : guest);
  else if (context.settings.dry_run)
    context.out.line("Nothing was changed. It would be for: " + headline(guest));
  return Exit::Done;
}

Result<Exit> grant(Context& context) {
  return hand_out(context, "/issue");
}
Result<Exit> secret(Context& context) {
  return hand_out(context, "/secret");
}

// Where they stand, and what they wait for.
std::string state_text(const Value& guest) {
  const std::string code = text_at(guest, "code"), until = text_at(guest, "asks_until_local");
  return text_at(guest, "standing") + (code.empty() ? "" : ", code " + code) +
         (until.empty() ? "" : ", asks until " + until);
}

std::string list_text(const Value& said) {
  Table table({"NAME", "KIND", "ACCOUNT", "HOST", "STATE", "UNTIL"});
  for (const Value& guest : list_at(said, "guests"))
    table.add({clipped(text_at(guest, "name"), 24), text_at(guest, "kind"), handle(guest),
               clipped(host_name(guest), 20), state_text(guest), text_at(guest, "until_local")});
  if (table.empty()) return "Nobody.\n";
  const std::uint64_t most = number_at(said, "most");
  if (list_at(said, "guests").size() < most) return table.text();
  return table.text() + "Only the newest " + grouped(most) + " are shown: name somebody.\n";
}

Result<Exit> find(Context& context) {
  Query query;
  if (context.given.has("TEXT")) query.emplace_back("find", context.given.text("TEXT"));
  if (context.given.has("--state")) query.emplace_back("state", context.given.text("--state"));
  ASSENT_TRY(const Value said, context.service.get("/v1/guests", query));
  if (context.settings.json)
    context.out.json(said);
  else
    context.out.say(list_text(said));
  return Exit::Done;
}

std::string stay_text(const Value& stay) {
  const std::string ended = text_at(stay, "ended");
  return text_at(stay, "device") + " at " + text_at(stay, "nas") +
         (text_at(stay, "address").empty() ? "" : ", " + text_at(stay, "address")) + ", " +
         show_time(text_at(stay, "started")) +
         (ended.empty() ? ", online" : " to " + show_time(ended) + " " + text_at(stay, "cause"));
}

Result<Exit> show(Context& context) {
  ASSENT_TRY(const Value said, context.service.get(guest_path(context.given)));
  if (context.settings.json) {
    context.out.json(said);
    return Exit::Done;
  }
  context.out.say(text_at(said, "name") + "\n" + field("kind", text_at(said, "kind")) +
                  field("account", text_at(said, "account")) + field("host", host_name(said)) +
                  field("visits", text_at(said, "visits")) + field("why", text_at(said, "why")) +
                  field("state", state_text(said)) + field("until", text_at(said, "until_local")) +
                  field("devices", shown_at(said, "devices")));
  for (const Value& stay : list_at(said, "sessions"))
    context.out.say(field("online", stay_text(stay)));
  return Exit::Done;
}

Result<Exit> onsite(Context& context) {
  ASSENT_TRY(const Value said, context.service.get("/v1/guests/onsite"));
  if (context.settings.json) {
    context.out.json(said);
    return Exit::Done;
  }
  Table table({"NAME", "KIND", "ACCOUNT", "HOST", "STATE", "UNTIL", "ONLINE"});
  for (const Value& guest : list_at(said, "guests"))
    table.add({clipped(text_at(guest, "name"), 24), text_at(guest, "kind"),
               text_at(guest, "account"), clipped(host_name(guest), 20), text_at(guest, "standing"),
               text_at(guest, "until_local"), count(list_at(guest, "sessions").size(), "device")});
  context.out.say(table.empty() ? "Nobody.\n" : table.text());
  return Exit::Done;
}

Result<Exit> in_directory(Context& context) {
  ASSENT_TRY(const Value said, context.service.get("/v1/guests/directory"));
  const std::vector<std::string> without = texts_at(said, "without");
  const std::string error = text_at(said, "error");
  const Exit exit = without.empty() && error.empty() ? Exit::Done : Exit::Found;
  if (context.settings.json) {
    context.out.json(said);
    return exit;
  }
  const std::uint64_t strangers = number_at(said, "strangers");
  context.out.say(
      field("accounts", grouped(number_at(said, "held"))) +
      field("checked", show_time(text_at(said, "at"))) +
      field("strangers",
            strangers == 0 ? "" : grouped(strangers) + " that no guest ever had: left alone") +
      field("error", error.empty() ? "none" : error) + field("without", joined(without)));
  if (!without.empty())
    context.out.say(
        "They have none there until they are online once, or get new words:  "
        "assentctl guest secret " +
        shell_word(without.front()) + "\n");
  return exit;
}

const std::vector<Argument> kGuest{{"GUEST", "account, name, or the id that it was asked for by"}};

Verb issue_verb() {
  return {"issue",
          "an account that ends by itself; asked for, where you may not issue",
          "assentctl guest issue visitor 'Dr A. Okafor' --host r.ahmed --why 'science week' "
          "--until 15:30",
          {{"KIND", "a kind of guest of your school: visitor, supply"},
           {"NAME", "who it is; of several, what they have in common"}},
          {{"--host", "PERSON", "who answers for them", Takes::Text, true},
           {"--why", "REASON", "why they are here", Takes::Text, true},
           {"--until", "TIME", "15:30, 2026-12-04 15:30 or 2026-12-04; the kind's longest else"},
           {"--for", "SPAN", "90m, 8h or 5d instead"},
           {"--from", "TIME", "when it begins, for kinds that begin later"},
           {"--devices", "N", "how many may be online at once, at most the kind's"},
           {"--count", "N", "so many who are alike, such as for an event: 1 to 200"},
           {"--account", "ACCOUNT", "which one of a pool"},
           slips_option(false),
           csv_option()},
          issue};
}

}  // namespace

Group guest_group() {
  Group group{
      "guest",
      "visitors and others whose accounts end by themselves",
      {issue_verb(),
       {"grant",
        "an account for a guest who was asked for",
        "assentctl guest grant g_mfrggzdfmztwq2lknnwg23tpoa",
        kGuest,
        {{"--account", "ACCOUNT", "which one of a pool"}, slips_option(false), csv_option()},
        grant},
       {"secret",
        "a new passphrase and code for a guest; the old ones end",
        "assentctl guest secret v-maple-042",
        kGuest,
        {slips_option(false), csv_option()},
        secret},
       guest_print_verb(),
       guest_pool_verb(),
       {"find",
        "the guests who are here or asked for, or whom you name",
        "assentctl guest find okafor --state all",
        {{"TEXT", "part of a name, or an account", Takes::Text, true}},
        {{"--state",
          "STATE",
          "which guests; here when left out",
          Takes::Text,
          false,
          false,
          {"here", "all", "requested", "issued", "suspended", "ended"}}},
        find},
       {"show",
        "one guest: who answers for them, until when, and where they were online",
        "assentctl guest show v-maple-042",
        kGuest,
        {},
        show},
       {"directory",
        "guests' accounts in the school's directory, for its machines",
        "assentctl guest directory",
        {},
        {},
        in_directory},
       {"onsite",
        "who has an account now, and who of them is online",
        "assentctl guest onsite",
        {},
        {},
        onsite}}};
  for (Verb& verb : guest_step_verbs()) group.verbs.push_back(std::move(verb));
  return group;
}

}  // namespace assent::cli
