#pragma once
// A cloud directory in miniature, with Microsoft Graph's habits: twenty people a request, pages
// chained by a link of its own, "too many requests" now and then, and the same person on two pages
// of one delta. Shows that RosterSource assumes nothing of LDAP or CSV.

#include <algorithm>
#include <optional>
#include <set>

#include "service/app/ports.h"

namespace assent::support {

struct GraphPage {
  std::vector<RosterPerson> people;
  std::string next;  // empty: the last
};

// The server's side.
class FakeGraph {
 public:
  static constexpr std::size_t kPage = 20;
  static constexpr std::size_t kThrottleEvery = 3;

  // The person at `broken_at`, from 1, has no id; 0: everybody has.
  FakeGraph(std::size_t people, std::size_t broken_at) : people_(people), broken_at_(broken_at) {}

  // Nothing: too many requests, ask again.
  std::optional<GraphPage> get(const std::string& link) {
    if (++requests_ % kThrottleEvery == 0) return std::nullopt;
    const std::size_t from = link.empty() ? 0 : std::stoul(link);
    const std::size_t to = std::min(people_, from + kPage);
    GraphPage out;
    if (from > 0) out.people.push_back(person(from - 1));  // a delta may say it again
    for (std::size_t i = from; i < to; ++i) out.people.push_back(person(i));
    if (to < people_) out.next = std::to_string(to);
    return out;
  }

 private:
  RosterPerson person(std::size_t place) const {
    const std::string number = std::to_string(place + 1);
    RosterPerson out{place + 1, {}, "p" + number, "Name", "7A", {{"role", "student"}}};
    if (place + 1 != broken_at_) out.ids.emplace_back("entra", number);
    return out;
  }

  std::size_t people_, broken_at_, requests_ = 0;
};

class GraphRoster final : public RosterSource {
 public:
  explicit GraphRoster(FakeGraph graph) : graph_(graph) {}
  std::string name() const override { return "graph"; }

  Status read(const std::function<Status(RosterPerson)>& each) override {
    std::set<std::string> seen;
    std::string link;
    do {
      ASSENT_TRY(GraphPage page, get(link));
      for (RosterPerson& person : page.people) {
        if (person.ids.empty())
          return fail(Code::Invalid, "line " + std::to_string(person.line) + ": has no id");
        if (!seen.insert(person.ids[0].second).second) continue;
        ASSENT_CHECK(each(std::move(person)));
      }
      link = page.next;
    } while (!link.empty());
    return {};
  }

 private:
  static constexpr int kTries = 5;
  Result<GraphPage> get(const std::string& link) {
    for (int attempt = 0; attempt < kTries; ++attempt)
      if (auto page = graph_.get(link)) return *std::move(page);
    return fail(Code::Unavailable, "too many requests");
  }

  FakeGraph graph_;
};

}  // namespace assent::support
