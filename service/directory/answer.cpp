#include "service/directory/answer.h"

#include <algorithm>
#include <array>
#include <optional>

#include "core/base/letters.h"
#include "core/base/text.h"

namespace assent::directory {
namespace {

struct Meaning {
  int code;
  Code for_caller;
  std::string_view words;
};

constexpr std::array kMeanings = std::to_array<Meaning>({
    {kServerDown, Code::Unavailable, "the server cannot be reached, or ended the connection"},
    {kTimedOut, Code::Unavailable, "no answer in time"},
    {kConnectError, Code::Unavailable, "no secure connection: look at its certificate"},
    {-7, Code::Invalid, "the filter is malformed"},
    {3, Code::Unavailable, "the server's time limit was reached"},
    {4, Code::Unavailable, "the server gave only a part: raise its size limit for this account"},
    {7, Code::Denied, "the server does not know simple sign-in"},
    {8, Code::Denied, "the server wants TLS before signing in"},
    {9, Code::Unavailable, "the server gave only a part"},
    {10, Code::NotFound, "another server holds this name, and referrals are not followed"},
    {11, Code::Unavailable, "a limit of the server was reached"},
    {12, Code::Invalid, "the server lacks an extension that is needed"},
    {13, Code::Denied, "the server wants TLS"},
    {16, Code::NotFound, "it has no such value"},
    {17, Code::Invalid, "the server's schema has no such attribute"},
    {18, Code::Invalid, "the attribute cannot be compared like this"},
    {19, Code::Invalid, "the value breaks a rule of the server, such as one about passwords"},
    {20, Code::Conflict, "it has this value already"},
    {21, Code::Invalid, "the value has the wrong form"},
    {32, Code::NotFound, "there is no such entry"},
    {34, Code::Invalid, "this is no distinguished name"},
    {48, Code::Denied, "this account may not sign in like this"},
    {49, Code::Denied, "the name or the password is wrong"},
    {50, Code::Denied, "this account may not do that"},
    {51, Code::Unavailable, "the server is busy"},
    {52, Code::Unavailable, "the server is shutting down or starting"},
    {53, Code::Denied, "the server refuses it"},
    {64, Code::Invalid, "the name does not fit its place"},
    {65, Code::Invalid, "the entry would lack or have too much of something"},
    {66, Code::Conflict, "there are entries below it"},
    {68, Code::Conflict, "it is there already"},
});

struct SubCode {
  std::string_view code, words;
};
constexpr std::array kSubCodes = std::to_array<SubCode>({
    {"525", "there is no such account"},
    {"52e", "the password is wrong"},
    {"530", "the account may not sign in at this hour"},
    {"531", "the account may not sign in from this machine"},
    {"532", "the password has expired"},
    {"533", "the account is disabled"},
    {"701", "the account has expired"},
    {"773", "the password must be changed first"},
    {"775", "the account is locked"},
});

const Meaning* meaning_of(int code) {
  const auto* at = std::ranges::find(kMeanings, code, &Meaning::code);
  return at == kMeanings.end() ? nullptr : at;
}

std::string_view words_of(int code, const std::string& sub_code) {
  const auto* sub = std::ranges::find(kSubCodes, sub_code, &SubCode::code);
  if (code == 49 && sub != kSubCodes.end()) return sub->words;
  const Meaning* meaning = meaning_of(code);
  return meaning ? meaning->words : "it failed";
}

bool is_hexadecimal(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

}  // namespace

Code code_of(int ldap_code) {
  const Meaning* meaning = meaning_of(ldap_code);
  return meaning ? meaning->for_caller : Code::Unavailable;
}

std::string sub_code_of(std::string_view said) {
  constexpr std::string_view kData = "data ";
  const std::size_t at = said.find(kData);
  if (at == said.npos) return "";
  std::string out;
  for (const char c : said.substr(at + kData.size())) {
    if (!is_hexadecimal(c)) break;
    out += c;
  }
  return lower(out);
}

Error error_of(const Answer& answer, const std::string& doing) {
  const std::string sub_code = answer.code == 49 ? sub_code_of(answer.said) : "";
  std::string out = doing + ": " + std::string(words_of(answer.code, sub_code));
  if (answer.code > 0) {
    out += " (LDAP " + std::to_string(answer.code);
    if (!answer.said.empty()) out += ": " + one_line(answer.said);
    out += ")";
  }
  return {code_of(answer.code), std::move(out)};
}

Status status_of(const Answer& answer, const std::string& doing) {
  if (answer.is_good()) return {};
  return fail(error_of(answer, doing));
}

}  // namespace assent::directory
