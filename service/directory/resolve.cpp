#include "service/directory/resolve.h"

#include <netdb.h>

#include <cstring>
#include <future>
#include <system_error>
#include <thread>

namespace assent::directory {

Found look_up(const std::string& host) {
  addrinfo* first = nullptr;
  addrinfo wanted{};
  wanted.ai_socktype = SOCK_STREAM;
  Found out{getaddrinfo(host.c_str(), nullptr, &wanted, &first), {}};
  for (const addrinfo* each = first; out.error == 0 && each; each = each->ai_next) {
    Address& address = out.addresses.emplace_back();
    address.length = each->ai_addrlen;
    std::memcpy(&address.where, each->ai_addr, each->ai_addrlen);
  }
  if (first) freeaddrinfo(first);
  return out;
}

Result<std::vector<Address>> resolve(const std::string& host, milliseconds limit, LookUp look_up) {
  std::packaged_task<Found()> task([host, look_up = std::move(look_up)] { return look_up(host); });
  std::future<Found> answer = task.get_future();
  try {
    std::thread(std::move(task)).detach();
  } catch (const std::system_error&) {
    return fail(Code::Unavailable, "no thread is left to look " + host + " up");
  }
  if (answer.wait_for(limit) != std::future_status::ready)
    return fail(Code::Unavailable, "the name servers gave no answer for " + host + " in time");
  Found found = answer.get();
  if (found.error != 0)
    return fail(Code::Unavailable, "the name " + host + " cannot be looked up: " +
                                       std::string(gai_strerror(found.error)));
  return std::move(found.addresses);
}

}  // namespace assent::directory
