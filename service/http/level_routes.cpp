// Filtering levels: what one person's is and why, and everybody's for filters that read files.

#include "core/formats/json.h"
#include "service/http/admin_routes.h"

namespace assent::http {
namespace {

// What the output holds of it, as far as it was put there.
Value to_value(const std::optional<LevelState>& state) {
  if (!state) return {};
  return Object{{"level", state->applied_level},
                {"at", state->applied ? Value(to_rfc3339(*state->applied)) : Value()},
                {"done", !state->pending()},
                {"error", state->error}};
}

void show_level(const Call& call, const Respond& respond) {
  const auto person = one_person(call, call.params["text"], respond);
  if (!person) return;
  const auto level = call.services.levels.of(call.school, *person);
  if (!level) return respond(problem_for(level.error()));
  const auto applied = call.services.level_book.of(person->key);
  if (!applied) return respond(problem_for(applied.error()));
  const FilterSettings& filter = call.school.filter;
  const std::string& own = level->choice.level;
  Object out = to_object(call.services, *person);
  for (Member& more : Object{{"level", own},
                             {"group", own.empty() ? "" : filter.group(own)},
                             {"why", level->choice.why},
                             {"acceptance", to_text(level->facts.state)},
                             {"restriction", to_text(level->facts.restriction)},
                             {"guest", level->facts.guest},
                             {"filter", filter.name},
                             {"sees_groups_within", to_text(filter.sees_groups_within)},
                             {"applied", to_value(*applied)},
                             {"text", to_text(*level, call.school)},
                             {"delay", delay_words(filter)}})
    out.push_back(std::move(more));
  respond(ok(to_json(Value{std::move(out)})));
}

Array table_of(const School& school) {
  Array out;
  for (const std::string& level : school.levels.levels)
    out.push_back(Object{{"level", level},
                         {"group", school.filter.group(level)},
                         {"number", school.filter.number(level, school.levels)}});
  return out;
}

void list_levels(const Call& call, const Respond& respond) {
  const std::string* after = query_value(call.request, "after");
  const std::string* asked = query_value(call.request, "limit");
  const auto limit = asked ? asked_number(asked) : LevelDesk::kPageMax;
  if (!limit || *limit < 1 || *limit > LevelDesk::kPageMax)
    return respond(problem_for({Code::Invalid, "limit is a whole number from 1 to 2000"}));
  const auto page = call.services.levels.page(call.school, after ? *after : "", *limit);
  if (!page) return respond(problem_for(page.error()));
  Array people;
  for (const LevelDesk::Row& row : page->rows)
    people.push_back(Object{{"login", row.login}, {"level", row.choice.level}});
  respond(ok(to_json(Object{{"levels", table_of(call.school)},
                            {"people", std::move(people)},
                            {"next", page->more ? Value{page->rows.back().login} : Value{}}})));
}

}  // namespace

std::vector<Route> level_routes(const AdminServices& s) {
  return {signed_in_route(s, "GET", "/v1/people/{text}/level", "report:read", show_level),
          slow(signed_in_route(s, "GET", "/v1/levels", "report:read", list_levels,
                               {"after", "limit"}))};
}

}  // namespace assent::http
