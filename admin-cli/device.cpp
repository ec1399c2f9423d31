// The machines that ask at login.

#include "admin-cli/context.h"
#include "admin-cli/reply.h"
#include "admin-cli/words.h"

namespace assent::cli {
namespace {

std::string how_to_enrol(const std::string& url, const std::string& name, const Value& made) {
  const std::string enrol =
      " enrol --url " + shell_word(url) + " --code " + text_at(made, "code") + "\n";
  return "On " + name + ", before " + show_time(text_at(made, "expires")) +
         ":\n\n  Linux, as root:                 assent-agent" + enrol +
         "  Windows, as an administrator:   \"C:\\Program Files\\Assent\\assent-service.exe\"" +
         enrol +
         "\nThe code works once and is not shown again.\nTo undo:  assentctl device revoke " +
         shell_word(name);
}

Result<Exit> enrol(Context& context) {
  const std::string name = context.given.text("NAME");
  Object body{{"name", name}};
  if (context.given.has("--room")) body.emplace_back("room", context.given.text("--room"));
  body.emplace_back("class", context.given.has("--class") ? context.given.text("--class")
                                                          : std::string("school"));
  ASSENT_TRY(const Value made, context.service.post("/v1/devices", body));
  if (context.settings.json)
    context.out.json(made);
  else if (context.settings.dry_run)
    context.out.line("Nothing was changed. " + name + " would get a one-time code.");
  else
    context.out.line(how_to_enrol(context.settings.url, name, made));
  return Exit::Done;
}

std::string state_of(const Value& device) {
  const std::string revoked = text_at(device, "revoked");
  if (!revoked.empty()) return "revoked " + show_time(revoked);
  return flag_at(device, "enrolled") ? "enrolled" : "not yet enrolled";
}

Result<Exit> list(Context& context) {
  ASSENT_TRY(const Value said, context.service.get("/v1/devices"));
  if (context.settings.json) {
    context.out.json(said);
    return Exit::Done;
  }
  Table table({"NAME", "ROOM", "CLASS", "STATE", "DEVICE"});
  for (const Value& device : list_at(said, "devices"))
    table.add({text_at(device, "name"), text_at(device, "room"), text_at(device, "class"),
               state_of(device), text_at(device, "device")});
  context.out.say(table.empty() ? "No machine is known: assentctl device enrol NAME --room ROOM\n"
                                : table.text());
  return Exit::Done;
}

Result<Exit> revoke(Context& context) {
  const std::string which = context.given.text("DEVICE");
  ASSENT_TRY(const Value said,
             context.service.post("/v1/devices/" + percent_encoded(which) + "/revoke", {}));
  if (context.settings.json)
    context.out.json(said);
  else if (context.settings.dry_run)
    context.out.line("Nothing was changed. " + text_at(said, "name") + " (" +
                     text_at(said, "room") + ", " + state_of(said) +
                     ") could not ask anybody any more.");
  else
    context.out.line(which +
                     " is revoked: its key answers for nobody from now on.\nTo undo, enrol "
                     "it again:  assentctl device enrol " +
                     shell_word(text_at(said, "name").empty() ? which : text_at(said, "name")) +
                     " --room ROOM");
  return Exit::Done;
}

}  // namespace

Group device_group() {
  return {"device",
          "the machines that ask at login",
          {{"enrol",
            "let a machine in: prints a one-time code and what to type there",
            "assentctl device enrol LIB-0039 --room Library --class school",
            {{"NAME", "the machine's name, as receipts will say it"}},
            {{"--room", "ROOM", "where it stands"},
             {"--class",
              "CLASS",
              "school when left out",
              Takes::Text,
              false,
              false,
              {"school", "home", "kiosk"}}},
            enrol},
           {"list", "every machine and its state", "assentctl device list", {}, {}, list},
           {"revoke",
            "trust a machine's key no more",
            "assentctl device revoke LIB-0039",
            {{"DEVICE", "its name or id"}},
            {},
            revoke}}};
}

}  // namespace assent::cli
