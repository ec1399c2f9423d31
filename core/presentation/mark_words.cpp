// The word-level difference, by dtl (the only file that sees it). Words are the texts' own: a word
// is never cut, and a grapheme never parted.

#include "core/presentation/marks.h"

#include <algorithm>
#include <dtl/dtl.hpp>

#include "core/base/text.h"
#include "core/unicode/unicode.h"

namespace assent {
namespace {

using Kind = Mark::Kind;
using Tokens = std::vector<std::string_view>;

// dtl's time and memory grow with the product of length and difference. This many tokens between
// the first and the last change (about 200 words) cost at most some 20 ms and 10 MB.
constexpr std::size_t kMostTokens = 400;

enum class Sort { Word, Space, Sign };

Sort sort_of(std::string_view grapheme) {
  std::size_t at = 0;
  const char32_t c = next_codepoint(grapheme, at);
  if (c == ' ' || c == 0x2029) return Sort::Space;
  const bool letter = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
  const bool sign = c < 0xC0 || (c >= 0x2010 && c <= 0x2027) || (c >= 0x3000 && c <= 0x303F);
  return letter || !sign || c == '\'' ? Sort::Word : Sort::Sign;
}

Tokens tokens_of(std::string_view text) {
  if (!is_utf8(text)) return {text};
  Tokens tokens;
  Sort last = Sort::Sign;
  for (const Grapheme& each : graphemes(text)) {
    const Sort sort = sort_of(each.text);
    if (tokens.empty() || sort != last || sort == Sort::Sign)
      tokens.push_back(each.text);
    else
      tokens.back() = {tokens.back().data(), tokens.back().size() + each.text.size()};
    last = sort;
  }
  return tokens;
}

bool is_space(std::string_view token) {
  return sort_of(token) == Sort::Space;
}

// Gathers tokens into marks; a change ends where a kept word begins.
class Script {
 public:
  void gone(std::string_view token) { join_spaces(), gone_ += token.size(); }
  void came(std::string_view token) { join_spaces(), came_ += token.size(); }
  void kept(std::string_view token) {
    const bool changing = gone_ + came_ > 0;
    if (changing && is_space(token) && spaces_ == 0) {
      spaces_ = token.size();
      return;
    }
    if (changing) flush();
    kept_ += token.size();
  }
  std::vector<Mark> take() {
    flush();
    put(Kind::Keep, kept_);
    return std::move(marks_);
  }

 private:
  void join_spaces() {
    if (gone_ + came_ == 0) put(Kind::Keep, std::exchange(kept_, 0));
    gone_ += spaces_;
    came_ += std::exchange(spaces_, 0);
  }
  void flush() {
    put(Kind::Delete, std::exchange(gone_, 0));
    put(Kind::Insert, std::exchange(came_, 0));
    kept_ += std::exchange(spaces_, 0);
  }
  void put(Kind kind, std::size_t bytes) {
    if (bytes > 0) marks_.push_back({kind, static_cast<std::uint32_t>(bytes)});
  }

  std::vector<Mark> marks_;
  std::size_t kept_ = 0, gone_ = 0, came_ = 0, spaces_ = 0;
};

Tokens middle(const Tokens& tokens, std::size_t head, std::size_t tail) {
  return {tokens.begin() + std::ptrdiff_t(head), tokens.end() - std::ptrdiff_t(tail)};
}

void compare(Script& script, const Tokens& before, const Tokens& after) {
  if (before.size() > kMostTokens || after.size() > kMostTokens) {
    for (const auto& token : before) script.gone(token);
    for (const auto& token : after) script.came(token);
    return;
  }
  dtl::Diff<std::string_view, Tokens> diff(before, after);
  diff.compose();
  for (const auto& [token, info] : diff.getSes().getSequence()) {
    if (info.type == dtl::SES_DELETE)
      script.gone(token);
    else if (info.type == dtl::SES_ADD)
      script.came(token);
    else
      script.kept(token);
  }
}

}  // namespace

std::vector<Mark> mark_words(std::string_view old_text, std::string_view new_text) {
  const Tokens before = tokens_of(old_text), after = tokens_of(new_text);
  const auto [old_at, new_at] = std::ranges::mismatch(before, after);
  const auto head = std::size_t(old_at - before.begin());
  const std::size_t most = std::min(before.size(), after.size()) - head;
  std::size_t tail = 0;
  while (tail < most &&
         before.rbegin()[std::ptrdiff_t(tail)] == after.rbegin()[std::ptrdiff_t(tail)])
    ++tail;
  Script script;
  for (std::size_t i = 0; i < head; ++i) script.kept(before[i]);
  compare(script, middle(before, head, tail), middle(after, head, tail));
  for (std::size_t i = before.size() - tail; i < before.size(); ++i) script.kept(before[i]);
  return script.take();
}

}  // namespace assent
