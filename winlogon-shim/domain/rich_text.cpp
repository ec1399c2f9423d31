#include "winlogon-shim/domain/rich_text.h"

#include "core/base/language.h"

#include "core/base/text.h"

namespace assent::windows {
namespace {

using Role = Paragraph::Role;

constexpr char32_t kParagraphSeparator = 0x2029;
enum Colour { kText = 1, kLabel, kWent, kCame };  // places in the colour table

std::string number(std::string_view word, long value) {
  return "\\" + std::string(word) + std::to_string(value);
}

std::string colour(std::uint32_t rgb) {
  return number("red", rgb >> 16 & 0xFF) + number("green", rgb >> 8 & 0xFF) +
         number("blue", rgb & 0xFF) + ";";
}

// One UTF-16 unit, as the signed number that RTF wants, and what a reader without Unicode shows.
std::string unit(char32_t value) {
  return number("u", static_cast<std::int16_t>(value)) + "?";
}

std::string escaped(char32_t point) {
  if (point == kParagraphSeparator || point == '\n') return "\\line ";
  if (point == '\\' || point == '{' || point == '}') return {'\\', static_cast<char>(point)};
  if (point >= 0x20 && point < 0x7F) return {static_cast<char>(point)};
  if (point > 0x10FFFF || is_unsafe(point)) return unit(0xFFFD);
  if (point < 0x10000) return unit(point);
  return unit(0xD800 + ((point - 0x10000) >> 10)) + unit(0xDC00 + ((point - 0x10000) & 0x3FF));
}

std::string escaped(std::string_view text) {
  std::string out;
  for_each_codepoint(text, [&](char32_t point) { out += escaped(point); });
  return out;
}

std::string run(const Run& run) {
  const std::string text = escaped(run.text);
  if (run.kind == Mark::Kind::Delete) return "{\\strike" + number("cf", kWent) + " " + text + "}";
  if (run.kind == Mark::Kind::Insert) return "{\\b\\ul" + number("cf", kCame) + " " + text + "}";
  return text;
}

// Twentieths of a point: beside everything, and where texts begin behind their labels.
constexpr long kInset = 150;
constexpr long kNumberIndent = 480, kLabelIndent = 1500, kGapAbove = 160, kSmallGapAbove = 50;

// Labels of two words, as in "CHANGED  was", are wider.
long label_indent(const Paragraph& paragraph) {
  return paragraph.label.find("  ") == std::string::npos ? kLabelIndent : 2 * kLabelIndent;
}

long indent_of(const Paragraph& paragraph, bool is_full) {
  switch (paragraph.role) {
    case Role::Help:
    case Role::Ask: return 0;
    case Role::Section: return is_full ? 0 : kLabelIndent;
    case Role::Rule: return is_full ? kNumberIndent : kLabelIndent;
    case Role::Why:
    case Role::Was:
    case Role::Now:
    case Role::Same: break;
  }
  return label_indent(paragraph);
}

std::string_view look_of(Role role) {
  return role == Role::Section || role == Role::Ask ? "\\b" : "";
}

std::string opening(std::string_view language, long indent, long above) {
  return std::string("\\pard") + (is_right_to_left(language) ? "\\rtlpar\\qr" : "\\ltrpar") +
         number("li", kInset + indent) + number("ri", kInset) + number("fi", -indent) +
         number("tx", kInset + indent) + number("sb", above);
}

std::string paragraph(const Paragraph& paragraph, std::string_view language, bool is_full,
                      bool gap) {
  const long indent = indent_of(paragraph, is_full);
  std::string out = opening(language, indent, gap ? kGapAbove : kSmallGapAbove);
  if (!paragraph.label.empty())
    out += "{\\b" + number("cf", kLabel) + " " + escaped(paragraph.label) + "}";
  if (indent > 0 || !paragraph.label.empty()) out += "\\tab";
  out += "{" + std::string(look_of(paragraph.role)) + number("cf", kText) + " ";
  for (const Run& each : paragraph.runs) out += run(each);
  return out + "}\\par\n";
}

// A part whose rules are numbered shows them all.
bool shows_every_rule(const PartText& part) {
  for (const Passage& passage : part.passages)
    for (const Paragraph& each : passage.paragraphs)
      if (each.role == Role::Rule) return !each.label.empty() && each.label[0] <= '9';
  return false;
}

std::string title(const PartText& part) {
  if (part.title.empty()) return "";
  return opening(part.language, 0, 2 * kGapAbove) + "{\\b\\fs32" + number("cf", kText) + " " +
         escaped(part.title) + "}\\par\n";
}

}  // namespace

std::string to_rich_text(const std::vector<PartText>& parts, const Colours& colours) {
  std::string out =
      "{\\rtf1\\ansi\\ansicpg1252\\uc1\\deff0{\\fonttbl{\\f0\\fswiss Segoe UI;}}{\\colortbl;" +
      colour(colours.text) + colour(colours.label) + colour(colours.went) + colour(colours.came) +
      "}\\f0\\fs22\n";
  for (const PartText& part : parts) {
    const bool is_full = shows_every_rule(part);
    out += title(part);
    for (const Passage& passage : part.passages) {
      bool gap = passage.gap;
      for (const Paragraph& each : passage.paragraphs)
        out += paragraph(each, part.language, is_full, std::exchange(gap, false));
    }
  }
  return out + "}";
}

}  // namespace assent::windows
