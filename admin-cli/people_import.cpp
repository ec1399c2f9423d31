// Importing a roster: a file goes up in pieces, or the service reads its directory; it compares,
// and nothing changes before its plan was shown.

#include "admin-cli/context.h"
#include "admin-cli/files.h"
#include "admin-cli/people.h"
#include "admin-cli/reply.h"
#include "admin-cli/words.h"

namespace assent::cli {
namespace {

constexpr std::size_t kPiece = 512 * 1024;  // docs/protocol.md
constexpr std::uint64_t kMaxLeavers = 1'000'000;
constexpr milliseconds kPause{200};
constexpr minutes kReadingMax{10};  // 100,000 people take some seconds

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

// Gives the path of a new import.
Result<std::string> start(Context& context, const Object& how) {
  ASSENT_TRY(const Value started, context.service.post("/v1/roster/imports", how));
  return "/v1/roster/imports/" + percent_encoded(text_at(started, "import"));
}

// The import then holds the file.
Result<std::string> upload(Context& context, const std::string& csv, const Object& columns) {
  Object how{{"source", "csv"}};
  if (!columns.empty()) how.emplace_back("columns", columns);
  ASSENT_TRY(const std::string path, start(context, how));
  for (std::size_t at = 0; at < csv.size(); at += kPiece) {
    context.out.progress("Sending", at, csv.size());
    ASSENT_CHECK(context.service.post_csv(path + "/rows", csv.substr(at, kPiece)));
  }
  context.out.progress("Comparing", csv.size(), csv.size());
  return path;
}

// The import then holds what the service read.
Result<std::string> read_directory(Context& context) {
  ASSENT_TRY(const std::string path, start(context, Object{{"source", "ldap"}}));
  for (milliseconds waited{0}; waited < kReadingMax; waited += kPause) {
    ASSENT_TRY(const Value now, context.service.get(path));
    if (flag_at(now, "ready")) return path;
    context.world.wait(kPause);
  }
  return fail(Code::Unavailable, "the directory is still being read: try again later");
}

// "people.csv:17"; the source alone for a fault of the whole.
std::string place_of(const Value& error, const std::string& source) {
  return number_at(error, "line") == 0 ? source : source + ":" + shown_at(error, "line");
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
    context.out.warn(place_of(error, file) + ": " + text_at(error, "what"));
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
  std::string out = "assentctl people import --from " + context.given.text("--from");
  if (context.given.has("FILE")) out += " " + shell_word(context.given.text("FILE"));
  for (const std::string& pair : context.given.texts("--map")) out += " --map " + shell_word(pair);
  if (context.given.has("--accept-leavers"))
    out += " --accept-leavers " + context.given.text("--accept-leavers");
  return out;
}

std::string undo_of(const Context& context) {
  return context.given.has("FILE") ? "import the file from before"
                                   : "put the directory right and import it again";
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
                     grouped(number_at(done, "leavers")) + " left.\nTo undo, " + undo_of(context) +
                     ": who left comes back with everything they signed.");
  return Exit::Done;
}

// What was wrong in a file has its line; in a directory the service says who it was.
std::string source_of(const Context& context) {
  return context.given.has("FILE") ? context.given.text("FILE") : "directory";
}

Result<std::string> begin(Context& context) {
  const bool has_file = context.given.has("FILE"),
             from_file = context.given.text("--from") == "csv";
  if (has_file != from_file)
    return fail(Code::Invalid, from_file
                                   ? "--from csv needs a FILE"
                                   : "--from ldap takes no FILE: the service reads the directory");
  ASSENT_TRY(const Object columns, columns_from(context.given));
  if (!from_file && !columns.empty())
    return fail(Code::Invalid, "--map is for a file: a directory's names are in the school's file");
  if (!from_file) return read_directory(context);
  ASSENT_TRY(const std::string csv, read_file(context.given.text("FILE"), FileLimits::kRoster));
  return upload(context, csv, columns);
}

Result<Exit> import(Context& context) {
  if (context.given.has("--accept-leavers"))
    ASSENT_CHECK(context.given.number("--accept-leavers", 0, kMaxLeavers));
  ASSENT_TRY(const std::string path, begin(context));
  ASSENT_TRY(const Value plan, context.service.post(path + "/plan", {}));
  context.out.end_progress();
  const std::string why_not = obstacle(plan, context.given);
  const bool ends_here = context.settings.dry_run || !why_not.empty();
  if (!context.settings.json) say_plan(context, plan, source_of(context));
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
  return {
      {"import",
       "make the roster what a file or the directory says; all of it or nothing",
       "assentctl people import --from csv people.csv --map 'mis_id=Admission No' --dry-run",
       {{"FILE", "the export of your MIS; not with --from ldap", Takes::File, true}},
       {{"--from", "SOURCE", "a file, or the directory", Takes::Text, true, false, {"csv", "ldap"}},
        {"--map", "OURS=THEIRS", "a column's name in your file", Takes::Text, false, true},
        {"--accept-leavers", "N", "let exactly this many leave, where the import stopped"}},
       import}};
}

}  // namespace assent::cli
