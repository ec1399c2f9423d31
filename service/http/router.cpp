// Patterns are cut into segments once; a request's path is cut once and compared with each.
#include "service/http/router.h"

#include <algorithm>
#include <memory>
#include <set>
#include <stdexcept>

#include "service/http/problem.h"

namespace assent::http {
namespace {

using Segments = std::vector<std::string_view>;

// "/a/b" is {"a", "b"}; "/a/" is {"a", ""}, which no pattern matches. Points into `path`.
Segments cut(std::string_view path) {
  constexpr std::size_t kUsual = 8;
  Segments out;
  out.reserve(kUsual);
  path.remove_prefix(1);
  for (;;) {
    const auto slash = path.find('/');
    out.emplace_back(path.substr(0, slash));
    if (slash == std::string_view::npos) return out;
    path.remove_prefix(slash + 1);
  }
}

bool is_name(std::string_view segment) {
  return segment.size() > 2 && segment.front() == '{' && segment.back() == '}';
}

bool is_plain(std::string_view segment) {
  return !segment.empty() && segment.find_first_of("{}") == std::string_view::npos;
}

struct Entry {
  Route route;
  std::vector<std::string> segments;
};

bool fits(const Entry& entry, const Segments& path) {
  if (entry.segments.size() != path.size()) return false;
  for (std::size_t i = 0; i < path.size(); ++i) {
    const bool same = is_name(entry.segments[i]) ? !path[i].empty() : entry.segments[i] == path[i];
    if (!same) return false;
  }
  return true;
}

// True if `a` has plain text where `b` has a name, at the first place where they differ so.
bool is_closer(const Entry& a, const Entry& b) {
  for (std::size_t i = 0; i < a.segments.size(); ++i)
    if (is_name(a.segments[i]) != is_name(b.segments[i])) return is_name(b.segments[i]);
  return false;
}

// Two patterns that match the same paths are the same pattern.
std::string shape(const Entry& entry) {
  std::string out = entry.route.method;
  for (const auto& segment : entry.segments) out += "/" + (is_name(segment) ? "{}" : segment);
  return out;
}

// What is wrong with the names in a request's query; empty when nothing is.
std::string fault_of_query(const Route& route, const Request& request) {
  for (const auto& [name, value] : request.query) {
    if (std::ranges::find(route.query, name) != route.query.end()) continue;
    std::string known;
    for (const std::string& each : route.query) known += (known.empty() ? "" : ", ") + each;
    return "the query may not have \"" + name + "\" here" +
           (known.empty() ? "" : ", only: " + known);
  }
  return "";
}

class Table {
 public:
  explicit Table(SlowLane* lane) : lane_(lane) {}

  void add(const Route& route) {
    if (!route.pattern.starts_with('/')) throw std::invalid_argument(route.pattern);
    const Segments segments = cut(route.pattern);
    Entry entry{route, {segments.begin(), segments.end()}};
    for (const auto& segment : entry.segments)
      if (!is_name(segment) && !is_plain(segment)) throw std::invalid_argument(route.pattern);
    for (const auto& other : entries_)
      if (shape(other) == shape(entry)) throw std::invalid_argument(route.pattern);
    entries_.push_back(std::move(entry));
  }

  void handle(const Request& request, const Respond& respond) const {
    if (!request.path.starts_with('/')) return not_found(respond);
    const auto path = cut(request.path);
    const Entry* best = nullptr;
    std::set<std::string> methods;
    for (const auto& entry : entries_) {
      if (!fits(entry, path)) continue;
      methods.insert(entry.route.method);
      if (entry.route.method != request.method) continue;
      if (best == nullptr || is_closer(entry, *best)) best = &entry;
    }
    if (const std::string fault = best ? fault_of_query(best->route, request) : ""; !fault.empty())
      return respond(problem_for({Code::Invalid, fault}));
    if (best != nullptr) return run(best->route, request, params(*best, path), respond);
    if (methods.empty()) return not_found(respond);
    not_so(methods, respond);
  }

 private:
  void run(const Route& route, const Request& request, Params params,
           const Respond& respond) const {
    if (!route.slow || !lane_) return route.handle(request, params, respond);
    const bool taken = lane_->add([handle = route.handle, request, params = std::move(params),
                                   respond] { handle(request, params, respond); });
    if (!taken)
      respond(problem_for({Code::Unavailable, "Too much of this kind is under way: try again."}));
  }

  static void not_found(const Respond& respond) {
    respond(problem(404, "not-found", "Not found", "There is no such address."));
  }

  // RFC 9110, 15.5.6.
  static void not_so(const std::set<std::string>& methods, const Respond& respond) {
    std::string allowed;
    for (const std::string& method : methods) allowed += (allowed.empty() ? "" : ", ") + method;
    Response response =
        problem(405, "method", "Not possible here", "This address takes only " + allowed + ".");
    response.headers.emplace_back("Allow", allowed);
    respond(std::move(response));
  }

  static Params params(const Entry& entry, const Segments& path) {
    Params out;
    for (std::size_t i = 0; i < path.size(); ++i) {
      const std::string_view segment = entry.segments[i];
      if (is_name(segment)) out.add(segment.substr(1, segment.size() - 2), std::string(path[i]));
    }
    return out;
  }

  SlowLane* const lane_;
  std::vector<Entry> entries_;
};

}  // namespace

const std::string& Params::operator[](std::string_view name) const {
  static const std::string kEmpty;
  for (const auto& [key, value] : values_)
    if (key == name) return value;
  return kEmpty;
}

Handler make_router(const std::vector<Route>& routes, SlowLane* lane) {
  auto table = std::make_shared<Table>(lane);
  for (const Route& route : routes) table->add(route);
  return
      [table](const Request& request, const Respond& respond) { table->handle(request, respond); };
}

const std::string* query_value(const Request& request, std::string_view key) {
  for (const auto& [name, value] : request.query)
    if (name == key) return &value;
  return nullptr;
}

}  // namespace assent::http
