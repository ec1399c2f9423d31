// Importing a roster: the file goes up in pieces, the service compares, and nothing changes before
// its plan was shown.

#include "admin-cli/context.h"
#include "admin-cli/files.h"
#include "admin-cli/people.h"
#include "admin-cli/reply.h"
#include "admin-cli/words.h"

namespace assent::cli {
namespace {

constexpr std::size_t kPiece = 512 * 1024;  // docs/protocol.md
constexpr std::uint64_t kMaxLeavers = 1'000'000;

Result<Object> columns_from(const Given& given) {
  Object columns;
  for (const std::string& pair : given.texts("--map")) {
    const std::size_t equals = pair.find('=');
    if (equals == pair.npos || equals == 0 || equals + 1 == pair.size())
      return fail(Code::Invalid,
                  "--map is OURS=THEIRS, such as --map mis_id=\"Admission No\", not " + pair);
    columns.emplace_back(pair.substr(0, equals), pair.substr(equals + 1));
  }
  return columns;
}

// Gives the path of the import that now holds the file.
Result<std::string> upload(Context& context, const std::string& csv, const Object& columns) {
  Object start{{"source", "csv"}};
  if (!columns.empty()) start.emplace_back("columns", columns);
  ASSENT_TRY(const Value started, context.service.post("/v1/roster/imports", start));
  const std::string path = "/v1/roster/imports/" + percent_encoded(text_at(started, "import"));
  for (std::size_t at = 0; at < csv.size(); at += kPiece) {
    context.out.progress("Sending", at, csv.size());
    ASSENT_CHECK(context.service.post_csv(path + "/rows", csv.substr(at, kPiece)));
  }
  context.out.progress("Comparing", csv.size(), csv.size());
  return path;
}

void say_plan(Context& context, const Value& plan, const std::string& file) {
  const Value* all = plan.find("examples");
  const Value none;
  const auto row = [&](std::string_view key, std::string_view word) {
    return std::vector<std::string>{std::string(word), grouped(number_at(plan, key)),
                                    joined(texts_at(all ? *all : none, key))};
  };
  Table table({"", "PEOPLE", "SUCH AS"});
  table.add(row("joins", "join"));
  table.add(row("changes", "change"));
  table.add(row("leavers", "leave"));
  table.add(row("unchanged", "stay as they are"));
  context.out.say(file + ": " + count(number_at(plan, "rows"), "row") + "\n" + table.text());
  const Array& errors = list_at(plan, "errors");
  for (const Value& error : errors)
    context.out.warn(file + ":" + shown_at(error, "line") + ": " + text_at(error, "what"));
  if (const std::uint64_t total = number_at(plan, "errors_total"); total > errors.size())
    context.out.warn("… and " + grouped(total - errors.size()) + " more");
}

// Why the plan cannot be applied as it is; empty when it can.
std::string obstacle(const Value& plan, const Given& given) {
  if (!list_at(plan, "errors").empty())
    return "Nothing was imported: correct the lines above first.";
  const std::string stops = text_at(plan, "stops");
  if (stops.empty() || given.has("--accept-leavers")) return "";
  return "Nothing was imported: " + stops + "\nIf that is right, add --accept-leavers " +
         std::to_string(number_at(plan, "leavers")) + ".";
}

std::string again(const Context& context) {
  std::string out = "assentctl people import --from csv " + shell_word(context.given.text("FILE"));
  for (const std::string& pair : context.given.texts("--map")) out += " --map " + shell_word(pair);
  if (context.given.has("--accept-leavers"))
    out += " --accept-leavers " + context.given.text("--accept-leavers");
  return out;
}

Result<Exit> apply(Context& context, const std::string& path) {
  Object body;
  if (context.given.has("--accept-leavers")) {
    ASSENT_TRY(const auto leavers, context.given.number("--accept-leavers", 0, kMaxLeavers));
    body.emplace_back("accept_leavers", leavers);
  }
  ASSENT_TRY(const Value done, context.service.post(path + "/apply", body));
  context.out.end_progress();
  if (context.settings.json)
    context.out.json(done);
  else
    context.out.line("Imported: " + grouped(number_at(done, "joins")) + " joined, " +
                     grouped(number_at(done, "changes")) + " changed, " +
                     grouped(number_at(done, "leavers")) +
                     " left.\nTo undo, import the file from before: who left comes back with "
                     "everything they signed.");
  return Exit::Done;
}

Result<Exit> import(Context& context) {
  if (context.given.has("--accept-leavers"))
    ASSENT_CHECK(context.given.number("--accept-leavers", 0, kMaxLeavers));
  ASSENT_TRY(const Object columns, columns_from(context.given));
  const std::string file = context.given.text("FILE");
  ASSENT_TRY(const std::string csv, read_file(file, FileLimits::kRoster));
  ASSENT_TRY(const std::string path, upload(context, csv, columns));
  ASSENT_TRY(const Value plan, context.service.post(path + "/plan", {}));
  context.out.end_progress();
  const std::string why_not = obstacle(plan, context.given);
  const bool ends_here = context.settings.dry_run || !why_not.empty();
  if (!context.settings.json) say_plan(context, plan, file);
  if (context.settings.json && ends_here) context.out.json(plan);
  if (!why_not.empty()) {
    context.out.warn(why_not);
    return Exit::Refused;
  }
  if (!context.settings.dry_run) return apply(context, path);
  if (!context.settings.json) context.out.line("Nothing was changed. To go on:  " + again(context));
  return Exit::Done;
}

}  // namespace

std::vector<Verb> import_verbs() {
  return {{"import",
           "make the roster what a file says; all of it or nothing",
           "assentctl people import --from csv people.csv --map 'mis_id=Admission No' --dry-run",
           {{"FILE", "the export of your MIS", Takes::File}},
           {{"--from", "SOURCE", "what kind of file", Takes::Text, true, false, {"csv"}},
            {"--map", "OURS=THEIRS", "a column's name in your file", Takes::Text, false, true},
            {"--accept-leavers", "N", "let exactly this many leave, where the import stopped"}},
           import}};
}

}  // namespace assent::cli
