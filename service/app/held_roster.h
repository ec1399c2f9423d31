#pragma once
// People of a source that takes its time, such as a directory: read once, on a thread of its own,
// and kept as text, some 150 bytes each. So neither a request nor the writer's transaction ever
// waits for a server, and what is applied is what was planned.

#include <atomic>
#include <memory>
#include <thread>

#include "service/app/live_source.h"

namespace assent {

class HeldRoster final : public RosterSource {
 public:
  static constexpr std::size_t kBytesMax = 32 * 1024 * 1024;

  // Begins to read. More than kBytesMax is an error of the reading.
  explicit HeldRoster(std::unique_ptr<LiveSource> from);
  // Ends a reading that is under way: LiveSource::stop(), and the next person.
  ~HeldRoster() override;
  HeldRoster(const HeldRoster&) = delete;
  HeldRoster& operator=(const HeldRoster&) = delete;

  std::string name() const override { return name_; }
  bool is_ready() const { return ready_; }        // it was read, well or not
  bool is_away() const;                           // it is ready, failed, and trying again may help
  std::size_t people() const { return people_; }  // so far
  // What was read, or the error that ended it. Only when it is ready: Unavailable before.
  Status read(const std::function<Status(RosterPerson)>& each) override;

  // A fault that speaks of lines, with the logins that stand there: nobody can look a line up in a
  // directory.
  std::string with_logins(std::size_t line, const std::string& what) const;

 private:
  Status hold(const RosterPerson& person);
  std::string login_at(std::size_t line) const;

  const std::string name_;
  std::unique_ptr<LiveSource> from_;
  std::vector<std::string> blocks_;
  std::size_t bytes_ = 0;
  Status outcome_;
  std::atomic<bool> ready_{false}, stopping_{false};  // what is above is the thread's until ready_
  std::atomic<std::size_t> people_{0};
  std::thread thread_;  // last: it uses the rest
};

}  // namespace assent
