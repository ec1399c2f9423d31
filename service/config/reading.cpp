#include "service/config/reading.h"

#include <arpa/inet.h>

#include <algorithm>

#include "core/base/text.h"
#include "core/formats/toml.h"

namespace assent {
namespace {

constexpr std::size_t kShownMax = 255;

}  // namespace

Result<Value> parse_config(std::string_view text, const std::string& file) {
  return parse_toml(text, file);
}

Error in_file(const std::string& file, Error error) {
  const bool unknown = error.message.ends_with("is not known here");
  error.message =
      file + ": " + error.message + (unknown ? ": docs/configuration.md lists the keys" : "");
  return error;
}

void check_zone(Fields& fields, std::string_view key, const std::string& zone) {
  const auto good = [](char c) { return c > ' ' && c < '\x7f' && c != '.' && c != '\\'; };
  if (!std::ranges::all_of(zone, good) || zone.starts_with('/'))
    fields.reject(key, "must be a time zone such as \"Europe/London\"");
}

bool is_ip_address(const std::string& text) {
  in6_addr unused{};
  return inet_pton(AF_INET, text.c_str(), &unused) == 1 ||
         inet_pton(AF_INET6, text.c_str(), &unused) == 1;
}

std::string shown(Fields& fields, std::string_view key, std::string fallback) {
  auto text = fields.optional_text(key, kShownMax);
  if (!text) return fallback;
  if (const Status safe = check_line(*text, kShownMax); !safe)
    fields.reject(key, safe.error().message);
  return *text;
}

std::vector<std::string> one_or_more(Fields& fields, const Value& item, std::string_view key,
                                     std::size_t max, std::size_t count) {
  const Value* value = item.find(key);
  if (value && value->text()) return {fields.text(key, max)};
  return fields.texts(key, max, count);
}

}  // namespace assent
