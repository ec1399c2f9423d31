#include "admin-cli/output.h"

#include <cstdio>

#include "core/base/text.h"

namespace assent::cli {
namespace {

constexpr std::size_t kBarCells = 30;

std::string escaped(std::string_view json) {
  std::string out;
  for (std::size_t at = 0; at < json.size();) {
    const std::size_t start = at;
    const char32_t point = next_codepoint(json, at);
    if (point > 0xFFFF || !is_unsafe(point)) {
      out += json.substr(start, at - start);
      continue;
    }
    char hex[8];
    std::snprintf(hex, sizeof hex, "\\u%04x", unsigned(point));
    out += hex;
  }
  return out;
}

}  // namespace

void Output::say(std::string_view text) {
  out_ << terminal_safe(text);
}

void Output::line(std::string_view text) {
  out_ << terminal_safe(text) << '\n';
}

void Output::warn(std::string_view text) {
  end_progress();
  out_.flush();
  err_ << terminal_safe(text) << '\n';
}

void Output::json(const Value& value) {
  out_ << escaped(to_json(value)) << '\n';
}

void Output::progress(std::string_view what, std::size_t done, std::size_t of) {
  if (!progress_ || of == 0) return;
  const std::size_t filled = kBarCells * done / of;
  err_ << '\r' << one_line(what) << " [" << std::string(filled, '#')
       << std::string(kBarCells - filled, ' ') << "] " << 100 * done / of << '%' << std::flush;
  drawn_ = true;
}

void Output::end_progress() {
  if (!drawn_) return;
  err_ << "\r\x1b[K" << std::flush;
  drawn_ = false;
}

}  // namespace assent::cli
