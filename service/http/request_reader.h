#pragma once
// Bytes from one connection into requests (RFC 9112), strictly: what two programs could frame in
// two ways is refused. No sockets here. Chunked bodies are refused: the edge sends a length.

#include <optional>
#include <string>
#include <string_view>

#include "service/http/server.h"

namespace assent::http {

constexpr std::size_t kMaxTargetBytes = 2048;
constexpr std::size_t kMaxHeadBytes = 16 * 1024;
constexpr std::size_t kMaxHeaders = 64;

struct Incoming {
  Request request;
  std::string client_address;  // X-Assent-Client, as it came: believed only from the edge
  bool keep_alive = false;
};

// For one connection, one thread at a time.
class RequestReader {
 public:
  explicit RequestReader(std::size_t max_body_bytes) : max_body_bytes_(max_body_bytes) {}

  enum class State { Idle, Head, Body, Ready, Refused };

  // Adds what arrived. Bytes behind a complete request stay for the next one.
  void add(std::string_view bytes) { buffer_.append(bytes); }
  // Reads on. Ready: call take(). Refused: answer refusal() and close, nothing more is read.
  State read();
  Incoming take();
  const Response& refusal() const { return refusal_; }
  State state() const { return state_; }
  // True after take() when bytes of another request are already here.
  bool has_more() const { return !buffer_.empty(); }

 private:
  struct Lengths {
    std::size_t hosts = 0;
    std::size_t lengths = 0;
  };

  State refuse(int status, std::string_view why);
  State read_head();
  bool read_request_line(std::string_view line);
  bool read_header(std::string_view line, Lengths& seen);
  bool read_framing(std::string_view name, std::string_view value, Lengths& seen);
  bool keep(std::string_view name, std::string_view value);

  std::size_t max_body_bytes_;
  std::string buffer_;
  std::size_t searched_ = 0;
  State state_ = State::Idle;
  Incoming incoming_;
  std::size_t body_bytes_ = 0;
  bool is_1_1_ = false;
  Response refusal_;
};

// "a=b&c=d", as queries and forms are: decoded, a + read as a space. False when an escape is
// broken, a value is no clean line of UTF-8, or a name has none or comes twice.
using Named = std::vector<std::pair<std::string, std::string>>;
bool read_named(std::string_view text, Named& out);
std::string field_of(const Named& form, std::string_view name);  // empty: not there

// The path and the query of a request target, decoded; the reason when it is refused.
std::optional<std::string_view> read_target(std::string_view target, Request& request);

}  // namespace assent::http
