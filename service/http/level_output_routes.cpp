#include "service/http/level_output_routes.h"

namespace assent::http {
namespace {

constexpr std::size_t kAstrayMax = 1000;
constexpr std::int64_t kMovesMax = 10'000'000;

Value time_or_none(const std::optional<Time>& time) {
  return time ? Value(to_rfc3339(*time)) : Value();
}

Value to_value(const std::optional<OutputStatus>& status) {
  if (!status) return {};
  return Object{{"ids", status->id_source},
                {"last_pass", time_or_none(status->last_pass)},
                {"last_check", time_or_none(status->last_check)},
                {"astray", status->astray},
                {"repaired", status->repaired},
                {"failed", status->failed},
                {"left", status->left},
                {"strangers", status->strangers},
                {"error", status->error}};
}

Value to_value(const std::optional<SweepRow>& held) {
  if (!held) return {};
  return Object{{"moves", *held->held},
                {"cause", held->cause},
                {"two_people", held->by_two},
                {"confirmed_by", held->confirmed_by}};
}

Array to_array(const std::vector<SweepRow>& sweeps, SchoolKey school) {
  Array out;
  for (const SweepRow& sweep : sweeps)
    if (sweep.school == school)
      out.push_back(Object{{"cause", sweep.cause}, {"due", to_rfc3339(sweep.due)}});
  return out;
}

void show_status(const Call& call, const LevelServices& levels, const Respond& respond) {
  const SchoolKey school = call.school.key;
  const auto status = levels.keeper ? levels.keeper->status(school) : std::nullopt;
  const auto waiting =
      call.services.level_book.waiting(school, status ? status->id_source : std::string());
  if (!waiting) return respond(problem_for(waiting.error()));
  const auto sweeps = levels.sweeps.planned();
  if (!sweeps) return respond(problem_for(sweeps.error()));
  const auto held = levels.sweeps.held(school);
  if (!held) return respond(problem_for(held.error()));
  respond(ok(to_json(Object{{"output", to_value(status)},
                            {"waiting", waiting->count},
                            {"unknown", waiting->unknown},
                            {"oldest", time_or_none(waiting->oldest)},
                            {"held", to_value(*held)},
                            {"sweeps", to_array(*sweeps, school)}})));
}

Array to_array(const Drift& drift, const AdminServices& services) {
  Array out;
  for (const Astray& one : drift.astray) {
    if (out.size() >= kAstrayMax) break;
    const auto person = services.people.person(one.person);
    if (!person) continue;
    Array held;
    for (const std::string& level : one.held) held.emplace_back(level);
    Object row = to_object(services, *person);
    row.emplace_back("held", std::move(held));
    row.emplace_back("wanted", one.wanted);
    out.push_back(std::move(row));
  }
  return out;
}

Response checked(const Repair& done, const std::optional<OutputStatus>& status,
                 const AdminServices& services, bool repair) {
  Object out{{"output", status ? Value(status->id_source) : Value()},
             {"people", done.found.people},
             {"waiting", done.found.waiting},
             {"unknown", done.found.unknown},
             {"strangers", done.found.strangers},
             {"astray", to_array(done.found, services)},
             {"total", done.found.astray.size()}};
  if (repair) {
    out.emplace_back("repaired", done.repaired);
    out.emplace_back("failed", done.failed);
    out.emplace_back("left", done.away ? 0 : done.left());
    out.emplace_back("error", done.error);
  }
  return ok(to_json(Value{std::move(out)}));
}

// `repair` false: it only looks. Where levels are put nowhere, nothing is astray.
void check_output(const Call& call, const LevelServices& levels, bool repair,
                  const Respond& respond) {
  const auto status = levels.keeper ? levels.keeper->status(call.school.key) : std::nullopt;
  if (!status) return respond(checked({}, status, call.services, repair));
  levels.keeper->check(
      call.school.key, repair,
      [respond, repair, status, services = call.services](const Result<Repair>& done) {
        respond(done ? checked(*done, status, services, repair) : problem_for(done.error()));
      });
}

void confirm(const Call& call, const LevelServices& levels, std::size_t moves,
             const Respond& respond) {
  levels.sweeps.confirm(
      call.actor, call.school.key, moves, [respond](const Result<Confirmation>& said) {
        if (!said) return respond(problem_for(said.error()));
        respond(ok(to_json(Object{{"confirmed", said->moves}, {"passed", said->passed}})));
      });
}

void reconcile(const Call& call, const LevelServices& levels, const Respond& respond) {
  const auto body = body_of(call);
  if (!body) return respond(problem_for(body.error()));
  Fields fields{*body};
  std::optional<std::int64_t> moves;
  if (body->find("confirm")) moves = fields.integer("confirm", 1, kMovesMax);
  if (const Status read = fields.finish(); !read) return respond(problem_for(read.error()));
  if (call.dry_run || !moves) return check_output(call, levels, !call.dry_run, respond);
  confirm(call, levels, std::size_t(*moves), respond);
}

}  // namespace

std::vector<Route> level_output_routes(const AdminServices& s, const LevelServices& levels) {
  const auto status = [levels](const Call& call, const Respond& respond) {
    show_status(call, levels, respond);
  };
  const auto drift = [levels](const Call& call, const Respond& respond) {
    check_output(call, levels, false, respond);
  };
  const auto put_right = [levels](const Call& call, const Respond& respond) {
    reconcile(call, levels, respond);
  };
  std::vector<Route> routes = access_routes(s, levels);
  routes.push_back(signed_in_route(s, "GET", "/v1/levels/status", "admin", status));
  routes.push_back(signed_in_route(s, "GET", "/v1/levels/drift", "admin", drift));
  routes.push_back(signed_in_route(s, "POST", "/v1/levels/reconcile", "admin", put_right));
  return routes;
}

}  // namespace assent::http
