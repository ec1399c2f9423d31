#pragma once
// Slips that guests are handed: several on each sheet of A4, as PDF and as a page for a browser, in
// the same words. What is printed is given; nothing here decides about guests. No secret is ever in
// a QR code: those are made from SlipPlace, which holds none.

#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/base/time.h"

namespace assent {

// What is alike on all slips of a school.
struct SlipPlace {
  std::string school;
  std::string wifi;    // name of the network that guests join; empty: slips do not speak of one
  std::string portal;  // URL of the page that asks for the code; empty: the network leads there
  std::string help;    // whom to talk to, one line; may be empty
};

// One guest's. A text that is empty is left out.
struct Slip {
  std::string name, kind, host;
  std::string until;  // as people read it
  std::string account, passphrase, voucher;
};

struct SlipLimits {
  static constexpr std::size_t kAcross = 2, kDown = 4, kOnSheet = kAcross * kDown;
};

struct SlipPdf {
  std::string bytes;
  std::vector<std::string> without_letters;  // names of which no font here has every letter
};

// Sheets of A4 with lines to cut along. `made` is the document's own date: the same slips and the
// same time give the same bytes on the same machine. Invalid for a Wi-Fi name or a URL that fits in
// no QR code; Unavailable without the fonts' or the drawing library's help.
Result<SlipPdf> slips_as_pdf(const SlipPlace& place, const std::vector<Slip>& slips, Time made);

// One page that needs nothing else: no script, no other file, no request. It prints as the PDF
// does.
Result<std::string> slips_as_html(const SlipPlace& place, const std::vector<Slip>& slips);

}  // namespace assent
