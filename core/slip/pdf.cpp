// Where everything stands on a slip, and slips on sheets.

#include "core/slip/canvas.h"
#include "core/slip/words.h"

namespace assent {
namespace {

constexpr double kWidth = 210.0 / SlipLimits::kAcross, kHeight = 297.0 / SlipLimits::kDown;
constexpr double kSide = 7, kTop = 4.5;  // printers leave the paper's edge white
constexpr double kInner = kWidth - 2 * kSide;
constexpr double kCode = 18.5, kLight = 1, kCaption = 3.2;  // a phone reads it from 20 cm
constexpr double kGuidance = kLight + kCode + kLight + kCaption + 0.8;
constexpr double kColumn = kCode + 5;
constexpr double kRow = 4.1;
constexpr double kSoft = 0.3;  // grey that is still read easily on paper

struct Picture {
  std::string caption;
  std::size_t kept;  // by the canvas
};

class Sheets final {
 public:
  Sheets(const SlipPlace& place, Time made) : place_(place), canvas_(sheet_title(place), made) {}

  Status read_codes() {
    for (const SlipCode& each : phone_codes(place_)) {
      ASSENT_TRY(const QrCode code, qr_code(each.content));
      pictures_.push_back({each.caption, canvas_.keep(code)});
    }
    return {};
  }

  void add(const Slip& slip) {
    const std::size_t at = drawn_++ % SlipLimits::kOnSheet;
    if (at == 0 && drawn_ > 1) canvas_.next_sheet();
    left_ = kWidth * double(at % SlipLimits::kAcross) + kSide;
    y_ = kHeight * double(at / SlipLimits::kAcross) + kTop;
    cut_lines(at % SlipLimits::kAcross, at / SlipLimits::kAcross);
    const int unknown = canvas_.unknown_letters();
    canvas_.begin("Sect");
    draw(words_of(place_, slip));
    canvas_.end("Sect");
    if (canvas_.unknown_letters() > unknown) without_letters_.push_back(slip.name);
  }

  Result<SlipPdf> finish() {
    ASSENT_TRY(std::string bytes, canvas_.finish());
    return SlipPdf{std::move(bytes), std::move(without_letters_)};
  }

 private:
  // To the right of a slip and below it, where another one may be.
  void cut_lines(std::size_t column, std::size_t row) {
    const double right = kWidth * double(column + 1), below = kHeight * double(row + 1);
    if (column + 1 < SlipLimits::kAcross) canvas_.cut_line(right, below - kHeight, right, below);
    if (row + 1 < SlipLimits::kDown) canvas_.cut_line(right - kWidth, below, right, below);
  }

  double said(const char* tag, const Box& box, const std::string& words, const Lettering& how) {
    canvas_.begin(tag);
    const double height = canvas_.text(box, words, how);
    canvas_.end(tag);
    return height;
  }

  void draw(const SlipWords& words) {
    constexpr double kLine = 4.2, kName = 6.8, kKind = kInner / 3;
    said("P", {left_, y_, kInner - kKind, kLine}, words.school, {8, 6, Face::Bold, kSoft});
    said("P", {left_ + kInner - kKind, y_, kKind, kLine}, words.kind,
         {8, 6, Face::Plain, kSoft, Side::Right});
    y_ += kLine;
    said("H1", {left_, y_, kInner, kName}, words.name, {14, 7, Face::Bold});
    y_ += kName;
    stay(words.stay);
    guidance(words);
    if (!words.code.text.empty()) code(words.code);
    for (const SlipRow& each : words.login) {
      row({left_, y_, kInner, kRow}, 13, each, {9, 6, Face::Code});
      y_ += kRow;
    }
    y_ += 0.6;
    y_ += said("P", {left_, y_, kInner, 3.2}, words.rules, {7, 6, Face::Bold});
    said("P", {left_, y_, kInner, 3.2}, words.help, {7, 5.5, Face::Plain, kSoft});
  }

  // A label of so many millimetres, and its text, on one line.
  void row(const Box& box, double label, const SlipRow& row, const Lettering& how) {
    constexpr double kLabel = 7.5;
    const double lower = line_below_top(how.size) - line_below_top(kLabel);
    canvas_.begin("P");
    canvas_.text({box.x, box.y + lower, label, box.height}, row.label,
                 {kLabel, 6, Face::Plain, kSoft});
    canvas_.text({box.x + label, box.y, box.width - label, box.height}, row.text, how);
    canvas_.end("P");
  }

  // Until when, and beside it who answers for them.
  void stay(const std::vector<SlipRow>& rows) {
    constexpr double kLabel = 9, kPart = 42;
    double x = left_;
    for (const SlipRow& each : rows) {
      const bool last = &each == &rows.back();
      const double width = last ? left_ + kInner - x : kPart;
      row({x, y_, width, kRow}, kLabel, each, {9, 6, Face::Bold});
      x += kPart;
    }
    y_ += kRow + 0.5;
  }

  // What to do at the left, codes for phones at the right.
  void guidance(const SlipWords& words) {
    const double column = kInner - kColumn * double(pictures_.size());
    steps(words.steps, {left_, y_ + kLight, column, kGuidance - kLight});
    double x = left_ + kInner + (kColumn - kCode) - kColumn * double(pictures_.size());
    for (const Picture& picture : pictures_) {
      canvas_.begin("Figure");
      canvas_.picture({x, y_ + kLight, kCode, kCode}, picture.kept);
      canvas_.text({x, y_ + 2 * kLight + kCode, kCode, kCaption}, picture.caption,
                   {7.5, 6, Face::Plain, 0, Side::Middle});
      canvas_.end("Figure");
      x += kColumn;
    }
    y_ += kGuidance;
  }

  // Each has what room the ones after it leave.
  void steps(const std::vector<std::string>& steps, const Box& box) {
    constexpr double kNumber = 4.2, kSize = 9, kLine = 4.4, kGap = 0.5;
    double y = box.y;
    for (std::size_t i = 0; i < steps.size(); ++i) {
      const double after = double(steps.size() - i - 1) * (kLine + kGap);
      canvas_.begin("P");
      canvas_.text({box.x, y, kNumber, kLine}, std::to_string(i + 1), {kSize, 6, Face::Bold});
      y += kGap +
           canvas_.text({box.x + kNumber, y, box.width - kNumber, box.y + box.height - after - y},
                        steps[i], {kSize, 6});
      canvas_.end("P");
    }
  }

  void code(const SlipRow& code) {
    constexpr double kFrame = 9.6, kLabel = 17, kLarge = 21, kSmall = 9;
    canvas_.frame({left_, y_, kInner, kFrame});
    canvas_.begin("P");
    const double lower = line_below_top(kLarge) - line_below_top(kSmall);
    canvas_.text({left_ + 2.5, y_ + lower - 0.3, kLabel, kRow}, code.label, {kSmall, 6});
    canvas_.text({left_ + kLabel, y_ - 0.3, kInner - kLabel - 2, kFrame}, code.text,
                 {kLarge, 10, Face::Code, 0, Side::Middle});
    canvas_.end("P");
    y_ += kFrame + 1.2;
  }

  const SlipPlace& place_;
  Canvas canvas_;
  std::vector<Picture> pictures_;
  double left_ = 0, y_ = 0;
  std::size_t drawn_ = 0;
  std::vector<std::string> without_letters_;
};

}  // namespace

Result<SlipPdf> slips_as_pdf(const SlipPlace& place, const std::vector<Slip>& slips, Time made) {
  Sheets sheets(place, made);
  ASSENT_CHECK(sheets.read_codes());
  for (const Slip& slip : slips) sheets.add(slip);
  return sheets.finish();
}

}  // namespace assent
