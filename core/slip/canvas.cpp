#include "core/slip/canvas.h"

#include <cairo-pdf.h>
#include <pango/pangocairo.h>

#include <algorithm>

namespace assent {
namespace {

constexpr double kPoint = 72 / 25.4;  // points in a millimetre
constexpr double kA4Width = 210 * kPoint, kA4Height = 297 * kPoint;
constexpr double kShrink = 0.96;
constexpr double kThin = 0.5;  // of a line, points

// Both have an order of preference; letters that none of them has come from any font here.
const char* family_of(Face face) {
  return face == Face::Code ? "DejaVu Sans Mono, Noto Sans Mono, monospace"
                            : "Noto Sans, DejaVu Sans, sans-serif";
}

cairo_status_t append(void* to, const unsigned char* data, unsigned int size) noexcept {
  static_cast<std::string*>(to)->append(reinterpret_cast<const char*>(data), size);
  return CAIRO_STATUS_SUCCESS;
}

// "2026-11-22T15:30:00Z", as cairo reads it.
std::string pdf_date(Time made) {
  return to_rfc3339(made).substr(0, 19) + "Z";
}

// Of paper, not of a screen: shapes and widths do not depend on pixels.
void forget_pixels(PangoLayout* layout) {
  PangoContext* context = pango_layout_get_context(layout);
  cairo_font_options_t* options = cairo_font_options_create();
  cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
  pango_cairo_context_set_font_options(context, options);
  cairo_font_options_destroy(options);
  pango_context_set_round_glyph_positions(context, FALSE);
}

void set_font(PangoLayout* layout, Face face, double size) {
  PangoFontDescription* font = pango_font_description_new();
  pango_font_description_set_family_static(font, family_of(face));
  pango_font_description_set_absolute_size(font, size * PANGO_SCALE);
  if (face != Face::Plain) pango_font_description_set_weight(font, PANGO_WEIGHT_BOLD);
  pango_layout_set_font_description(layout, font);
  pango_font_description_free(font);
}

double height_of(PangoLayout* layout) {
  int height = 0;
  pango_layout_get_size(layout, nullptr, &height);
  return double(height) / PANGO_SCALE;
}

// Left is the paper's left, also for a script that begins at the right.
PangoAlignment alignment(PangoLayout* layout, Side side) {
  if (side == Side::Middle) return PANGO_ALIGN_CENTER;
  const bool mirrored = pango_layout_get_direction(layout, 0) == PANGO_DIRECTION_RTL;
  return (side == Side::Left) != mirrored ? PANGO_ALIGN_LEFT : PANGO_ALIGN_RIGHT;
}

// The largest size that fits within `room` points of height; an ellipsis where none does.
void fit(PangoLayout* layout, double room, const Lettering& lettering) {
  pango_layout_set_height(layout, -1);
  pango_layout_set_ellipsize(layout, PANGO_ELLIPSIZE_NONE);
  double size = lettering.size;
  set_font(layout, lettering.face, size);
  while (height_of(layout) > room && size > lettering.least) {
    size *= kShrink;
    set_font(layout, lettering.face, size);
  }
  if (height_of(layout) <= room) return;
  pango_layout_set_height(layout, int(room * PANGO_SCALE));
  pango_layout_set_ellipsize(layout, PANGO_ELLIPSIZE_END);
}

struct Picture {
  cairo_surface_t* surface;
  int width;  // modules
};

}  // namespace

struct Canvas::Drawing {
  std::string bytes;
  cairo_surface_t* surface = nullptr;
  cairo_t* pen = nullptr;
  PangoLayout* layout = nullptr;
  std::vector<Picture> pictures;
  int unknown = 0;
};

Canvas::Canvas(const std::string& title, Time made) : drawing_(std::make_unique<Drawing>()) {
  Drawing& d = *drawing_;
  d.surface = cairo_pdf_surface_create_for_stream(append, &d.bytes, kA4Width, kA4Height);
  cairo_pdf_surface_set_metadata(d.surface, CAIRO_PDF_METADATA_TITLE, title.c_str());
  cairo_pdf_surface_set_metadata(d.surface, CAIRO_PDF_METADATA_CREATOR, "Assent");
  cairo_pdf_surface_set_metadata(d.surface, CAIRO_PDF_METADATA_CREATE_DATE, pdf_date(made).c_str());
  d.pen = cairo_create(d.surface);
  d.layout = pango_cairo_create_layout(d.pen);
  forget_pixels(d.layout);
  pango_layout_set_wrap(d.layout, PANGO_WRAP_WORD_CHAR);
  begin("Document");
}

Canvas::~Canvas() {
  for (const Picture& picture : drawing_->pictures) cairo_surface_destroy(picture.surface);
  g_object_unref(drawing_->layout);
  cairo_destroy(drawing_->pen);
  cairo_surface_destroy(drawing_->surface);
}

void Canvas::begin(const char* tag) {
  cairo_tag_begin(drawing_->pen, tag, nullptr);
}

void Canvas::end(const char* tag) {
  cairo_tag_end(drawing_->pen, tag);
}

double Canvas::text(const Box& box, const std::string& words, const Lettering& lettering) {
  Drawing& d = *drawing_;
  pango_layout_set_text(d.layout, words.data(), int(words.size()));
  pango_layout_set_alignment(d.layout, alignment(d.layout, lettering.side));
  pango_layout_set_width(d.layout, int(box.width * kPoint * PANGO_SCALE));
  const double room = box.height * kPoint;
  fit(d.layout, room, lettering);
  d.unknown += pango_layout_get_unknown_glyphs_count(d.layout);
  const double first_line = double(pango_layout_get_baseline(d.layout)) / PANGO_SCALE;
  const double level = line_below_top(lettering.size) * kPoint - first_line;
  const double lowest = room - height_of(d.layout);
  cairo_set_source_rgb(d.pen, lettering.grey, lettering.grey, lettering.grey);
  cairo_move_to(d.pen, box.x * kPoint, box.y * kPoint + std::min(level, lowest));
  pango_cairo_show_layout(d.pen, d.layout);
  return height_of(d.layout) / kPoint;
}

std::size_t Canvas::keep(const QrCode& code) {
  const cairo_rectangle_t all{0, 0, double(code.width), double(code.width)};
  cairo_surface_t* picture = cairo_recording_surface_create(CAIRO_CONTENT_COLOR_ALPHA, &all);
  cairo_t* pen = cairo_create(picture);
  for (const DarkRun& run : code.dark) cairo_rectangle(pen, run.x, run.y, run.width, 1);
  cairo_fill(pen);  // one path: no light seams between modules
  cairo_destroy(pen);
  drawing_->pictures.push_back({picture, code.width});
  return drawing_->pictures.size() - 1;
}

void Canvas::picture(const Box& box, std::size_t kept) {
  cairo_t* pen = drawing_->pen;
  const Picture& picture = drawing_->pictures[kept];
  const double module = box.width * kPoint / picture.width;
  cairo_save(pen);
  cairo_translate(pen, box.x * kPoint, box.y * kPoint);
  cairo_scale(pen, module, module);
  cairo_set_source_surface(pen, picture.surface, 0, 0);
  cairo_paint(pen);
  cairo_restore(pen);
}

void Canvas::frame(const Box& box) {
  cairo_t* pen = drawing_->pen;
  cairo_rectangle(pen, box.x * kPoint, box.y * kPoint, box.width * kPoint, box.height * kPoint);
  cairo_set_source_rgb(pen, 0, 0, 0);
  cairo_set_line_width(pen, 2 * kThin);
  cairo_stroke(pen);
}

void Canvas::cut_line(double x1, double y1, double x2, double y2) {
  cairo_t* pen = drawing_->pen;
  constexpr double kDash = 3;
  cairo_set_dash(pen, &kDash, 1, 0);
  cairo_set_line_width(pen, kThin);
  cairo_set_source_rgb(pen, 0.5, 0.5, 0.5);
  cairo_move_to(pen, x1 * kPoint, y1 * kPoint);
  cairo_line_to(pen, x2 * kPoint, y2 * kPoint);
  cairo_stroke(pen);
  cairo_set_dash(pen, nullptr, 0, 0);
}

void Canvas::next_sheet() {
  cairo_show_page(drawing_->pen);
}

int Canvas::unknown_letters() const {
  return drawing_->unknown;
}

Result<std::string> Canvas::finish() {
  end("Document");
  cairo_surface_finish(drawing_->surface);
  const cairo_status_t pen = cairo_status(drawing_->pen);
  const cairo_status_t status = pen ? pen : cairo_surface_status(drawing_->surface);
  if (status != CAIRO_STATUS_SUCCESS)
    return fail(Code::Unavailable,
                std::string("the slips could not be drawn: ") + cairo_status_to_string(status));
  return std::move(drawing_->bytes);
}

}  // namespace assent
