// Reports for people to keep: the access register. Each says of when it is, and where it is from.

#include <map>
#include <utility>

#include "admin-cli/context.h"
#include "admin-cli/csv.h"
#include "admin-cli/files.h"
#include "admin-cli/reply.h"
#include "admin-cli/words.h"
#include "core/base/text.h"

namespace assent::cli {
namespace {

struct Register {
  Value head;    // as the first page has it
  Array people;  // of all pages
};

// Page after page of one reading; each begins further on, so this ends.
Result<Register> ask_register(ServiceClient& service) {
  Register out;
  ASSENT_TRY(out.head, service.get("/v1/reports/access"));
  out.people = list_at(out.head, "people");
  const std::string reading = shown_at(out.head, "reading");
  for (std::uint64_t next = number_at(out.head, "next"), before = 0; next != 0;) {
    if (next <= before) return fail(Code::Corrupt, "the service's list of people does not end");
    ASSENT_TRY(
        const Value page,
        service.get("/v1/reports/access", {{"reading", reading}, {"after", std::to_string(next)}}));
    for (const Value& person : list_at(page, "people")) out.people.push_back(person);
    before = std::exchange(next, number_at(page, "next"));
  }
  return out;
}

// What is to be looked at about a row; nothing where it is as it should be.
std::string remark_on(const Value& row) {
  if (!flag_at(row, "known")) return "nobody of the roster";
  const std::string wanted = text_at(row, "wanted");
  if (wanted == text_at(row, "level")) return "";
  if (flag_at(row, "waiting")) return "waits for " + (wanted.empty() ? "none" : wanted);
  return "should be " + (wanted.empty() ? "in none" : "at " + wanted);
}

std::string from_text(const Value& head) {
  const std::string when = text_at(head, "local") + " (" + text_at(head, "zone") + ")";
  if (!text_at(head, "output").empty()) return "Read from the directory on " + when + ".\n";
  return "What is wanted, on " + when + ". No directory holds it: no output is set up.\n";
}

constexpr int kLogin = 16, kName = 22, kForm = 6, kRemark = 28;  // cells: 80 with the gaps

std::string table_of(const std::vector<const Value*>& rows) {
  Table table({"  LOGIN", "NAME", "FORM", ""});
  for (const Value* row : rows)
    if (flag_at(*row, "known"))
      table.add({"  " + clipped(text_at(*row, "login"), kLogin),
                 clipped(text_at(*row, "name"), kName), clipped(text_at(*row, "form"), kForm),
                 clipped(remark_on(*row), kRemark)});
  return table.empty() ? "" : table.text();
}

// People by name in a table, then strangers by what the directory calls them, which may be long.
std::string people_of(const std::vector<const Value*>& rows) {
  std::string out = table_of(rows);
  std::string strangers;
  for (const Value* row : rows)
    if (!flag_at(*row, "known")) strangers += paragraph("-", text_at(*row, "account"), 5);
  return out + (strangers.empty() ? "" : "  nobody of the roster:\n" + strangers);
}

std::string people_count(std::uint64_t people) {
  return grouped(people) + (people == 1 ? " person" : " people");
}

std::string register_text(const Register& all) {
  std::map<std::string, std::vector<const Value*>> by_level;
  for (const Value& row : all.people) by_level[text_at(row, "level")].push_back(&row);
  std::string out = text_at(all.head, "school") + ": who has which access\n" + from_text(all.head);
  for (const Value& level : list_at(all.head, "levels")) {
    const std::string name = text_at(level, "level"), group = text_at(level, "group");
    const std::string allows = text_at(level, "allows");
    out += "\n" + group + (group == name ? "" : " (level " + name + ")") + ": " +
           people_count(number_at(level, "people")) + "\n" +
           (allows.empty() ? "" : paragraph("", allows, 2)) + people_of(by_level[name]);
  }
  if (const auto& none = by_level[""]; !none.empty())
    out += "\nIn none of these groups, and should be: " + people_count(none.size()) + "\n" +
           people_of(none);
  return out;
}

// Every line is dated, so that it stays so when it is sorted or copied.
std::string register_csv(const Register& all) {
  std::map<std::string, const Value*> levels;
  for (const Value& level : list_at(all.head, "levels")) levels[text_at(level, "level")] = &level;
  std::string out = "read,from,level,group,allows,login,name,form,account,remark\n";
  const bool live = !text_at(all.head, "output").empty();
  for (const Value& row : all.people) {
    const auto level = levels.find(text_at(row, "level"));
    const Value none;
    const Value& of = level == levels.end() ? none : *level->second;
    std::string line;
    for (const std::string& cell :
         {text_at(all.head, "at"), std::string(live ? "directory" : "wanted"),
          text_at(row, "level"), text_at(of, "group"), text_at(of, "allows"), text_at(row, "login"),
          text_at(row, "name"), text_at(row, "form"), text_at(row, "account"), remark_on(row)})
      line += (line.empty() ? "" : ",") + spreadsheet_cell(cell);
    out += line + "\n";
  }
  return out;
}

Value register_value(const Register& all) {
  Object out;
  for (const Member& member : *all.head.object()) {
    if (member.first == "next") continue;
    out.emplace_back(member.first, member.first == "people" ? Value{all.people} : member.second);
  }
  return out;
}

Result<Exit> access(Context& context) {
  ASSENT_TRY(const Register all, ask_register(context.service));
  const bool csv = context.given.has("--csv");
  const std::string path = context.given.text("--out");
  if (csv && context.settings.json)
    return fail(Code::Invalid, "--csv and --json are two forms: choose one");
  const bool json = context.settings.json;
  if (path.empty() && json) {
    context.out.json(register_value(all));
    return Exit::Done;
  }
  const std::string report = json  ? to_json(register_value(all)) + "\n"
                             : csv ? register_csv(all)
                                   : terminal_safe(register_text(all));
  if (path.empty()) {
    context.out.say(report);
    return Exit::Done;
  }
  const std::string what = people_count(all.people.size()) + ", to " + path;
  if (context.settings.dry_run) {
    context.out.line("Nothing was written. It would be: " + what);
    return Exit::Done;
  }
  ASSENT_CHECK(write_new_file(path, report));
  context.out.line("Written: " + what);
  return Exit::Done;
}

}  // namespace

Group report_group() {
  return {"report",
          "reports to keep, each of one moment",
          {{"access",
            "the access register: who is in which level group now, and what it is for",
            "assentctl report access --csv --out access.csv",
            {},
            {{"--csv", "", "one line a person and group, for a spreadsheet"},
             {"--out", "FILE", "into a new file that only you may read", Takes::File}},
            access}}};
}

}  // namespace assent::cli
