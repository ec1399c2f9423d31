// Whether the school's people are in step with the directory that they come from.

#include "admin-cli/context.h"
#include "admin-cli/people.h"
#include "admin-cli/reply.h"
#include "admin-cli/words.h"

namespace assent::cli {
namespace {

std::string found_text(const Value& found) {
  if (!found.object()) return "nothing yet";
  return grouped(number_at(found, "rows")) + " people; " + grouped(number_at(found, "joins")) +
         " join, " + grouped(number_at(found, "changes")) + " change, " +
         grouped(number_at(found, "leavers")) + " leave";
}

std::string read_text(const Value& kept) {
  if (text_at(kept, "last_read").empty()) return "not since the service started";
  return show_time(text_at(kept, "last_read")) + ", " +
         count(number_at(kept, "age_seconds") / 60, "minute") + " ago";
}

std::string every_text(const Value& kept) {
  const std::uint64_t every = number_at(kept, "every_minutes");
  return every == 0 ? "by hand alone"
                    : "when something changes, and every " + count(every, "minute");
}

std::string status_text(const Value& kept) {
  const Value none;
  const Value* found = kept.find("found");
  const std::string error = text_at(kept, "error"), deaf = text_at(kept, "deaf"),
                    stopped = text_at(kept, "stopped");
  std::string out =
      field("read", every_text(kept)) +
      field("last read", read_text(kept) + (flag_at(kept, "reading") ? ", and now" : "")) +
      field("found", found_text(found ? *found : none)) +
      field("last change", show_time(text_at(kept, "last_import"))) +
      field("error", error.empty() ? "none" : error) +
      field("changes", deaf.empty() ? "heard of" : "not heard of: " + deaf);
  if (!stopped.empty()) out += "Stopped: " + stopped + ".\n";
  if (!stopped.empty()) out += "To look:  assentctl people import --from ldap --dry-run\n";
  return out;
}

Result<Exit> roster(Context& context) {
  ASSENT_TRY(const Value said, context.service.get("/v1/roster/status"));
  const Value none;
  const Value* at = said.find("kept");
  const Value& kept = at ? *at : none;
  const bool good = text_at(kept, "error").empty() && text_at(kept, "stopped").empty();
  if (context.settings.json)
    context.out.json(said);
  else
    context.out.say(kept.object() ? status_text(kept)
                                  : "This school's people come from files, and not from its "
                                    "directory.\n");
  return good ? Exit::Done : Exit::Found;
}

}  // namespace

std::vector<Verb> roster_verbs() {
  return {{"roster",
           "when the directory was last read, and what it waits for (exit status 1 for an error)",
           "assentctl people roster",
           {},
           {},
           roster}};
}

}  // namespace assent::cli
