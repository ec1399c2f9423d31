#include "service/directory/resolve.h"

#include <netdb.h>

#include <future>
#include <system_error>
#include <thread>

namespace assent::directory {

int look_up(const std::string& host) {
  addrinfo* found = nullptr;
  addrinfo wanted{};
  wanted.ai_socktype = SOCK_STREAM;
  const int error = getaddrinfo(host.c_str(), nullptr, &wanted, &found);
  if (error == 0) freeaddrinfo(found);
  return error;
}

Status resolve(const std::string& host, milliseconds limit, LookUp look_up) {
  std::packaged_task<int()> task([host, look_up = std::move(look_up)] { return look_up(host); });
  std::future<int> answer = task.get_future();
  try {
    std::thread(std::move(task)).detach();
  } catch (const std::system_error&) {
    return fail(Code::Unavailable, "no thread is left to look " + host + " up");
  }
  if (answer.wait_for(limit) != std::future_status::ready)
    return fail(Code::Unavailable, "the name servers gave no answer for " + host + " in time");
  if (const int error = answer.get(); error != 0)
    return fail(Code::Unavailable,
                "the name " + host + " cannot be looked up: " + std::string(gai_strerror(error)));
  return {};
}

}  // namespace assent::directory
