#pragma once
// A presentation as Rich Text Format (RTF 1.9), which is what the window's reading area takes.
// Pure: sizes are in points, so Windows scales them.

#include <cstdint>
#include <string>
#include <vector>

#include "core/presentation/passages.h"

namespace assent::windows {

struct Colours {  // 0xRRGGBB
  std::uint32_t text, label, went, came;
};
inline constexpr Colours kLight{0x1A1A1A, 0x1F4E9C, 0xA02020, 0x0B5D2A};
inline constexpr Colours kDark{0xF2F2F2, 0x9CC2FF, 0xFFB0A8, 0x9FE0B0};

// Every text of every part in order, a label and a TAB before it where it has one. What went is
// struck through and what came is bold and underlined, so that no colour has to be told from
// another. Paragraphs of right-to-left languages run that way. Only ASCII comes out.
std::string to_rich_text(const std::vector<PartText>& parts, const Colours& colours);

}  // namespace assent::windows
