// A page for a browser. What a browser would take for markup is escaped in one place, escaped().

#include <string_view>

#include "core/base/text.h"
#include "core/slip/qr.h"
#include "core/slip/words.h"

namespace assent {
namespace {

// On paper each sheet is one page, and slips stand where they stand in the PDF; on a narrow screen
// they stand below each other. The policy lets the page load nothing and run nothing.
constexpr std::string_view kHead = R"html(<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<style>
@page { size: A4; margin: 0 }
* { box-sizing: border-box }
body { margin: 0; background: #fff; color: #000;
  font: 9pt/1.3 "Noto Sans", "DejaVu Sans", sans-serif }
main { width: 210mm; max-width: 100% }
.sheet { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(105mm, 100%), 1fr)) }
.slip { padding: 4.5mm 7mm 0; min-height: 74.2mm; border: dashed #808080;
  border-width: 0 1px 1px 0; break-inside: avoid; overflow: hidden; overflow-wrap: anywhere }
.top { display: flex; justify-content: space-between; gap: 3mm; margin: 0; font-size: 8pt;
  color: #444 }
h2 { font-size: 14pt; line-height: 1.25; margin: 0; text-align: left }
h2.long { font-size: 8.5pt }
dl { margin: 0 }
dl > div { display: flex; gap: 2mm; align-items: baseline }
dt { color: #444; font-size: 7.5pt; min-width: 7mm }
dd { margin: 0; font-weight: bold }
.stay { display: flex; flex-wrap: wrap; column-gap: 6mm }
.login dt { min-width: 11mm }
.do { display: flex; flex-wrap: wrap; gap: 1mm 5mm; margin-top: 1.4mm }
ol { flex: 1 1 34mm; min-width: 0; margin: 0; padding-left: 5mm; line-height: 1.25 }
figure { margin: 0; text-align: center; font-size: 7.5pt; width: 18.5mm }
svg { display: block; width: 18.5mm; height: 18.5mm; margin-bottom: .6mm }
.code { border: 1pt solid; margin: 1.2mm 0 .8mm; padding: 0 2.5mm; display: flex; flex-wrap: wrap;
  align-items: center; justify-content: space-between }
.code b, .login dd { font-family: "DejaVu Sans Mono", "Noto Sans Mono", monospace }
.code b { font-size: 20pt; line-height: 1.25; white-space: nowrap }
.end { margin: .8mm 0 0; font-size: 7pt; line-height: 1.25 }
@media print {
  .sheet { grid-template: repeat(4, 74.2mm) / repeat(2, 105mm); height: 296.8mm; overflow: hidden }
  .sheet + .sheet { break-before: page }
  .slip:nth-child(2n) { border-right: 0 }
  .slip:nth-child(n + 7) { border-bottom: 0 }
  h2 { max-height: 6.5mm; overflow: hidden }
  h2.long { max-height: 7.6mm }
  .stay { flex-wrap: nowrap }
  .stay > div { min-width: 0; white-space: nowrap; overflow: hidden }
  .stay > :first-child { flex: none }
  .do { max-height: 24.2mm; overflow: hidden }
}
</style>
)html";

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '&')
      out += "&amp;";
    else if (c == '<')
      out += "&lt;";
    else if (c == '>')
      out += "&gt;";
    else if (c == '"')
      out += "&quot;";
    else if (c == '\'')
      out += "&#39;";
    else
      out += c;
  }
  return out;
}

// Whatever the direction of its letters, they stay within it.
std::string apart(std::string_view text) {
  return "<bdi>" + escaped(text) + "</bdi>";
}

// A long address goes on below after a slash.
std::string step_text(std::string_view step) {
  std::string out;
  for (const char c : escaped(step)) out += c == '/' ? std::string("/<wbr>") : std::string(1, c);
  return out;
}

Result<std::string> figure(const SlipCode& code) {
  ASSENT_TRY(const QrCode made, qr_code(code.content));
  const std::string side = std::to_string(made.width);
  std::string out = "<figure><svg role=\"img\" aria-label=\"QR code: " + escaped(code.caption) +
                    "\" viewBox=\"0 0 " + side + " " + side +
                    "\" shape-rendering=\"crispEdges\"><path d=\"";
  for (const DarkRun& run : made.dark)
    out += "M" + std::to_string(run.x) + " " + std::to_string(run.y) + "h" +
           std::to_string(run.width) + "v1h-" + std::to_string(run.width) + "z";
  return out + "\"/></svg><figcaption>" + escaped(code.caption) + "</figcaption></figure>\n";
}

std::string rows(std::string_view kind, const std::vector<SlipRow>& rows) {
  std::string out = "<dl class=\"" + std::string(kind) + "\">";
  for (const SlipRow& row : rows)
    out += "<div><dt>" + escaped(row.label) + "</dt><dd>" + apart(row.text) + "</dd></div>";
  return out + "</dl>\n";
}

// In letters that let it fit on two lines.
std::string heading(const std::string& name) {
  constexpr std::size_t kLong = 34;
  std::size_t letters = 0;
  for_each_codepoint(name, [&](char32_t) { ++letters; });
  return std::string(letters > kLong ? "<h2 class=\"long\">" : "<h2>") + apart(name) + "</h2>\n";
}

std::string section(const SlipWords& words, const std::string& figures) {
  std::string out = "<section class=\"slip\">\n<p class=\"top\"><b>" + apart(words.school) +
                    "</b><span>" + apart(words.kind) + "</span></p>\n" + heading(words.name) +
                    rows("stay", words.stay) + "<div class=\"do\"><ol>";
  for (const std::string& step : words.steps) out += "<li>" + step_text(step) + "</li>";
  out += "</ol>\n" + figures + "</div>\n";
  if (!words.code.text.empty())
    out += "<p class=\"code\"><span>" + escaped(words.code.label) + "</span> <b>" +
           escaped(words.code.text) + "</b></p>\n";
  out += rows("login", words.login) + "<p class=\"end\"><b>" + escaped(words.rules) + "</b>";
  if (!words.help.empty()) out += "<br>" + apart(words.help);
  return out + "</p>\n</section>\n";
}

}  // namespace

Result<std::string> slips_as_html(const SlipPlace& place, const std::vector<Slip>& slips) {
  std::string figures;
  for (const SlipCode& code : phone_codes(place)) {
    ASSENT_TRY(const std::string drawn, figure(code));
    figures += drawn;
  }
  const std::string title = escaped(sheet_title(place));
  std::string out(kHead);
  out += "<title>" + title + "</title>\n</head>\n<body>\n<main aria-label=\"" + title + "\">\n";
  for (std::size_t i = 0; i < slips.size(); ++i) {
    if (i % SlipLimits::kOnSheet == 0)
      out += std::string(i ? "</div>\n" : "") + "<div class=\"sheet\">\n";
    out += section(words_of(place, slips[i]), figures);
  }
  return out + (slips.empty() ? "" : "</div>\n") + "</main>\n</body>\n</html>\n";
}

}  // namespace assent
