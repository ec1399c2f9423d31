#pragma once
// Many kept-open connections to one server, from one thread, with one request under way on each:
// a client that costs little, so that what is measured is the server. Not for answers in chunks.

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"

namespace assent::bench {

struct Load {
  std::uint16_t port = 0;  // on 127.0.0.1
  std::string path;
  std::string bearer;
  std::size_t connections = 1;
  std::size_t requests = 0;
  std::function<std::string(std::size_t)> body;  // of request 0, 1, …
  // Hears each answer's body; anything but 200 ends the load before it is heard.
  std::function<Status(std::size_t, std::string_view)> heard;
};

struct Measured {
  double seconds = 0;                  // from the first byte sent to the last answer
  std::vector<double> ms;              // how long each request took, sorted
  double quantile(double part) const;  // of `ms`; 0 when there was no request
};

// Unavailable if a connection breaks or is closed by the server: keep-alive is part of the measure.
Result<Measured> run(const Load& load);

}  // namespace assent::bench
