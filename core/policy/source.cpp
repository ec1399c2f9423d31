#include "core/policy/source.h"

#include "core/base/text.h"
#include "core/policy/fault.h"
#include "core/policy/policy.h"

namespace assent {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

bool is_allowed(char32_t c, std::string_view rest) {
  if (c == '\r') return rest.starts_with('\n');  // lines may end as Windows ends them
  return c != 0xFFFFFFFF && !is_unsafe(c);
}

Status check_characters(std::string_view text, std::string_view path) {
  int line = 1;
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = next_codepoint(text, at);
    if (!is_allowed(c, text.substr(at)))
      return fault(path, line,
                   "holds a character that cannot be shown (a control or text-direction "
                   "character, or not UTF-8): delete it and type the words again");
    line += c == '\n';
  }
  return {};
}

// True if `text`, which begins with '[', reads "[label]:". Such a line defines a link and would
// vanish from the page.
bool is_link_definition(std::string_view text) {
  constexpr std::size_t kLongestLabel = 1000;  // CommonMark allows 999 characters
  for (std::size_t at = 1; at < text.size() && at <= 4 * kLongestLabel; ++at) {
    if (text[at] == '\\') {
      ++at;
    } else if (text[at] == ']') {
      return text.substr(at + 1).starts_with(':');
    }
  }
  return false;
}

Status check_definitions(std::string_view text, std::string_view path) {
  int line = 1;
  for (std::size_t start = 0; start < text.size(); ++line) {
    const std::size_t mark = text.find_first_not_of(" \t>-*+", start);
    if (mark != text.npos && text[mark] == '[' && is_link_definition(text.substr(mark)))
      return fault(path, line,
                   "a line that begins with [words]: is a link definition and would not be "
                   "shown: remove the colon, or write a link as [words](https://...)");
    const std::size_t end = text.find('\n', start);
    if (end == text.npos) break;
    start = end + 1;
  }
  return {};
}

}  // namespace

Result<std::string_view> check_source(std::string_view markdown, std::string_view path) {
  if (markdown.size() > PolicyLimits::kFile)
    return fault(path, 1, "the file is longer than 128 KiB: shorten it");
  if (markdown.starts_with(kByteOrderMark)) markdown.remove_prefix(kByteOrderMark.size());
  ASSENT_CHECK(check_characters(markdown, path));
  ASSENT_CHECK(check_definitions(markdown, path));
  return markdown;
}

}  // namespace assent
