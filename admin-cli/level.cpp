// Filtering levels: why somebody has theirs, and everybody's as a file for a filter without LDAP.

#include "admin-cli/level.h"

#include <map>

#include "admin-cli/context.h"
#include "admin-cli/csv.h"
#include "admin-cli/files.h"
#include "admin-cli/reply.h"
#include "admin-cli/words.h"

namespace assent::cli {
namespace {

// "done 2026-09-01 08:52 UTC", or what it waits for; nothing where nothing is wanted there.
std::string applied_text(const Value& said) {
  const Value* applied = said.find("applied");
  if (!applied || !applied->object()) return "";
  if (flag_at(*applied, "done")) return "done " + show_time(text_at(*applied, "at"));
  const std::string error = text_at(*applied, "error"), has = text_at(*applied, "level");
  return "not yet there" + (error.empty() ? "" : ": " + error) +
         (has.empty() ? "" : "; at " + has + " since " + show_time(text_at(*applied, "at")));
}

Result<Exit> explain(Context& context) {
  ASSENT_TRY(const Value said,
             context.service.get("/v1/people/" + percent_encoded(context.given.text("PERSON")) +
                                 "/level"));
  if (context.settings.json) {
    context.out.json(said);
    return Exit::Done;
  }
  const std::string stage = text_at(said, "stage");
  const bool has_level = !text_at(said, "level").empty();
  context.out.say(
      text_at(said, "name") + "\n" + field("login", text_at(said, "login")) +
      field("audience", text_at(said, "audience") + (stage.empty() ? "" : ", stage " + stage)) +
      field("level", text_at(said, "text")) + field("directory", applied_text(said)) +
      field("filter", has_level ? text_at(said, "delay") : ""));
  return Exit::Done;
}

struct Everybody {
  std::map<std::string, Value> levels;  // by name
  std::vector<std::pair<std::string, std::string>> people;
};

// Page after page, each from the last login on; a login never goes back, so this ends.
Result<Everybody> ask_everybody(ServiceClient& service) {
  Everybody out;
  for (std::string after;;) {
    ASSENT_TRY(const Value page, service.get("/v1/levels", {{"after", after}}));
    for (const Value& level : list_at(page, "levels")) out.levels[text_at(level, "level")] = level;
    for (const Value& person : list_at(page, "people")) {
      out.people.emplace_back(text_at(person, "login"), text_at(person, "level"));
      if (!out.levels.contains(out.people.back().second))
        return fail(Code::Corrupt, "the service gave " + out.people.back().first +
                                       " a level that it does not list");
    }
    const std::string next = text_at(page, "next");
    if (next.empty()) return out;
    if (next <= after) return fail(Code::Corrupt, "the service's list of people does not end");
    after = next;
  }
}

// What one login is in the file; empty when the format cannot hold it.
using Line = std::string (*)(const std::string& login, const Value& level);

// filtergroupslist: "amira=filter3". A line is parted at its "=", and "#" begins a remark.
std::string e2guardian_line(const std::string& login, const Value& level) {
  if (login.find_first_of("=#") != login.npos) return "";
  return login + "=filter" + shown_at(level, "number") + "\n";
}

std::string csv_line(const std::string& login, const Value& level) {
  return csv_cell(login) + "," + csv_cell(text_at(level, "level")) + "," +
         csv_cell(text_at(level, "group")) + "\n";
}

std::string remarks(const Everybody& all) {
  std::string out = "# Written by assentctl level export: changes made here are lost.\n";
  std::map<std::uint64_t, std::string> by_number;
  for (const auto& [name, level] : all.levels) by_number[number_at(level, "number")] = name;
  for (const auto& [number, name] : by_number)
    out += "# filter" + std::to_string(number) + " " + name + "\n";
  return out;
}

struct Sheet {
  std::string content;
  std::vector<std::string> left_out;
};

Sheet sheet_of(const Everybody& all, bool csv) {
  Sheet out{csv ? "login,level,group\n" : remarks(all), {}};
  const Line line = csv ? csv_line : e2guardian_line;
  for (const auto& [login, level] : all.people) {
    const std::string text = line(login, all.levels.at(level));
    if (text.empty()) out.left_out.push_back(login);
    out.content += text;
  }
  return out;
}

Result<Exit> export_levels(Context& context) {
  const std::string path = context.given.text("--out"), format = context.given.text("--format");
  ASSENT_TRY(const Everybody all, ask_everybody(context.service));
  const Sheet sheet = sheet_of(all, format == "csv");
  const bool dry = context.settings.dry_run;
  if (!dry) ASSENT_CHECK(replace_file_for_group(path, sheet.content));
  const std::size_t written = all.people.size() - sheet.left_out.size();
  const Exit exit = sheet.left_out.empty() ? Exit::Done : Exit::Found;
  if (context.settings.json) {
    Array left_out;
    for (const std::string& login : sheet.left_out) left_out.push_back(login);
    context.out.json(Object{{"file", path},
                            {"format", format},
                            {"people", written},
                            {"left_out", std::move(left_out)},
                            {"dry_run", dry}});
    return exit;
  }
  const std::string what = grouped(written) + (written == 1 ? " person" : " people");
  context.out.line(dry ? "Nothing was written. It would be: " + what + ", to " + path
                       : "Written: " + what + ", to " + path);
  if (!sheet.left_out.empty())
    context.out.warn("Left out, because the format cannot hold these logins: " +
                     joined(sheet.left_out));
  return exit;
}

}  // namespace

Group level_group() {
  Group group{"level",
              "filtering levels: why, and on their way to the filter",
              {{"explain",
                "the filtering level that somebody should have now, and which rule gives it",
                "assentctl level explain amira.hussain",
                {{"PERSON", "login, MIS id, name, or name and form"}},
                {},
                explain},
               {"export",
                "everybody's level as a file, for filters that read no directory",
                "assentctl level export --format e2guardian --out "
                "/etc/e2guardian/lists/filtergroupslist",
                {},
                {{"--format",
                  "FORMAT",
                  "e2guardian's filtergroupslist, or login, level and group",
                  Takes::Text,
                  true,
                  false,
                  {"e2guardian", "csv"}},
                 {"--out", "FILE", "replaced as a whole; mode 0640, the group of the older file",
                  Takes::File, true}},
                export_levels}}};
  for (Verb& verb : level_output_verbs()) group.verbs.push_back(std::move(verb));
  return group;
}

}  // namespace assent::cli
