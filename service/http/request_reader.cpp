// The reading of one head and its body. Every refusal ends the connection.
#include "service/http/request_reader.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "core/base/letters.h"
#include "service/http/problem.h"

namespace assent::http {
namespace {

constexpr std::string_view kEndOfHead = "\r\n\r\n";
constexpr std::array<std::string_view, 4> kMethods = {"GET", "POST", "PUT", "DELETE"};

bool is_token(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
  });
}

std::string_view trim(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

bool has_control(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7f;
  });
}

std::string_view next_line(std::string_view& head) {
  const auto end = head.find("\r\n");
  const auto line = head.substr(0, end);
  head.remove_prefix(end == std::string_view::npos ? head.size() : end + 2);
  return line;
}

}  // namespace

RequestReader::State RequestReader::refuse(int status, std::string_view why) {
  refusal_ = problem(status, "request", "Request refused", why);
  buffer_.clear();
  return state_ = State::Refused;
}

RequestReader::State RequestReader::read() {
  if (state_ == State::Idle && !buffer_.empty()) state_ = State::Head;
  if (state_ == State::Head && read_head() != State::Body) return state_;
  if (state_ == State::Body && buffer_.size() >= body_bytes_) {
    incoming_.request.body = buffer_.substr(0, body_bytes_);
    buffer_.erase(0, body_bytes_);
    state_ = State::Ready;
  }
  return state_;
}

Incoming RequestReader::take() {
  state_ = State::Idle;
  searched_ = 0;
  body_bytes_ = 0;
  return std::exchange(incoming_, {});
}

RequestReader::State RequestReader::read_head() {
  const auto end = buffer_.find(kEndOfHead, searched_);
  const bool is_whole = end != std::string::npos;
  const auto first = std::string_view(buffer_).substr(0, buffer_.find("\r\n"));
  if (first.size() > kMaxTargetBytes + 64) return refuse(414, "The address is too long.");
  if ((is_whole ? end : buffer_.size()) > kMaxHeadBytes)
    return refuse(431, "The headers are too large.");
  if (!is_whole) {
    searched_ = buffer_.size() < 3 ? 0 : buffer_.size() - 3;
    return state_;
  }
  std::string_view head = std::string_view(buffer_).substr(0, end);
  if (!read_request_line(next_line(head))) return state_;
  Lengths seen;
  for (std::size_t count = 0; !head.empty(); ++count) {
    if (count == kMaxHeaders) return refuse(431, "There are too many headers.");
    if (!read_header(next_line(head), seen)) return state_;
  }
  if (is_1_1_ && seen.hosts != 1) return refuse(400, "One Host header is needed.");
  buffer_.erase(0, end + kEndOfHead.size());
  return state_ = State::Body;
}

bool RequestReader::read_request_line(std::string_view line) {
  const auto first = line.find(' '), last = line.rfind(' ');
  const bool has_three = first < last && line.find(' ', first + 1) == last;
  if (has_control(line) || !has_three) {
    refuse(400, "The request line is malformed.");
    return false;
  }
  const auto method = line.substr(0, first), version = line.substr(last + 1);
  const auto target = line.substr(first + 1, last - first - 1);
  if (version != "HTTP/1.1" && version != "HTTP/1.0") {
    refuse(505, "HTTP/1.1 is spoken here.");
    return false;
  }
  if (std::find(kMethods.begin(), kMethods.end(), method) == kMethods.end()) {
    refuse(501, "This method is not known here.");
    return false;
  }
  if (target.size() > kMaxTargetBytes) {
    refuse(414, "The address is too long.");
    return false;
  }
  if (const auto fault = read_target(target, incoming_.request)) {
    refuse(400, *fault);
    return false;
  }
  incoming_.request.method = method;
  incoming_.keep_alive = is_1_1_ = version == "HTTP/1.1";
  return true;
}

bool RequestReader::read_header(std::string_view line, Lengths& seen) {
  const auto colon = line.find(':');
  const auto name = line.substr(0, colon);
  if (colon == std::string_view::npos || !is_token(name) || has_control(line)) {
    refuse(400, "A header is malformed.");
    return false;
  }
  const auto value = trim(line.substr(colon + 1));
  return read_framing(lower(name), value, seen) && keep(lower(name), value);
}

bool RequestReader::read_framing(std::string_view name, std::string_view value, Lengths& seen) {
  if (name == "host") ++seen.hosts;
  if (name == "transfer-encoding") {
    refuse(411, "Send a Content-Length: other framings are refused.");
    return false;
  }
  if (name == "expect") {
    refuse(417, "Send the body without waiting.");
    return false;
  }
  if (name == "connection" && lower(value).find("close") != std::string::npos)
    incoming_.keep_alive = false;
  if (name != "content-length") return true;
  std::uint32_t length = 0;
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), length);
  const bool is_digits = !value.empty() && value.find_first_not_of("0123456789") == value.npos;
  if (++seen.lengths > 1 || !is_digits) {
    refuse(400, "One Content-Length of digits is needed.");
    return false;
  }
  if (error != std::errc() || length > max_body_bytes_) {
    refuse(413, "The body is too large.");
    return false;
  }
  body_bytes_ = length;
  return true;
}

// A header that decides something may come once only.
bool RequestReader::keep(std::string_view name, std::string_view value) {
  std::string* kept = nullptr;
  if (name == "authorization") kept = &incoming_.request.authorization;
  if (name == "content-type") kept = &incoming_.request.content_type;
  if (name == "accept") kept = &incoming_.request.accept;
  if (name == "accept-language") kept = &incoming_.request.accept_language;
  if (name == "cookie") kept = &incoming_.request.cookie;
  if (name == "host") kept = &incoming_.request.host;
  if (name == "x-assent-edge") kept = &incoming_.request.edge_secret;
  if (name == "x-assent-issuer") kept = &incoming_.request.vouched.issuer;
  if (name == "x-assent-subject") kept = &incoming_.request.vouched.subject;
  if (name == "x-assent-login") kept = &incoming_.request.vouched.login;
  if (name == "x-assent-client") kept = &incoming_.client_address;
  if (kept == nullptr) return true;
  if (!kept->empty()) {
    refuse(400, "A header is given twice.");
    return false;
  }
  *kept = value;
  return true;
}

std::string field_of(const Named& form, std::string_view name) {
  for (const auto& [key, value] : form)
    if (key == name) return value;
  return {};
}

}  // namespace assent::http
