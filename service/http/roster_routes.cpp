// Importing a roster over HTTP: start, pieces, plan, apply. And how far a school's people are in
// step with its directory.

#include "core/base/text.h"
#include "service/http/admin_routes.h"

namespace assent::http {
namespace {

constexpr std::size_t kPieceMax = 512 * 1024, kColumnsMax = 32, kErrorsShown = 100;

Array texts(const std::vector<std::string>& from) {
  Array out;
  for (const std::string& text : from) out.push_back(text);
  return out;
}

Object to_object(const ImportReport& report) {
  Object examples;
  for (const auto& [what, names] : report.examples) examples.emplace_back(what, texts(names));
  Array errors;
  for (const RosterFault& fault : report.errors) {
    if (errors.size() == kErrorsShown) break;
    errors.push_back(Object{{"line", fault.line}, {"what", fault.what}});
  }
  return {{"rows", report.rows},
          {"joins", report.joins},
          {"changes", report.changes},
          {"leavers", report.leavers},
          {"unchanged", report.unchanged},
          {"examples", std::move(examples)},
          {"errors", std::move(errors)},
          {"errors_total", report.errors.size()},
          {"stops", report.stops.empty() ? Value{} : Value{report.stops}}};
}

Response answer(const Result<ImportReport>& report) {
  return report ? ok(to_json(to_object(*report))) : problem_for(report.error());
}

// { our column: the file's }
std::map<std::string, std::string> columns_of(Fields& fields) {
  std::map<std::string, std::string> out;
  const Value* map = fields.any("columns");
  if (!map) return out;
  bool good = map->object() && map->object()->size() <= kColumnsMax;
  if (good)
    for (const auto& [ours, theirs] : *map->object()) {
      good = good && theirs.text();
      if (theirs.text()) out[ours] = *theirs.text();
    }
  if (!good) fields.reject("columns", "maps our column names to the file's, 32 at most");
  return out;
}

void start(const Call& call, const Respond& respond) {
  const auto body = body_of(call);
  if (!body) return respond(problem_for(body.error()));
  Fields fields{*body};
  const std::string source = fields.text("source", 32);
  const auto columns = columns_of(fields);
  if (const Status read = fields.finish(); !read) return respond(problem_for(read.error()));
  const auto id = call.services.imports.start(call.school.key, source, columns);
  respond(id ? ok(to_json(Object{{"import", *id}})) : problem_for(id.error()));
}

void progress(const Call& call, const Respond& respond) {
  const auto now = call.services.imports.progress(call.school.key, call.params["id"]);
  respond(now ? ok(to_json(Object{{"ready", now->ready}, {"people", now->people}}))
              : problem_for(now.error()));
}

void add(const Call& call, const Respond& respond) {
  if (call.request.body.size() > kPieceMax)
    return respond(problem_for({Code::Invalid, "a piece is at most 512 KiB"}));
  const auto bytes =
      call.services.imports.add(call.school.key, call.params["id"], call.request.body);
  respond(bytes ? ok(to_json(Object{{"bytes", *bytes}})) : problem_for(bytes.error()));
}

void plan(const Call& call, const Respond& respond) {
  respond(answer(call.services.imports.plan(call.school.key, call.params["id"])));
}

// The keeper then sees that what it stopped at has been settled.
void apply(const Call& call, RosterKeeper& keeper, const Respond& respond) {
  const auto body = body_of(call);
  if (!body) return respond(problem_for(body.error()));
  Fields fields{*body};
  std::optional<std::size_t> accepted;
  if (body->find("accept_leavers"))
    accepted = std::size_t(fields.integer("accept_leavers", 0, 1'000'000));
  if (const Status read = fields.finish(); !read) return respond(problem_for(read.error()));
  if (call.dry_run) return plan(call, respond);
  call.services.imports.apply(
      call.actor, call.school.key, call.params["id"], accepted,
      [respond, &keeper, school = call.school.key](const Result<ImportReport>& report) {
        if (report) keeper.ask(school);
        respond(answer(report));
      });
}

Value time_or_none(const std::optional<Time>& time) {
  return time ? Value(to_rfc3339(*time)) : Value();
}

Value age(const std::optional<Time>& since, Time now) {
  return since ? Value(std::chrono::floor<seconds>(now - *since).count()) : Value();
}

Value to_value(const std::optional<RosterStatus>& status, Time now) {
  if (!status) return {};
  return Object{{"every_minutes", status->every ? Value(status->every->count()) : Value()},
                {"reading", status->reading},
                {"last_read", time_or_none(status->last_read)},
                {"age_seconds", age(status->last_read, now)},
                {"found", status->found ? Value(to_object(*status->found)) : Value()},
                {"last_import", time_or_none(status->last_import)},
                {"error", one_line(status->error)},
                {"stopped", one_line(status->stopped)},
                {"deaf", one_line(status->deaf)}};
}

void show_status(const Call& call, const RosterKeeper& keeper, const Respond& respond) {
  const auto status = keeper.status(call.school.key);
  respond(ok(to_json(Object{{"source", status ? "ldap" : "csv"},
                            {"kept", to_value(status, call.services.clock.now())}})));
}

}  // namespace

std::vector<Route> roster_routes(const AdminServices& s, RosterKeeper& keeper) {
  const auto apply_import = [&keeper](const Call& call, const Respond& respond) {
    apply(call, keeper, respond);
  };
  const auto status = [&keeper](const Call& call, const Respond& respond) {
    show_status(call, keeper, respond);
  };
  return {signed_in_route(s, "GET", "/v1/roster/status", "admin", status),
          signed_in_route(s, "POST", "/v1/roster/imports", "admin", start),
          signed_in_route(s, "GET", "/v1/roster/imports/{id}", "admin", progress),
          signed_in_route(s, "POST", "/v1/roster/imports/{id}/rows", "admin", add),
          slow(signed_in_route(s, "POST", "/v1/roster/imports/{id}/plan", "admin", plan)),
          slow(signed_in_route(s, "POST", "/v1/roster/imports/{id}/apply", "admin", apply_import))};
}

}  // namespace assent::http
