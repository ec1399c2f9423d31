#include "core/slip/words.h"

#include <algorithm>
#include <cctype>
#include <string_view>

#include "core/base/text.h"

namespace assent {
namespace {

// "visiting-pupil" as "Visiting pupil".
std::string spoken(std::string_view kind) {
  std::string out = one_line(kind);
  std::ranges::replace(out, '-', ' ');
  if (!out.empty()) out[0] = char(std::toupper(static_cast<unsigned char>(out[0])));
  return out;
}

// As people type it.
std::string typed(std::string_view url) {
  std::string out = one_line(url);
  constexpr std::string_view kScheme = "https://";
  if (out.starts_with(kScheme)) out.erase(0, kScheme.size());
  while (out.ends_with('/')) out.pop_back();
  return out;
}

void add(std::vector<SlipRow>& rows, std::string_view label, std::string_view text) {
  if (!text.empty()) rows.push_back({std::string(label), one_line(text)});
}

std::vector<std::string> steps_at(const SlipPlace& place) {
  std::vector<std::string> out;
  if (!place.wifi.empty()) out.push_back("Join the Wi-Fi " + one_line(place.wifi));
  if (!place.portal.empty())
    out.push_back("Open " + typed(place.portal));
  else if (!place.wifi.empty())
    out.emplace_back("Wait for the page that opens");
  out.emplace_back(out.empty() ? "Type your code where it is asked for" : "Type your code");
  return out;
}

// A network's name in a "WIFI:" code.
std::string escaped(std::string_view name) {
  std::string out;
  for (const char c : name) {
    if (std::string_view("\\;,:\"").find(c) != std::string_view::npos) out += '\\';
    out += c;
  }
  return out;
}

}  // namespace

SlipWords words_of(const SlipPlace& place, const Slip& slip) {
  SlipWords out;
  out.school = one_line(place.school);
  out.kind = spoken(slip.kind);
  out.name = one_line(slip.name);
  add(out.stay, "Until", slip.until);
  add(out.stay, "Host", slip.host);
  if (!slip.voucher.empty()) {
    out.steps = steps_at(place);
    out.code = {"Your code", one_line(slip.voucher)};
  }
  add(out.login, "Account", slip.account);
  add(out.login, "Words", slip.passphrase);
  out.rules = "Logging in means reading and accepting our rules.";
  out.help = one_line(place.help);
  return out;
}

std::string sheet_title(const SlipPlace& place) {
  return "Slips for guests of " + one_line(place.school);
}

std::vector<SlipCode> phone_codes(const SlipPlace& place) {
  std::vector<SlipCode> out;
  if (!place.wifi.empty())
    out.push_back({"Wi-Fi", "WIFI:T:nopass;S:" + escaped(place.wifi) + ";;"});
  if (!place.portal.empty()) out.push_back({"Page", place.portal});
  return out;
}

}  // namespace assent
