// Looking at a school's directory over HTTP.

#include "core/base/text.h"
#include "service/http/admin_routes.h"

namespace assent::http {
namespace {

std::string_view to_text(CheckStep::State state) {
  switch (state) {
    case CheckStep::State::Good: return "good";
    case CheckStep::State::Note: return "note";
    case CheckStep::State::Bad: break;
  }
  return "bad";
}

Response answer(const std::vector<CheckStep>& steps) {
  Array out;
  bool good = true;
  for (const CheckStep& step : steps) {
    good = good && step.state != CheckStep::State::Bad;
    Array lines;
    for (const std::string& line : step.lines) lines.push_back(one_line(line));
    out.push_back(Object{{"state", to_text(step.state)},
                         {"what", step.what},
                         {"said", one_line(step.said)},
                         {"lines", std::move(lines)}});
  }
  return ok(to_json(Object{{"good", good}, {"steps", std::move(out)}}));
}

}  // namespace

std::vector<Route> directory_routes(const AdminServices& s, const DirectoryChecks& checks) {
  const auto check = [&checks](const Call& call, const Respond& respond) {
    const auto found = checks.find(call.school.name);
    if (found == checks.end())
      return respond(problem_for({Code::NotFound, "this school has no [directory]"}));
    respond(answer(found->second()));
  };
  return {slow(signed_in_route(s, "GET", "/v1/directory/check", "admin", check))};
}

}  // namespace assent::http
