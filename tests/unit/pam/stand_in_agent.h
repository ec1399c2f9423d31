#pragma once
// A stand-in for assent-agent on a Unix socket: it answers by a script, and badly when told to. For
// faults only; what the real agent does is tested with the real agent.

#include <atomic>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "core/wire/agent_message.h"

namespace assent::pam {

class StandInAgent {
 public:
  // What goes back for one request, byte for byte; "" hangs up.
  using Reply = std::function<std::string(const wire::AgentRequest&)>;

  explicit StandInAgent(const std::string& path);
  ~StandInAgent();

  void answer_with(Reply reply);
  // Keeps every connection open and says nothing.
  void stay_silent() { silent_ = true; }
  std::vector<wire::AgentRequest> requests() const;
  // Waits until there are so many, for at most five seconds.
  bool await_requests(std::size_t count);

 private:
  void serve();
  void serve_one(int connection);

  int listener_;
  std::string path_;
  mutable std::mutex mutex_;
  std::condition_variable arrived_;
  Reply reply_;
  std::vector<wire::AgentRequest> requests_;
  std::vector<int> held_;
  std::atomic<bool> silent_{false}, stop_{false};
  std::thread thread_;
};

}  // namespace assent::pam
