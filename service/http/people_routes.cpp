// Finding people, why the gate says what it says, and who still owes something.

#include <algorithm>

#include "service/app/why.h"
#include "service/domain/since.h"
#include "service/http/admin_routes.h"

namespace assent::http {
namespace {

constexpr std::size_t kFindMax = 50, kHistoryMax = 50, kOutstandingMax = 1000;

Object to_object(const Owed& owed, const Standing& standing, Time now) {
  return {{"policy", owed.policy->name.value},
          {"version", owed.to->number()},
          {"from", owed.from},
          {"mode", to_text(owed.mode)},
          {"why", to_text(owed.why)},
          {"since", to_rfc3339(owed_since(owed, standing, now))},
          {"enforced", to_rfc3339(owed.to->enforced)},
          {"add_on", owed.add_on},
          {"observed", owed.observed},
          {"deferrals_left", owed.deferrals_left}};
}

Array to_array(const Decision& decision, const Facts& facts, Time now) {
  Array out;
  for (const auto* list : {&decision.asked, &decision.observed})
    for (const Owed& owed : *list)
      out.push_back(to_object(owed, standing_with(facts, owed.policy->key), now));
  return out;
}

Array to_array(const std::vector<Standing>& standings, const Catalogue& catalogue) {
  Array out;
  for (const Standing& standing : standings) {
    const PublishedPolicy* policy = catalogue.find(standing.policy);
    out.push_back(Object{{"policy", policy ? policy->name.value : ""},
                         {"version", standing.version},
                         {"style", to_text(standing.style)},
                         {"act", to_text(standing.act)},
                         {"at", to_rfc3339(standing.at)},
                         {"entry", standing.entry},
                         {"later", standing.deferred_count}});
  }
  return out;
}

void find_people(const Call& call, const Respond& respond) {
  const std::string* text = query_value(call.request, "find");
  if (!text) return respond(problem_for({Code::Invalid, "say whom to look for: ?find=TEXT"}));
  const auto found = call.services.people.search({call.school.key, *text, kFindMax});
  if (!found) return respond(problem_for(found.error()));
  Array people;
  for (const PersonRow& person : *found) people.push_back(to_object(call.services, person));
  respond(ok(to_json(Object{{"people", std::move(people)}})));
}

void show_person(const Call& call, const Respond& respond) {
  const auto person = one_person(call, call.params["text"], respond);
  if (!person) return;
  const auto identities = call.services.people.identities(call.school.key, person->key);
  if (!identities) return respond(problem_for(identities.error()));
  const auto history = call.services.history.of(person->key, kHistoryMax);
  if (!history) return respond(problem_for(history.error()));
  const auto facts = facts_of(*person, call.services.standings, call.services.people);
  if (!facts) return respond(problem_for(facts.error()));
  Object out = to_object(call.services, *person);
  Array ids, records;
  for (const IdentityRow& identity : *identities)
    ids.push_back(Array{identity.source, identity.external});
  for (const StoredRecord& record : *history)
    records.push_back(
        Object{{"index", record.index}, {"type", record.type}, {"record", record.body}});
  out.emplace_back("ids", std::move(ids));
  out.emplace_back("standings", to_array(facts->standings, *call.services.registry.catalogue()));
  out.emplace_back("history", std::move(records));
  respond(ok(to_json(Value{std::move(out)})));
}

void say_why(const Call& call, const Respond& respond) {
  const auto person = one_person(call, call.params["text"], respond);
  if (!person) return;
  const auto facts = facts_of(*person, call.services.standings, call.services.people);
  if (!facts) return respond(problem_for(facts.error()));
  const auto catalogue = call.services.registry.catalogue();
  const Time now = call.services.clock.now();
  const Explanation said = explain(*person, *facts, call.school,
                                   call.services.registry.audience(person->school, person->profile),
                                   *catalogue, call.services.calendar, now);
  respond(ok(to_json(Object{{"person", to_text(person->id)},
                            {"verdict", to_text(said.decision.verdict)},
                            {"reason", to_text(said.decision.reason)},
                            {"text", said.text},
                            {"owed", to_array(said.decision, *facts, now)},
                            {"next", said.next}})));
}

// Their newest answer to what they owe where that was no yes, and whom the school tells of it.
struct Said {
  std::string_view answer;  // "decline", "help" or "later"; empty when they said nothing
  std::uint64_t entry = 0;
  std::string tell;
};

Said said_to(const Owed& owed, const Standing& standing, const School& school) {
  if (standing.deferred_version != owed.to->number()) return {};
  const PolicySettings& settings = school.settings(owed.policy->name);
  switch (standing.act) {
    case Act::Decline: return {"decline", standing.entry, settings.on_decline.tell};
    case Act::Help: return {"help", standing.entry, settings.on_help.tell};
    case Act::Defer: return {"later", standing.entry, ""};
    default: return {};
  }
}

struct Outstanding {
  Array people;
  std::size_t total = 0;
};

void outstanding(const Call& call, const Respond& respond) {
  const std::string* policy = query_value(call.request, "policy");
  const std::string* form = query_value(call.request, "form");
  const std::string* answer = query_value(call.request, "answer");
  if (answer && *answer != "decline" && *answer != "help" && *answer != "later")
    return respond(problem_for({Code::Invalid, "answer is decline, help or later"}));
  const auto catalogue = call.services.registry.catalogue();
  const Time now = call.services.clock.now();
  Outstanding out;
  const Status read = call.services.people.each(
      call.school.key, [&](const PersonRow& person, const std::vector<Standing>& standings) {
        if (person.state != PersonState::Active || (form && person.form != *form)) return true;
        const Facts facts{person.key, person.school, person.profile, person.state, standings};
        const auto audience = call.services.registry.audience(person.school, person.profile);
        const Decision decision = decide(facts, *audience, call.school, *catalogue, now);
        for (const auto* list : {&decision.asked, &decision.observed})
          for (const Owed& owed : *list) {
            if (policy && owed.policy->name.value != *policy) continue;
            const Standing& standing = standing_with(facts, owed.policy->key);
            const Said said = said_to(owed, standing, call.school);
            if (answer && said.answer != *answer) continue;
            if (++out.total > kOutstandingMax) continue;
            Object row = to_object(call.services, person);
            for (Member& member : to_object(owed, standing, now)) row.push_back(std::move(member));
            row.emplace_back("answer", said.answer);
            row.emplace_back("entry", said.answer.empty() ? Value{} : Value{said.entry});
            row.emplace_back("tell", said.tell);
            out.people.push_back(std::move(row));
          }
        return true;
      });
  if (!read) return respond(problem_for(read.error()));
  respond(ok(to_json(Object{{"people", std::move(out.people)}, {"total", out.total}})));
}

}  // namespace

std::vector<Route> people_routes(const AdminServices& s) {
  return {slow(signed_in_route(s, "GET", "/v1/people", "report:read", find_people, {"find"})),
          slow(signed_in_route(s, "GET", "/v1/people/outstanding", "report:read", outstanding,
                               {"policy", "form", "answer"})),
          signed_in_route(s, "GET", "/v1/people/{text}", "report:read", show_person),
          signed_in_route(s, "GET", "/v1/people/{text}/why", "report:read", say_why)};
}

}  // namespace assent::http
