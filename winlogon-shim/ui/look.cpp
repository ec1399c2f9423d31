#include "winlogon-shim/ui/look.h"

namespace assent::windows {
namespace {

constexpr wchar_t kThemes[] = L"Software\\Microsoft\\Windows\\CurrentVersion\\Themes\\Personalize";
constexpr int kPointsAnInch = 72, kTextPoints = 10, kHeadingPoints = 15;

bool high_contrast() {
  HIGHCONTRASTW contrast{};
  contrast.cbSize = sizeof contrast;
  return SystemParametersInfoW(SPI_GETHIGHCONTRAST, sizeof contrast, &contrast, 0) &&
         (contrast.dwFlags & HCF_HIGHCONTRASTON) != 0;
}

bool wants_dark() {
  DWORD light = 1, size = sizeof light;
  RegGetValueW(HKEY_CURRENT_USER, kThemes, L"AppsUseLightTheme", RRF_RT_REG_DWORD, nullptr, &light,
               &size);
  return light == 0;
}

HFONT make_font(int points, unsigned dpi, int weight) {
  return CreateFontW(-MulDiv(points, int(dpi), kPointsAnInch), 0, 0, 0, weight, FALSE, FALSE, FALSE,
                     DEFAULT_CHARSET, OUT_DEFAULT_PRECIS, CLIP_DEFAULT_PRECIS, CLEARTYPE_QUALITY,
                     DEFAULT_PITCH, L"Segoe UI");
}

// 0xRRGGBB and back: Windows has red in the low byte.
COLORREF to_windows(std::uint32_t rgb) {
  return RGB(rgb >> 16 & 0xFF, rgb >> 8 & 0xFF, rgb & 0xFF);
}
std::uint32_t from_windows(COLORREF colour) {
  return std::uint32_t(GetRValue(colour)) << 16 | std::uint32_t(GetGValue(colour)) << 8 |
         GetBValue(colour);
}

}  // namespace

Look::Look(unsigned dpi)
    : dpi_(dpi),
      is_dark_(wants_dark()),
      is_high_contrast_(high_contrast()),
      text_(make_font(kTextPoints, dpi, FW_NORMAL)),
      heading_(make_font(kHeadingPoints, dpi, FW_SEMIBOLD)),
      small_heading_(make_font(kTextPoints, dpi, FW_SEMIBOLD)) {
  constexpr std::uint32_t kDarkPaper = 0x202020, kLightPaper = 0xFFFFFF;
  is_dark_ = is_dark_ && !is_high_contrast_;
  ink_ = is_high_contrast_ ? GetSysColor(COLOR_WINDOWTEXT) : to_windows(colours().text);
  paper_ = is_high_contrast_ ? GetSysColor(COLOR_WINDOW)
                             : to_windows(is_dark_ ? kDarkPaper : kLightPaper);
  paper_brush_.reset(CreateSolidBrush(paper_));
}

Colours Look::colours() const {
  if (!is_high_contrast_) return is_dark_ ? kDark : kLight;
  const std::uint32_t ink = from_windows(GetSysColor(COLOR_WINDOWTEXT));
  return {ink, ink, ink, ink};
}

int height_of(const std::wstring& text, HFONT font, int width) {
  const HDC context = GetDC(nullptr);
  const HGDIOBJ before = SelectObject(context, font);
  RECT box{0, 0, width, 0};
  DrawTextW(context, text.c_str(), int(text.size()), &box,
            DT_CALCRECT | DT_WORDBREAK | DT_NOPREFIX);
  SelectObject(context, before);
  ReleaseDC(nullptr, context);
  return box.bottom;
}

}  // namespace assent::windows
