// Looking at the school's directory as the service sees it.

#include "admin-cli/context.h"
#include "admin-cli/reply.h"
#include "admin-cli/words.h"

namespace assent::cli {
namespace {

std::string mark_of(const Value& step) {
  const std::string state = text_at(step, "state");
  return state == "good" ? "ok  " : state == "note" ? "note" : "BAD ";
}

// From the first column on, because they are copied and LDIF takes a space for a continuation.
void show_lines(Context& context, const Array& lines) {
  if (lines.empty()) return;
  context.out.line("");
  for (const Value& line : lines)
    if (line.text()) context.out.line(*line.text());
  context.out.line("");
}

Result<Exit> check(Context& context) {
  ASSENT_TRY(const Value said, context.service.get("/v1/directory/check"));
  const Exit exit = flag_at(said, "good") ? Exit::Done : Exit::Found;
  if (context.settings.json) {
    context.out.json(said);
    return exit;
  }
  for (const Value& step : list_at(said, "steps")) {
    context.out.line(mark_of(step) + "  " + text_at(step, "what"));
    context.out.say(paragraph("", text_at(step, "said"), 6));
    show_lines(context, list_at(step, "lines"));
  }
  context.out.line(exit == Exit::Done ? "The directory can be used as it is configured."
                                      : "Nothing was changed. Correct what is BAD above, the first "
                                        "one first, and check again.");
  return exit;
}

}  // namespace

Group directory_group() {
  return {"directory",
          "the directory that a school's people come from",
          {{"check",
            "whether the service can reach, read and use the directory, and what to do if not",
            "assentctl directory check",
            {},
            {},
            check}}};
}

}  // namespace assent::cli
