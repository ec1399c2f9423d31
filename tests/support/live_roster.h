#pragma once
// A directory's people in memory, as a source that is read where it is. It answers when the test
// says so, and as often as it is read.

#include <atomic>
#include <future>
#include <thread>

#include "service/app/live_source.h"

namespace assent::support {

inline RosterPerson live_person(std::size_t line, const std::string& id, const std::string& login) {
  return {line,  {{"entryUUID", id}, {"mis_id", "m" + id}},
          login, "Name of " + login,
          "7A",  {{"role", "student"}, {"year", "7"}, {"group", "Chess Club"}}};
}

struct LiveServer {
  std::vector<RosterPerson> people;
  Status outcome;
  std::promise<void> go;
  std::shared_future<void> may_answer{go.get_future().share()};
  bool waits = false;
  std::atomic<unsigned> readings{0}, answered{0};

  void fill(std::size_t count) {
    for (std::size_t i = 1; i <= count; ++i)
      people.push_back(live_person(i, std::to_string(i), "p" + std::to_string(i)));
  }
};

class LiveRoster final : public LiveSource {
 public:
  explicit LiveRoster(LiveServer& server) : server_(server) {}
  std::string name() const override { return "ldap"; }
  Status read(const std::function<Status(RosterPerson)>& each) override {
    ++server_.readings;
    while (server_.waits && server_.may_answer.wait_for(seconds{0}) != std::future_status::ready) {
      if (stopped_) return fail(Code::Unavailable, "stopped");
      std::this_thread::yield();
    }
    for (const RosterPerson& person : server_.people) ASSENT_CHECK(each(person));
    ++server_.answered;
    return server_.outcome;
  }
  void stop() override { stopped_ = true; }

 private:
  LiveServer& server_;
  std::atomic<bool> stopped_{false};
};

}  // namespace assent::support
