#pragma once
// Which handler answers which method and path. A table, walked segment by segment: no regular
// expressions, and nothing in a path costs more than its length.

#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "service/http/server.h"
#include "service/http/slow_lane.h"

namespace assent::http {

// What a pattern's {names} matched, decoded.
class Params {
 public:
  void add(std::string_view name, std::string value) {
    values_.emplace_back(name, std::move(value));
  }
  // Empty when the pattern has no such name: a matched segment is never empty.
  const std::string& operator[](std::string_view name) const;

 private:
  std::vector<std::pair<std::string, std::string>> values_;
};

struct Route {
  std::string method;   // "GET"
  std::string pattern;  // "/v1/people/{text}/why"
  // Must not block, unless the route is slow.
  std::function<void(const Request&, const Params&, Respond)> handle;
  // The names that its query may have.
  std::vector<std::string> query{};
  bool slow = false;  // handled in the slow lane, one such request at a time
};

inline Route slow(Route route) {
  route.slow = true;
  return route;
}

// A segment of plain text is preferred to a {name} in the same place, whatever their order. Unknown
// paths are 404, known paths with another method 405, a name that the route's query may not have is
// 400: nobody may take a change for a rehearsal because of `?dryrun=1`. All are problem+json.
// Throws std::invalid_argument for a pattern that is malformed or given twice: that is a bug. Slow
// routes are handled in `lane`, which must outlive the server; without one, as all others.
Handler make_router(const std::vector<Route>& routes, SlowLane* lane = nullptr);

// The value of `key` in the request's query, or nullptr.
const std::string* query_value(const Request& request, std::string_view key);

}  // namespace assent::http
