// Slips: how many stand on a sheet, what they say in both kinds, that a guest's text stays text,
// and that no secret is in a code for phones. What a reader and a camera see of the PDF is
// tests/integration/test_slips.py.

#include "core/slip/slip.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "core/slip/qr.h"
#include "core/slip/words.h"

namespace assent {
namespace {

constexpr Time kMade{milliseconds{1'795'000'000'000}};

const SlipPlace kPlace{"Kingsmead School", "Kingsmead-Guest", "https://aup.example.sch.uk/",
                       "Ask IT in room L4."};
const Slip kSlip{"Dr A. Okafor",      "visiting-pupil", "R Ahmed",
                 "22 Nov 2026 15:30", "v-maple-042",    "maple-robin-tunnel-sixpence",
                 "7K4M-2PXQ-93TW"};

std::size_t times(std::string_view text, std::string_view part) {
  std::size_t found = 0;
  for (std::size_t at = text.find(part); at != text.npos; at = text.find(part, at + 1)) ++found;
  return found;
}
std::size_t pages_of(const std::vector<Slip>& slips) {
  return times(slips_as_pdf(kPlace, slips, kMade).value().bytes, "/Type /Page % ");
}
std::string html_of(const Slip& slip, const SlipPlace& place = kPlace) {
  return slips_as_html(place, {slip}).value();
}

TEST(Slips, EightStandOnASheet) {
  EXPECT_EQ(pages_of({1, kSlip}), 1u);
  EXPECT_EQ(pages_of({8, kSlip}), 1u);
  EXPECT_EQ(pages_of({9, kSlip}), 2u);
  EXPECT_EQ(pages_of({17, kSlip}), 3u);
  const std::string html = slips_as_html(kPlace, {9, kSlip}).value();
  EXPECT_EQ(times(html, "<div class=\"sheet\">"), 2u);
  EXPECT_EQ(times(html, "<section class=\"slip\">"), 9u);
}

TEST(Slips, OfTheSameGuestsAndTimeAreTheSameBytes) {
  const auto one = slips_as_pdf(kPlace, {3, kSlip}, kMade).value();
  EXPECT_EQ(one.bytes, slips_as_pdf(kPlace, {3, kSlip}, kMade).value().bytes);
  EXPECT_TRUE(one.bytes.find("20261118110640Z") != std::string::npos);
  EXPECT_NE(one.bytes, slips_as_pdf(kPlace, {3, kSlip}, kMade + seconds{1}).value().bytes);
}

TEST(Slips, SayWhatToDoAndUntilWhen) {
  const std::string html = html_of(kSlip);
  std::size_t at = 0;
  for (const char* said :
       {"<title>Slips for guests of Kingsmead School", "Kingsmead School", "Visiting pupil",
        "Dr A. Okafor", "22 Nov 2026 15:30", "R Ahmed", "<li>Join the Wi-Fi Kingsmead-Guest",
        "<li>Open aup.example.sch.uk<", "<li>Type your code", "7K4M-2PXQ-93TW", "v-maple-042",
        "maple-robin-tunnel-sixpence", "Logging in means reading and accepting our rules.",
        "Ask IT in room L4."}) {
    const std::size_t found = html.find(said, at);
    ASSERT_NE(found, std::string::npos) << said << " is missing, or too early in " << html;
    at = found;
  }
}

TEST(Slips, WhatIsNotThereIsLeftOut) {
  const auto steps = [](const std::string& wifi, const std::string& portal) {
    return words_of({"School", wifi, portal, ""}, kSlip).steps;
  };
  using Steps = std::vector<std::string>;
  EXPECT_EQ(steps("", ""), Steps{"Type your code where it is asked for"});
  EXPECT_EQ(steps("Net", ""),
            (Steps{"Join the Wi-Fi Net", "Wait for the page that opens", "Type your code"}));
  EXPECT_EQ(steps("", "https://a.example"), (Steps{"Open a.example", "Type your code"}));
  EXPECT_TRUE(phone_codes({"School", "", "", ""}).empty());
  const Slip bare{"Guest", "", "", "", "supply01", "", ""};
  EXPECT_TRUE(words_of(kPlace, bare).steps.empty());
  EXPECT_EQ(html_of(bare).find("Words"), std::string::npos);
  EXPECT_TRUE(slips_as_pdf({}, {{}}, kMade));
}

TEST(Slips, AGuestsNameIsNoMarkup) {
  Slip slip = kSlip;
  slip.name = "<script>alert('x')</script> & \"Co\"\n\xE2\x80\xAE";
  const std::string html = html_of(slip);
  EXPECT_EQ(html.find("<script"), std::string::npos);
  EXPECT_NE(html.find("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &amp; &quot;Co&quot;"),
            std::string::npos);
  EXPECT_EQ(html.find("\xE2\x80\xAE"), std::string::npos) << "turns the page around";
  EXPECT_TRUE(slips_as_pdf(kPlace, {slip}, kMade));
}

TEST(Slips, ThePageAsksNobodyForAnything) {
  const std::string html = html_of(kSlip);
  EXPECT_NE(html.find("default-src 'none'"), std::string::npos);
  for (const char* part : {"http:", "https:", "src=", "href=", "url(", "@import"})
    EXPECT_EQ(html.find(part), std::string::npos) << part;
}

TEST(Slips, TellWhoseNameHasLettersThatNoFontHas) {
  Slip unknown = kSlip;
  unknown.name = "\xF4\x8F\xBF\xBD";  // U+10FFFD, which nobody draws
  const auto pdf = slips_as_pdf(kPlace, {kSlip, unknown, kSlip}, kMade).value();
  EXPECT_EQ(pdf.without_letters, std::vector<std::string>{unknown.name});
}

TEST(PhoneCodes, HoldTheNetworkAndThePageAndNothingElse) {
  const auto codes = phone_codes(kPlace);
  ASSERT_EQ(codes.size(), 2u);
  EXPECT_EQ(codes[0].content, "WIFI:T:nopass;S:Kingsmead-Guest;;");
  EXPECT_EQ(codes[1].content, kPlace.portal);
}

TEST(PhoneCodes, EscapeWhatANetworksNameMayHold) {
  EXPECT_EQ(phone_codes({"", R"(a\b;c,d:e"f)", "", ""}).at(0).content,
            R"(WIFI:T:nopass;S:a\\b\;c\,d\:e\"f;;)");
}

TEST(PhoneCodes, AreSquareWithAFinderInThreeCorners) {
  const QrCode code = qr_code("https://aup.example.sch.uk/").value();
  EXPECT_EQ((code.width - 17) % 4, 0);
  const auto has = [&](int x, int y) {
    return std::ranges::any_of(
        code.dark, [&](const DarkRun& run) { return run.y == y && run.x == x && run.width == 7; });
  };
  EXPECT_TRUE(has(0, 0) && has(code.width - 7, 0) && has(0, code.width - 7));
}

TEST(PhoneCodes, ThatAreTooLongAreRefused) {
  SlipPlace place = kPlace;
  place.portal = std::string(4000, 'a');
  EXPECT_EQ(slips_as_pdf(place, {kSlip}, kMade).error().code, Code::Invalid);
  EXPECT_EQ(slips_as_html(place, {kSlip}).error().code, Code::Invalid);
}

}  // namespace
}  // namespace assent
