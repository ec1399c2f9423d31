#pragma once
// Tagged text, lines and codes on sheets of A4, behind cairo and pango. Lengths are millimetres
// from the top left, sizes of letters points. It knows nothing of slips. Inside core/slip only.

#include <memory>
#include <string>

#include "core/base/time.h"
#include "core/slip/qr.h"

namespace assent {

struct Box {
  double x, y, width, height;
};

enum class Face : std::uint8_t {
  Plain,
  Bold,
  Code  // of one width; none of its letters and digits is taken for another
};
enum class Side : std::uint8_t { Left, Middle, Right };

struct Lettering {
  double size = 8, least = 6;  // points; as large as fits its box, within these
  Face face = Face::Plain;
  double grey = 0;  // 0: black
  Side side = Side::Left;
};

// How far below the top of a box the first line stands, for letters of so many points.
constexpr double line_below_top(double points) {
  return 1.07 / 72 * 25.4 * points;
}

class Canvas final {
 public:
  Canvas(const std::string& title, Time made);
  Canvas(const Canvas&) = delete;
  Canvas& operator=(const Canvas&) = delete;
  ~Canvas();

  // What is drawn between them is one element for programs that read aloud: "Sect", "H1", "P".
  void begin(const char* tag);
  void end(const char* tag);

  // In the direction that its own letters have. Its first line stands where one of Latin letters of
  // the full size would, at the top of `box`: so lines of other scripts and sizes stand level;
  // higher where the lines below it would leave the box. What does not fit even in its least size
  // ends in an ellipsis. Answers the height that it took.
  double text(const Box& box, const std::string& words, const Lettering& lettering);
  // A code that is drawn again and again is in the document once.
  std::size_t keep(const QrCode& code);
  void picture(const Box& box, std::size_t kept);
  void frame(const Box& box);
  void cut_line(double x1, double y1, double x2, double y2);
  void next_sheet();

  // Letters so far that no font here has.
  int unknown_letters() const;
  // The document; nothing may be drawn after it.
  Result<std::string> finish();

 private:
  struct Drawing;
  std::unique_ptr<Drawing> drawing_;
};

}  // namespace assent
