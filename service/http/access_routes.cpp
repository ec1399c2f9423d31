// The access register: who is at which level, read from the directory at this moment.

#include "core/formats/json.h"
#include "service/app/access_register.h"
#include "service/http/level_output_routes.h"

namespace assent::http {
namespace {

constexpr std::size_t kRowsMax = 1000, kBytesMax = 512 * 1024;  // of one page

Object to_object(const AccessRow& row) {
  return {{"level", row.level}, {"account", row.account}, {"login", row.login},
          {"name", row.name},   {"form", row.form},       {"wanted", row.wanted},
          {"known", row.known}, {"waiting", row.waiting}};
}

Array table_of(const School& school, const std::vector<AccessRow>& rows) {
  std::map<std::string, std::size_t> people;
  for (const AccessRow& row : rows) ++people[row.level];
  Array out;
  for (const std::string& level : school.levels.levels) {
    const auto allows = school.filter.allows.find(level);
    out.push_back(Object{{"level", level},
                         {"group", school.filter.group(level)},
                         {"allows", allows == school.filter.allows.end() ? "" : allows->second},
                         {"people", people[level]}});
  }
  return out;
}

// From row `after` on, as many as fit into one answer.
Response page_of(const AccessReading& reading, std::size_t after, const School& school,
                 const Calendar& calendar) {
  Array people;
  std::size_t at = after, bytes = 0;
  for (; at < reading.rows.size() && people.size() < kRowsMax && bytes < kBytesMax; ++at) {
    const AccessRow& row = reading.rows[at];
    bytes += row.account.size() + row.login.size() + row.name.size() + row.form.size();
    people.push_back(to_object(row));
  }
  const bool more = at < reading.rows.size();
  return ok(to_json(Object{{"school", school.title},
                           {"reading", reading.number},
                           {"at", to_rfc3339(reading.at)},
                           {"local", calendar.local(reading.at, school.zone)},
                           {"zone", school.zone},
                           {"output", reading.source.empty() ? Value() : Value(reading.source)},
                           {"levels", table_of(school, reading.rows)},
                           {"people", std::move(people)},
                           {"next", more ? Value(at) : Value()}}));
}

// 0 where it was not asked for.
Result<std::uint64_t> number_of(const std::string* said) {
  const auto number = asked_number(said);
  if (said && number.value_or(0) == 0)
    return fail(Code::Invalid, "reading and after are whole numbers, as the page before said them");
  return number.value_or(0);
}

void report(const Call& call, const std::shared_ptr<AccessRegister>& access,
            const Respond& respond) {
  const auto number = number_of(query_value(call.request, "reading"));
  const auto after = number_of(query_value(call.request, "after"));
  for (const auto& asked : {number, after})
    if (!asked) return respond(problem_for(asked.error()));
  if ((*number == 0) != (*after == 0))
    return respond(problem_for({Code::Invalid, "reading and after are asked for together"}));
  const auto then = [access, respond, after = *after, &school = call.school,
                     &calendar =
                         call.services.calendar](const Result<AccessRegister::Reading>& reading) {
    respond(reading ? page_of(**reading, after, school, calendar) : problem_for(reading.error()));
  };
  if (*number == 0) return access->read(call.school, then);
  then(access->find(call.school, *number));
}

}  // namespace

std::vector<Route> access_routes(const AdminServices& s, const LevelServices& levels) {
  const auto access = std::make_shared<AccessRegister>(
      AccessRegister::Needs{s.people, s.level_book, levels.keeper, s.clock});
  const auto answer = [access](const Call& call, const Respond& respond) {
    report(call, access, respond);
  };
  return {slow(signed_in_route(s, "GET", "/v1/reports/access", "report:read", answer,
                               {"reading", "after"}))};
}

}  // namespace assent::http
