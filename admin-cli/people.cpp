// Looking people up, and who still owes an answer.

#include "admin-cli/people.h"

#include "admin-cli/context.h"
#include "admin-cli/reply.h"
#include "admin-cli/words.h"
#include "core/formats/json.h"

namespace assent::cli {
namespace {

Result<Exit> find(Context& context) {
  const std::string text = context.given.text("TEXT");
  ASSENT_TRY(const Value said, context.service.get("/v1/people", {{"find", text}}));
  Table table({"LOGIN", "NAME", "FORM", "AUDIENCE", "STATE", "PERSON"});
  for (const Value& person : list_at(said, "people"))
    table.add({text_at(person, "login"), text_at(person, "name"), text_at(person, "form"),
               text_at(person, "audience"), text_at(person, "state"), text_at(person, "person")});
  if (context.settings.json)
    context.out.json(said);
  else
    context.out.say(table.empty() ? "Nobody matches \"" + text + "\".\n" : table.text());
  return table.empty() ? Exit::NoSuch : Exit::Done;
}

std::string standings_text(const Value& person) {
  Table table({"POLICY", "VERSION", "LAST ANSWER", "AT", "ENTRY"});
  for (const Value& standing : list_at(person, "standings"))
    table.add({text_at(standing, "policy"), shown_at(standing, "version"), text_at(standing, "act"),
               show_time(text_at(standing, "at")), shown_at(standing, "entry")});
  return table.empty() ? "\nNo answers yet.\n" : "\n" + table.text();
}

// What one record was about: "student 2 agree", for the records that have items.
std::string items_of(const Value& record) {
  std::vector<std::string> items;
  for (const Value& item : list_at(record, "items"))
    items.push_back(text_at(item, "policy") + " " + shown_at(item, "version") + " " +
                    text_at(item, "act"));
  return joined(items);
}

std::string history_text(const Value& person) {
  Table table({"ENTRY", "TYPE", "AT", "WHAT", "WHERE"});
  for (const Value& entry : list_at(person, "history")) {
    const auto parsed = parse_json(text_at(entry, "record"));
    const Value record = parsed ? *parsed : Value{};
    table.add({shown_at(entry, "index"), text_at(entry, "type"), show_time(text_at(record, "t")),
               items_of(record),
               text_at(record, "device").empty() ? text_at(record, "channel")
                                                 : text_at(record, "device")});
  }
  return table.empty() ? "" : "\n" + table.text();
}

Result<Exit> show(Context& context) {
  ASSENT_TRY(const Value person,
             context.service.get("/v1/people/" + percent_encoded(context.given.text("PERSON"))));
  if (context.settings.json) {
    context.out.json(person);
    return Exit::Done;
  }
  std::string ids;
  for (const Value& id : list_at(person, "ids"))
    if (const Array* pair = id.array();
        pair && pair->size() == 2 && (*pair)[0].text() && (*pair)[1].text())
      ids += (ids.empty() ? "" : ", ") + *(*pair)[0].text() + " " + *(*pair)[1].text();
  context.out.say(
      text_at(person, "name") + "\n" + field("person", text_at(person, "person")) +
      field("login", text_at(person, "login")) + field("form", text_at(person, "form")) +
      field("audience", text_at(person, "audience")) + field("stage", text_at(person, "stage")) +
      field("state", text_at(person, "state")) + field("ids", ids) + standings_text(person) +
      history_text(person));
  return Exit::Done;
}

Result<Exit> outstanding(Context& context) {
  Query query;
  for (const char* which : {"policy", "form", "answer"})
    if (const std::string given = context.given.text("--" + std::string(which)); !given.empty())
      query.emplace_back(which, given);
  ASSENT_TRY(const Value said, context.service.get("/v1/people/outstanding", query));
  const std::uint64_t total = number_at(said, "total");
  const Exit exit = total == 0 ? Exit::Done : Exit::Found;
  if (context.settings.json) {
    context.out.json(said);
    return exit;
  }
  Table table(
      {"LOGIN", "NAME", "FORM", "POLICY", "VERSION", "WHY", "SINCE", "ANSWER", "ENTRY", "TELL"});
  for (const Value& row : list_at(said, "people"))
    table.add({text_at(row, "login"), text_at(row, "name"), text_at(row, "form"),
               text_at(row, "policy"), shown_at(row, "version"), text_at(row, "why"),
               show_time(text_at(row, "since")), text_at(row, "answer"), shown_at(row, "entry"),
               text_at(row, "tell")});
  const std::size_t shown = list_at(said, "people").size();
  context.out.say(total == 0 ? "Nobody owes an answer.\n"
                             : table.text() + count(total, "answer") + " outstanding" +
                                   (shown < total ? "; the first " + grouped(shown) +
                                                        " are shown: ask by --form or --policy"
                                                  : "") +
                                   ".\n");
  return exit;
}

}  // namespace

Group people_group() {
  Group group{"people",
              "import, find, sign on behalf",
              {{"find",
                "people by login, name, form or id",
                "assentctl people find hussain",
                {{"TEXT", "any part of a name, or a login, form or id"}},
                {},
                find},
               {"show",
                "one person: ids, answers, records",
                "assentctl people show amira.hussain",
                {{"PERSON", "login, MIS id, name, or name and form"}},
                {},
                show},
               {"outstanding",
                "who still owes an answer (exit status 1 when somebody does)",
                "assentctl people outstanding --policy student --form 9B",
                {},
                {{"--policy", "POLICY", "of one policy only"},
                 {"--form", "FORM", "in one form only"},
                 {"--answer",
                  "ANSWER",
                  "who answered so: they said no, want help, or put it off",
                  Takes::Text,
                  false,
                  false,
                  {"decline", "help", "later"}}},
                outstanding}}};
  for (auto more : {import_verbs(), roster_verbs(), behalf_verbs()})
    for (Verb& verb : more) group.verbs.push_back(std::move(verb));
  return group;
}

}  // namespace assent::cli
