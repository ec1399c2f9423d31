#pragma once
// A page read back as a person reads it: for tests that hold pages to what they were made from.

#include <string>
#include <string_view>
#include <utility>

namespace assent::web {

inline std::string between(std::string_view text, std::string_view from, std::string_view to) {
  const std::size_t start = text.find(from);
  if (start == text.npos) return {};
  const std::size_t end = text.find(to, start + from.size());
  return std::string{text.substr(start + from.size(), end - start - from.size())};
}

inline void replace_all(std::string& text, std::string_view from, std::string_view to) {
  for (std::size_t at = 0; (at = text.find(from, at)) != text.npos; at += to.size())
    text.replace(at, from.size(), to);
}

// Without elements marked data-furniture.
inline std::string without_furniture(std::string html) {
  constexpr std::string_view kMark = " data-furniture>";
  for (std::size_t at; (at = html.find(kMark)) != html.npos;) {
    const std::size_t open = html.rfind('<', at);
    std::string name = html.substr(open + 1, html.find_first_of(" >", open) - open - 1);
    const std::string close = "</" + name + ">";
    html.erase(open, html.find(close, at) + close.size() - open);
  }
  return html;
}

// The text between the tags: blocks end a word, del and ins do not.
inline std::string text_of_html(std::string html) {
  for (const char* inside : {"<del>", "</del>", "<ins>", "</ins>"}) replace_all(html, inside, "");
  std::string out;
  for (std::size_t at = 0; at < html.size();) {
    if (html[at] != '<') {
      out += html[at++];
      continue;
    }
    out += ' ';
    at = html.find('>', at) + 1;
  }
  constexpr std::pair<std::string_view, std::string_view> kEntities[] = {
      {"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""}, {"&apos;", "'"}, {"&amp;", "&"}};
  for (const auto& [entity, plain] : kEntities) replace_all(out, entity, plain);
  return out;
}

}  // namespace assent::web
