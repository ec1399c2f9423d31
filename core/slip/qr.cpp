#include "core/slip/qr.h"

#include <qrencode.h>

#include <memory>

namespace assent {

Result<QrCode> qr_code(std::string_view content) {
  const std::unique_ptr<QRcode, void (*)(QRcode*)> made(
      QRcode_encodeData(int(content.size()), reinterpret_cast<const unsigned char*>(content.data()),
                        0, QR_ECLEVEL_M),
      QRcode_free);
  if (!made) return fail(Code::Invalid, "this is too long for a QR code: " + std::string(content));
  QrCode out{made->width, {}};
  const auto is_dark = [&](int x, int y) { return made->data[y * out.width + x] & 1; };
  for (int y = 0; y < out.width; ++y)
    for (int x = 0; x < out.width; ++x) {
      if (!is_dark(x, y)) continue;
      const int from = x;
      while (x + 1 < out.width && is_dark(x + 1, y)) ++x;
      out.dark.push_back({from, y, x + 1 - from});
    }
  return out;
}

}  // namespace assent
