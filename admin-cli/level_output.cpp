// Levels on their way into the directory: what waits, what went astray there, and the word that
// lets a large move through.

#include "admin-cli/context.h"
#include "admin-cli/level.h"
#include "admin-cli/reply.h"
#include "admin-cli/words.h"

namespace assent::cli {
namespace {

constexpr std::uint64_t kMovesMax = 10'000'000;
constexpr milliseconds kPause{500};
constexpr minutes kRepairMax{30};  // 100,000 people in a slow directory
constexpr std::string_view kNowhere =
    "This school's levels are put nowhere: no output is set up.\n";

std::string how_to_confirm(const Value& held) {
  return "assentctl level reconcile --confirm " + shown_at(held, "moves");
}

std::string held_text(const Value& held) {
  std::string out = count(number_at(held, "moves"), "move") + " of \"" + text_at(held, "cause") +
                    "\" are held: nobody is moved until this is confirmed.\n";
  if (!text_at(held, "confirmed_by").empty())
    return out + "A second person must confirm:  " + how_to_confirm(held) + "\n";
  if (flag_at(held, "two_people")) out += "So many need two people.\n";
  return out + "To confirm:  " + how_to_confirm(held) + "\n";
}

std::string unknown_text(std::uint64_t people) {
  if (people == 0) return "";
  return grouped(people) + (people == 1 ? " person" : " people") +
         " whom the directory does not know";
}

std::string output_text(const Value& output) {
  if (!output.object()) return std::string(kNowhere);
  const std::string error = text_at(output, "error");
  return field("ids", text_at(output, "ids")) +
         field("applied", show_time(text_at(output, "last_pass"))) +
         field("checked", show_time(text_at(output, "last_check"))) +
         field("strangers", grouped(number_at(output, "strangers"))) +
         field("error", error.empty() ? "none" : error);
}

Result<Exit> status(Context& context) {
  ASSENT_TRY(const Value said, context.service.get("/v1/levels/status"));
  const Value* held = said.find("held");
  const bool is_held = held && held->object();
  const Exit exit = is_held ? Exit::Found : Exit::Done;
  if (context.settings.json) {
    context.out.json(said);
    return exit;
  }
  const std::uint64_t waiting = number_at(said, "waiting");
  const std::string since = waiting > 0 ? ", since " + show_time(text_at(said, "oldest")) : "";
  const Value* output = said.find("output");
  context.out.say(output_text(output ? *output : Value{}) +
                  field("waiting", count(waiting, "level") + since) +
                  field("unknown", unknown_text(number_at(said, "unknown"))));
  for (const Value& sweep : list_at(said, "sweeps"))
    context.out.say(
        field("to look at", text_at(sweep, "cause") + ", " + show_time(text_at(sweep, "due"))));
  if (is_held) context.out.say(held_text(*held));
  return exit;
}

std::string astray_table(const Value& said) {
  Table table({"LOGIN", "NAME", "FORM", "HELD", "WANTED"});
  for (const Value& row : list_at(said, "astray")) {
    const std::string held = joined(texts_at(row, "held")), wanted = text_at(row, "wanted");
    table.add({text_at(row, "login"), text_at(row, "name"), text_at(row, "form"),
               held.empty() ? "none" : held, wanted.empty() ? "none" : wanted});
  }
  return table.empty() ? "" : table.text();
}

std::string drift_text(const Value& said) {
  if (text_at(said, "output").empty()) return std::string(kNowhere);
  const std::uint64_t total = number_at(said, "total");
  std::string out = astray_table(said);
  if (list_at(said, "astray").size() < total)
    out += "The first " + grouped(list_at(said, "astray").size()) + " are shown.\n";
  out += grouped(total) + " of " + grouped(number_at(said, "people")) +
         " are not at their level in the directory; " + grouped(number_at(said, "waiting")) +
         " more wait to be put there.\n";
  const std::uint64_t unknown = number_at(said, "unknown");
  if (unknown > 0) out += unknown_text(unknown) + " cannot be put there.\n";
  const std::uint64_t strangers = number_at(said, "strangers");
  if (strangers > 0)
    out += grouped(strangers) + " in its groups are nobody of the roster: left alone.\n";
  return out;
}

Result<Exit> show_drift(Context& context, const Value& said) {
  if (context.settings.json)
    context.out.json(said);
  else
    context.out.say(drift_text(said));
  return number_at(said, "total") == 0 ? Exit::Done : Exit::Found;
}

Result<Exit> drift(Context& context) {
  if (context.given.has("--probe")) return probe_filter(context);
  ASSENT_TRY(const Value said, context.service.get("/v1/levels/drift"));
  return show_drift(context, said);
}

Result<Exit> confirm(Context& context) {
  ASSENT_TRY(const std::uint64_t moves, context.given.number("--confirm", 1, kMovesMax));
  ASSENT_TRY(const Value said,
             context.service.post("/v1/levels/reconcile", Object{{"confirm", moves}}));
  const bool passed = flag_at(said, "passed");
  if (context.settings.json)
    context.out.json(said);
  else
    context.out.line(passed ? "Confirmed: " + count(moves, "move") + " are made now."
                            : "Your word is kept. So many moves need a second person:  assentctl "
                              "level reconcile --confirm " +
                                  std::to_string(moves));
  return passed ? Exit::Done : Exit::Waits;
}

// What the reply says, with how far the repair has come by now.
Value brought_up_to(const Value& said, const Value& output) {
  Object out = *said.object();
  for (auto& [key, value] : out)
    for (const std::string_view counted : {"repaired", "failed", "left", "error"})
      if (const Value* now = output.find(counted); key == counted && now) value = *now;
  return out;
}

// Of many, the service puts right what it found after its answer: waits until it has.
Result<Value> wait_for_repair(Context& context, Value said) {
  const std::uint64_t total = number_at(said, "total");
  for (milliseconds waited{0}; number_at(said, "left") > 0; waited += kPause) {
    if (waited >= kRepairMax)
      return fail(Code::Unavailable,
                  "levels are still being put right: see  assentctl level status");
    context.out.progress("Putting right", total - number_at(said, "left"), total);
    context.world.wait(kPause);
    ASSENT_TRY(const Value status, context.service.get("/v1/levels/status"));
    const Value* output = status.find("output");
    said = brought_up_to(said, output ? *output : Value{});
  }
  context.out.end_progress();
  return said;
}

Result<Exit> reconcile(Context& context) {
  if (context.settings.dry_run) return drift(context);
  if (context.given.has("--confirm")) return confirm(context);
  ASSENT_TRY(Value found, context.service.post("/v1/levels/reconcile", Object{}));
  if (!context.settings.json) context.out.say(drift_text(found));
  ASSENT_TRY(const Value done, wait_for_repair(context, std::move(found)));
  const std::uint64_t failed = number_at(done, "failed");
  if (context.settings.json)
    context.out.json(done);
  else if (!text_at(done, "output").empty())
    context.out.line(grouped(number_at(done, "repaired")) + " put right, " + grouped(failed) +
                     " not" + (failed == 0 ? "." : ": " + text_at(done, "error")));
  return failed == 0 ? Exit::Done : Exit::Found;
}

}  // namespace

std::vector<Verb> level_output_verbs() {
  return {
      {"status",
       "how far levels are in the directory, and what waits for your word",
       "assentctl level status",
       {},
       {},
       status},
      {"drift",
       "who is not at their level in the directory, or how long the filter takes to see a "
       "change; changes nothing",
       "assentctl level drift --probe test.pupil --page http://chat.example/ --proxy proxy:3128",
       {},
       {{"--probe", "LOGIN", "watch the filter while the level of this test account changes"},
        {"--page", "URL", "a page that the filter answers by this account's group"},
        {"--proxy", "HOST:PORT",
         "the filter's proxy; the account's password there is asked for, or in "
         "ASSENT_PROBE_PASSWORD"},
        {"--within", "TIME", "watch for so long: 30m, 2h (the usual)"}},
       drift},
      {"reconcile",
       "read the directory now and put every level right, or let held moves through",
       "assentctl level reconcile --confirm 120",
       {},
       {{"--confirm", "N", "the number of moves that are held: they are right"}},
       reconcile}};
}

}  // namespace assent::cli
