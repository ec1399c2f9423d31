// Answers for somebody (each names who did it, how, and why), and two entries that are one person.

#include "admin-cli/context.h"
#include "admin-cli/people.h"
#include "admin-cli/reply.h"
#include "admin-cli/words.h"

namespace assent::cli {
namespace {

constexpr std::uint64_t kMaxIndex = std::uint64_t{1} << 61;

std::string person_path(const Given& given) {
  return "/v1/people/" + percent_encoded(given.text("PERSON"));
}

Result<Object> answer_body(const Given& given, const std::string& act) {
  Object body{{"act", act}, {"policy", given.text("--policy")}, {"how", given.text("--how")}};
  if (given.has("--note")) body.emplace_back("note", given.text("--note"));
  if (given.has("--of")) {
    ASSENT_TRY(const std::uint64_t index, given.number("--of", 0, kMaxIndex));
    body.emplace_back("of", index);
  }
  return body;
}

// As the service shows a person; by their id where they have no login.
std::string whom(const Value& person) {
  const std::string form = text_at(person, "form"), login = text_at(person, "login");
  return text_at(person, "name") + " (" + (login.empty() ? text_at(person, "person") : login) +
         (form.empty() ? "" : ", " + form) + ")";
}

Result<Exit> answer(Context& context, const std::string& act, const std::string& undo) {
  ASSENT_TRY(const Object body, answer_body(context.given, act));
  ASSENT_TRY(const Value said, context.service.post(person_path(context.given) + "/answers", body));
  const std::string what = context.given.text("--policy") + ", " + act;
  if (context.settings.json)
    context.out.json(said);
  else if (context.settings.dry_run)
    context.out.line("Nothing was recorded. It would be, for " + whom(said) + ": " + what + ".");
  else
    context.out.line("Recorded for " + context.given.text("PERSON") + ": " + what + ". Entry " +
                     shown_at(said, "index") + ".\nReceipt:  assentctl receipt show " +
                     shown_at(said, "index") + (undo.empty() ? "" : "\nTo undo:  " + undo));
  return Exit::Done;
}

std::string undo_by_withdrawing(const Given& given) {
  return "assentctl people withdraw " + shell_word(given.text("PERSON")) + " --policy " +
         shell_word(given.text("--policy")) + " --how correction --note WHY";
}

Result<Exit> sign_for(Context& context) {
  const std::string act = context.given.has("--act") ? context.given.text("--act") : "agree";
  return answer(context, act, act == "decline" ? "" : undo_by_withdrawing(context.given));
}
Result<Exit> endorse(Context& context) {
  return answer(context, "endorse", "");  // to withdraw would take their own answer back
}
Result<Exit> withdraw(Context& context) {
  return answer(context, "withdraw",
                "assentctl people sign-for " + shell_word(context.given.text("PERSON")) +
                    " --policy " + shell_word(context.given.text("--policy")) + " --how HOW");
}

Array split_at_commas(const std::string& text) {
  Array out;
  for (std::size_t start = 0; start <= text.size();) {
    const std::size_t end = std::min(text.find(',', start), text.size());
    if (end > start) out.push_back(text.substr(start, end - start));
    start = end + 1;
  }
  return out;
}

void say_class(Context& context, const Value& said) {
  const std::string form = context.given.text("FORM"), policy = context.given.text("--policy");
  if (context.settings.dry_run) {
    context.out.line("Nothing was recorded. It would be, for " +
                     grouped(number_at(said, "present")) + " of " + form + ": " + policy +
                     ", agree.");
    context.out.say(field("missing", joined(texts_at(said, "missing"))));
    return;
  }
  std::string entries;
  for (const Value& entry : list_at(said, "receipts"))
    if (entry.integer()) entries += (entries.empty() ? "" : " ") + std::to_string(*entry.integer());
  context.out.say("Signed: " + grouped(number_at(said, "signed")) + " of " + form + " for " +
                  policy + ", one record each.\n" + field("entries", entries) +
                  field("missing", joined(texts_at(said, "missing"))));
}

Result<Exit> sign_class(Context& context) {
  Object body{{"form", context.given.text("FORM")},
              {"policy", context.given.text("--policy")},
              {"how", context.given.text("--how")},
              {"present", split_at_commas(context.given.text("--present"))}};
  if (context.given.has("--note")) body.emplace_back("note", context.given.text("--note"));
  ASSENT_TRY(const Value said, context.service.post("/v1/people/sign-class", body));
  if (context.settings.json)
    context.out.json(said);
  else
    say_class(context, said);
  return Exit::Done;
}

Result<Exit> link(Context& context) {
  ASSENT_TRY(const Value said,
             context.service.post("/v1/people/link", {{"from", context.given.text("FROM")},
                                                      {"to", context.given.text("TO")},
                                                      {"reason", context.given.text("--reason")}}));
  if (context.settings.json) {
    context.out.json(said);
  } else if (context.settings.dry_run) {
    const Value *from = said.find("from"), *to = said.find("to");
    context.out.line("Nothing was changed. The ids of " + whom(from ? *from : Value{}) +
                     " would name " + whom(to ? *to : Value{}) + " from now on.");
  } else {
    context.out.line("Linked: the ids of " + context.given.text("FROM") + " now name " +
                     whom(said) +
                     ".\nTo undo:  assentctl people unlink SOURCE ID --reason WHY  "
                     "(their ids: assentctl people show " +
                     shell_word(text_at(said, "person")) + ")");
  }
  return Exit::Done;
}

std::string listed_ids(const Value& said) {
  std::vector<std::string> ids;
  for (const Value& id : list_at(said, "ids"))
    if (const Array* pair = id.array(); pair && pair->size() == 2)
      if (const std::string* source = pair->front().text(), *own = pair->back().text();
          source && own)
        ids.push_back(*source + " " + *own);
  return joined(ids);
}

// Who has the ids now, and who had them.
void say_parted(Context& context, const Value& said) {
  const Value *had = said.find("from"), *to = said.find("to");
  const Value from = had ? *had : Value{};
  const bool dry = context.settings.dry_run;
  const std::string now = to ? whom(*to) : "nobody";
  std::string text = (dry ? "Nothing was changed. " : "Parted: ") + listed_ids(said) +
                     (dry ? " would be of " : " now of ") + now + ", no longer of " + whom(from) +
                     ".";
  if (!to) text += " The next roster makes a new person of it.";
  if (!to && text_at(from, "state") == "left")
    text +=
        "\n" + whom(from) + (dry ? " would have left" : " has left") + ": no other id is theirs.";
  if (to && !dry)
    text += "\nTo undo:  assentctl people link " + shell_word(text_at(*to, "person")) + " " +
            shell_word(text_at(from, "person")) + " --reason WHY";
  context.out.line(text);
}

Result<Exit> unlink(Context& context) {
  ASSENT_TRY(const Value said, context.service.post("/v1/people/unlink",
                                                    {{"source", context.given.text("SOURCE")},
                                                     {"external", context.given.text("ID")},
                                                     {"reason", context.given.text("--reason")}}));
  if (context.settings.json)
    context.out.json(said);
  else
    say_parted(context, said);
  return Exit::Done;
}

Argument person() {
  return {"PERSON", "login, MIS id, name, or name and form"};
}
std::vector<Option> behalf_options(std::vector<Option> more) {
  std::vector<Option> options{{"--policy", "POLICY", "which policy", Takes::Text, true},
                              {"--how", "HOW", "paper, read aloud, with TA, …", Takes::Text, true},
                              {"--note", "TEXT", "what a reader of the record should know"}};
  for (Option& option : more) options.push_back(std::move(option));
  return options;
}

}  // namespace

std::vector<Verb> behalf_verbs() {
  const Option reason{"--reason", "WHY", "goes into the log", Takes::Text, true};
  const Option of{"--of", "ENTRY", "the entry that it belongs to"};
  return {
      {"sign-for",
       "record somebody's answer, given on paper or with help",
       "assentctl people sign-for amira.hussain --policy student --how 'with TA'",
       {person()},
       behalf_options({{"--act",
                        "ACT",
                        "the answer; agree when left out",
                        Takes::Text,
                        false,
                        false,
                        {"agree", "acknowledge", "decline"}}}),
       sign_for},
      {"sign-class",
       "record that a class went through the rules together, one record a child",
       "assentctl people sign-class '1 Beech' --policy student --how 'read aloud' --present "
       "aisha,ben,callum",
       {{"FORM", "the class"}},
       behalf_options(
           {{"--present", "LOGINS", "who was there: logins, with commas", Takes::Text, true}}),
       sign_class},
      {"endorse",
       "record that a parent has read a policy with their child",
       "assentctl people endorse amira.hussain --policy student --how paper --note 'letter, 6 Sep'",
       {person()},
       behalf_options({of}),
       endorse},
      {"withdraw",
       "record that somebody takes their agreement back",
       "assentctl people withdraw amira.hussain --policy student --how letter --note 'by her "
       "mother'",
       {person()},
       behalf_options({of}),
       withdraw},
      {"link",
       "two entries of the roster that are one person",
       "assentctl people link p_old p_new --reason 're-made account'",
       {{"FROM", "the newer or wrong entry"}, {"TO", "the person who stays"}},
       {reason},
       link},
      {"unlink",
       "part an id from the person that it names",
       "assentctl people unlink mis_id 4711 --reason 'linked by mistake'",
       {{"SOURCE", "such as mis_id"}, {"ID", "the id there"}},
       {reason},
       unlink}};
}

}  // namespace assent::cli
