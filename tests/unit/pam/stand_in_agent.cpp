#include "tests/unit/pam/stand_in_agent.h"

#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <stdexcept>

namespace assent::pam {
namespace {

std::string read_exactly(int connection, std::size_t size) {
  std::string bytes(size, '\0');
  const ssize_t got = recv(connection, bytes.data(), size, MSG_WAITALL);
  bytes.resize(got > 0 ? static_cast<std::size_t>(got) : 0);
  return bytes;
}

}  // namespace

StandInAgent::StandInAgent(const std::string& path)
    : listener_(socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)), path_(path) {
  unlink(path.c_str());
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  std::ranges::copy(path, address.sun_path);
  if (bind(listener_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0 ||
      listen(listener_, 4) != 0)
    throw std::runtime_error("cannot listen on " + path);
  thread_ = std::thread([this] { serve(); });
}

StandInAgent::~StandInAgent() {
  stop_ = true;
  thread_.join();
  for (const int connection : held_) close(connection);
  close(listener_);
  unlink(path_.c_str());
}

void StandInAgent::answer_with(Reply reply) {
  const std::lock_guard lock(mutex_);
  reply_ = std::move(reply);
}

std::vector<wire::AgentRequest> StandInAgent::requests() const {
  const std::lock_guard lock(mutex_);
  return requests_;
}

bool StandInAgent::await_requests(std::size_t count) {
  std::unique_lock lock(mutex_);
  return arrived_.wait_for(lock, std::chrono::seconds(5),
                           [&] { return requests_.size() >= count; });
}

void StandInAgent::serve() {
  while (!stop_) {
    pollfd event{listener_, POLLIN, 0};
    if (poll(&event, 1, 20) > 0) serve_one(accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC));
  }
}

void StandInAgent::serve_one(int connection) {
  held_.push_back(connection);
  if (silent_) return;
  const auto size = wire::frame_length(read_exactly(connection, wire::kFrameHeader));
  const auto request = wire::parse_agent_request(read_exactly(connection, size ? *size : 0));
  const std::lock_guard lock(mutex_);
  if (request) requests_.push_back(*request);
  arrived_.notify_all();
  const std::string reply = request && reply_ ? reply_(*request) : "";
  static_cast<void>(::send(connection, reply.data(), reply.size(), MSG_NOSIGNAL));
  close(connection);
  held_.pop_back();
}

}  // namespace assent::pam
