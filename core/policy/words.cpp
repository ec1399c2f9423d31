// The spellings of modes and styles, and look-ups in a parsed version.
#include <algorithm>
#include <array>

#include "core/policy/policy.h"

namespace assent {
namespace {

constexpr std::array<std::string_view, 3> kModes = {"editorial", "acknowledge", "agree"};
constexpr std::array<std::string_view, 4> kStyles = {"std", "ks1", "ks2", "easy"};

}  // namespace

std::string_view to_text(Mode mode) {
  return kModes[static_cast<std::size_t>(mode)];
}

Result<Mode> parse_mode(std::string_view text) {
  const auto found = std::ranges::find(kModes, text);
  if (found == kModes.end())
    return fail(Code::Invalid, "must be \"agree\", \"acknowledge\" or \"editorial\"");
  return static_cast<Mode>(found - kModes.begin());
}

std::string_view to_text(Style style) {
  return kStyles[static_cast<std::size_t>(style)];
}

Result<Style> parse_style(std::string_view text) {
  const auto found = std::ranges::find(kStyles, text);
  if (found == kStyles.end()) return fail(Code::Invalid, "a style is std, ks1, ks2 or easy");
  return static_cast<Style>(found - kStyles.begin());
}

const Rendition* find_rendition(const PolicyVersion& version, std::string_view language,
                                Style style) {
  const auto found = std::ranges::find_if(version.renditions, [&](const Rendition& rendition) {
    return rendition.language == language && rendition.style == style;
  });
  return found == version.renditions.end() ? nullptr : &*found;
}

const Rule* find_rule(const Rendition& rendition, std::string_view id) {
  const auto found = std::ranges::find(rendition.rules, id, &Rule::id);
  return found == rendition.rules.end() ? nullptr : &*found;
}

}  // namespace assent
