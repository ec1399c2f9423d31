#pragma once
// A QR code as the rectangles that are dark, behind libqrencode. Inside core/slip only.

#include <string_view>
#include <vector>

#include "core/base/result.h"

namespace assent {

struct DarkRun {
  int x, y, width;  // in modules, one high
};

struct QrCode {
  static constexpr int kQuiet = 4;  // modules that stay light around it (ISO/IEC 18004)
  int width = 0;                    // modules each way, without those
  std::vector<DarkRun> dark;
};

// Mends itself when 15 % of it is dirty or folded. Invalid when `content` is too long.
Result<QrCode> qr_code(std::string_view content);

}  // namespace assent
