#include "core/presentation/marks.h"

#include <algorithm>

namespace assent {
namespace {

using Kind = Mark::Kind;

// Whether a mark may end before text[at].
bool is_boundary(std::string_view text, std::size_t at) {
  return at == text.size() || (static_cast<unsigned char>(text[at]) & 0xC0) != 0x80;
}

}  // namespace

bool marks_fit(const std::vector<Mark>& marks, std::string_view old_text,
               std::string_view new_text) {
  std::size_t in_old = 0, in_new = 0;
  for (const Mark& mark : marks) {
    const std::size_t step_old = mark.kind == Kind::Insert ? 0 : mark.bytes;
    const std::size_t step_new = mark.kind == Kind::Delete ? 0 : mark.bytes;
    if (mark.bytes == 0 || step_old > old_text.size() - in_old ||
        step_new > new_text.size() - in_new)
      return false;
    if (mark.kind == Kind::Keep &&
        old_text.substr(in_old, step_old) != new_text.substr(in_new, step_new))
      return false;
    in_old += step_old;
    in_new += step_new;
    if (!is_boundary(old_text, in_old) || !is_boundary(new_text, in_new)) return false;
  }
  return in_old == old_text.size() && in_new == new_text.size();
}

bool has_word(std::string_view text) {
  return std::ranges::any_of(text, [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte >= 0x80 || (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
  });
}

}  // namespace assent
