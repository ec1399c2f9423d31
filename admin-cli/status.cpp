// The verbs without a noun: what a tired technician types first.

#include "admin-cli/completion.h"
#include "admin-cli/context.h"
#include "admin-cli/reply.h"
#include "admin-cli/role.h"
#include "admin-cli/words.h"
#include "core/formats/json.h"

namespace assent::cli {
namespace {

// Of a checkpoint: its first two lines, unverified; `log consistency` is what verifies.
struct LogHead {
  std::string origin, size;
};
LogHead head_of(const std::string& note) {
  const std::size_t first = note.find('\n');
  if (first == note.npos) return {};
  const std::size_t second = note.find('\n', first + 1);
  return {note.substr(0, first), note.substr(first + 1, second - first - 1)};
}

struct Overview {
  Value health, policies, outstanding, devices;
  LogHead log;
};

Result<Overview> ask_all(ServiceClient& service) {
  Overview out;
  ASSENT_TRY(const std::string health, service.get_public("/v1/health"));
  ASSENT_TRY(out.health, parse_json(health));
  ASSENT_TRY(out.policies, service.get("/v1/policies"));
  ASSENT_TRY(out.outstanding, service.get("/v1/people/outstanding"));
  ASSENT_TRY(out.devices, service.get("/v1/devices"));
  ASSENT_TRY(const std::string note, service.get_public("/v1/ledger/checkpoint"));
  out.log = head_of(note);
  return out;
}

std::string device_counts(const Value& devices) {
  std::uint64_t enrolled = 0, waiting = 0, revoked = 0;
  for (const Value& device : list_at(devices, "devices")) {
    if (!text_at(device, "revoked").empty())
      ++revoked;
    else
      ++(flag_at(device, "enrolled") ? enrolled : waiting);
  }
  return grouped(enrolled) + " enrolled, " + grouped(waiting) + " not yet, " + grouped(revoked) +
         " revoked";
}

std::string policy_table(const Value& policies) {
  Table table({"POLICY", "VERSION", "MODE", "ENFORCEMENT", "NEXT REVIEW"});
  for (const Value& policy : list_at(policies, "policies"))
    if (!flag_at(policy, "retired"))
      table.add({text_at(policy, "policy"), shown_at(policy, "version"), text_at(policy, "mode"),
                 text_at(policy, "enforcement"), text_at(policy, "next_review")});
  return table.empty() ? "No policy is published: assentctl aup publish FOLDER\n" : table.text();
}

Result<Exit> status(Context& context) {
  ASSENT_TRY(const Overview all, ask_all(context.service));
  if (context.settings.json) {
    context.out.json(Object{{"service", all.health},
                            {"policies", list_at(all.policies, "policies")},
                            {"outstanding", number_at(all.outstanding, "total")},
                            {"devices", list_at(all.devices, "devices")},
                            {"log", Object{{"origin", all.log.origin}, {"size", all.log.size}}}});
    return Exit::Done;
  }
  context.out.say(
      field("Service", text_at(all.health, "service") + " " + text_at(all.health, "version") +
                           " at " + context.settings.url) +
      field("Owed", count(number_at(all.outstanding, "total"), "answer")) +
      field("Machines", device_counts(all.devices)) +
      field("Log", all.log.origin + ", size " + all.log.size) + "\n" + policy_table(all.policies));
  return Exit::Done;
}

Result<Exit> why(Context& context) {
  ASSENT_TRY(
      const Value said,
      context.service.get("/v1/people/" + percent_encoded(context.given.text("PERSON")) + "/why"));
  if (context.settings.json)
    context.out.json(said);
  else
    context.out.line(text_at(said, "text"));
  return Exit::Done;
}

Result<Exit> completion(Context& context) {
  const std::string shell = context.given.text("SHELL");
  context.out.say(completion_for(shell, groups()));
  return Exit::Done;
}

}  // namespace

Group top_group() {
  return {"",
          "",
          {{"status",
            "one screen: the service, its policies, what is owed, its machines, its log",
            "assentctl status",
            {},
            {},
            status},
           {"why",
            "why the gate asks somebody or lets them in, and what happens next",
            "assentctl why amira.hussain",
            {{"PERSON", "login, MIS id, name, or name and form"}},
            {},
            why},
           approve_verb(),
           reject_verb(),
           {"completion",
            "a completion script for your shell",
            "assentctl completion bash > /etc/bash_completion.d/assentctl",
            {{"SHELL", "which shell", Takes::Text, false, {"bash", "zsh", "fish"}}},
            {},
            completion}}};
}

}  // namespace assent::cli
