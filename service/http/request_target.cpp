// Percent-decoding of paths and queries (RFC 3986; in a query + is a space, as forms send it).
#include <algorithm>

#include "core/base/text.h"
#include "service/http/request_reader.h"

namespace assent::http {
namespace {

std::optional<int> hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return std::nullopt;
}

// Nothing when an escape is broken or the text is no clean line of UTF-8.
std::optional<std::string> decode(std::string_view text, bool plus_is_space) {
  const auto stands_for_itself = [=](char c) { return c != '%' && (c != '+' || !plus_is_space); };
  std::string out;
  while (!text.empty()) {  // what stands for itself, and then what does not
    const std::string_view plain{text.begin(), std::ranges::find_if_not(text, stands_for_itself)};
    out += plain;
    text.remove_prefix(plain.size());
    if (text.starts_with('+')) {
      out += ' ';
      text.remove_prefix(1);
    } else if (!text.empty()) {
      if (text.size() < 3) return std::nullopt;
      const auto high = hex_digit(text[1]), low = hex_digit(text[2]);
      if (!high || !low) return std::nullopt;
      out += static_cast<char>(*high * 16 + *low);
      text.remove_prefix(3);
    }
  }
  if (!check_line(out, kMaxTargetBytes)) return std::nullopt;
  return out;
}

bool has_dot_segment(std::string_view path) {
  while (!path.empty()) {
    path.remove_prefix(1);
    const auto segment = path.substr(0, path.find('/'));
    if (segment == "." || segment == "..") return true;
    path.remove_prefix(segment.size());
  }
  return false;
}

}  // namespace

bool read_named(std::string_view text, Named& out) {
  while (!text.empty()) {
    const auto pair = text.substr(0, text.find('&'));
    text.remove_prefix(pair.size() == text.size() ? pair.size() : pair.size() + 1);
    const auto equals = pair.find('=');
    auto key = decode(pair.substr(0, equals), true);
    auto value = decode(
        equals == std::string_view::npos ? std::string_view() : pair.substr(equals + 1), true);
    if (!key || !value || key->empty()) return false;
    for (const auto& [earlier, unused] : out)
      if (earlier == *key) return false;
    out.emplace_back(std::move(*key), std::move(*value));
  }
  return true;
}

std::optional<std::string_view> read_target(std::string_view target, Request& request) {
  if (!target.starts_with('/')) return "The request target must be a path.";
  const auto question = target.find('?');
  auto path = decode(target.substr(0, question), false);
  if (!path) return "The path is not properly encoded.";
  if (has_dot_segment(*path)) return "The path has a dot segment.";
  request.path = std::move(*path);
  if (question != std::string_view::npos && !read_named(target.substr(question + 1), request.query))
    return "The query is not properly encoded, or gives a name twice.";
  return std::nullopt;
}

}  // namespace assent::http
