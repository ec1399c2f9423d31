#pragma once
// Bounds calls that nothing else bounds: libldap's TLS handshakes wait for ever, and burn a
// processor while they do. If a call is not over in time, its socket is shut from another thread,
// and the call fails by itself. Not for more than one call at a time.

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

namespace assent::directory {

class Watchdog {
 public:
  Watchdog();
  ~Watchdog();
  Watchdog(const Watchdog&) = delete;
  Watchdog& operator=(const Watchdog&) = delete;

  void begin(std::chrono::milliseconds limit);
  // True if the time was over and the socket was shut.
  bool end();

  // The socket that calls go through; once. A copy of the descriptor is kept, so that its number
  // cannot become somebody else's before it is shut. False when there is none left for the copy.
  bool opened(int descriptor);

 private:
  void watch();
  void shut();

  std::mutex mutex_;  // guards what follows
  std::condition_variable changed_;
  std::chrono::steady_clock::time_point deadline_ = std::chrono::steady_clock::time_point::max();
  int socket_ = -1;
  bool bitten_ = false, ending_ = false;
  std::thread thread_;  // last: it uses the rest
};

}  // namespace assent::directory
