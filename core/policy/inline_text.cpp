#include "core/policy/inline_text.h"

#include <cmark.h>

#include <algorithm>
#include <array>
#include <memory>

#include "core/base/text.h"
#include "core/policy/fault.h"
#include "core/unicode/unicode.h"

namespace assent {
namespace {

bool is_space(char32_t c) {
  constexpr std::array<char32_t, 9> kSpaces = {' ',    '\t',   '\n',   '\r',  0x00A0,
                                               0x1680, 0x202F, 0x205F, 0x3000};
  return std::ranges::find(kSpaces, c) != kSpaces.end() || (c >= 0x2000 && c <= 0x200A);
}

std::string single_spaces(std::string_view text) {
  std::string out;
  bool pending = false;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t start = at;
    if (is_space(next_codepoint(text, at))) {
      pending = true;
      continue;
    }
    if (pending && !out.empty()) out += ' ';
    pending = false;
    out += text.substr(start, at - start);
  }
  return out;
}

bool may_link_to(std::string_view url) {
  const bool known = url.starts_with("https://") || url.starts_with("http://") ||
                     url.starts_with("mailto:") || url.starts_with("tel:");
  return known && url.find_first_of(" <>") == url.npos;
}

class Reader {
 public:
  Reader(cmark_node* block, std::string_view path)
      : path_(path), line_(cmark_node_get_start_line(block)) {}

  Status enter(cmark_node* node) {
    switch (cmark_node_get_type(node)) {
      case CMARK_NODE_TEXT: return add_text(cmark_node_get_literal(node));
      case CMARK_NODE_SOFTBREAK:
      case CMARK_NODE_LINEBREAK: return end_line();
      case CMARK_NODE_LINK: return begin_link(node);
      case CMARK_NODE_IMAGE: return wrong("pictures are not shown: describe it in words");
      case CMARK_NODE_CODE: return wrong("code is not shown: remove the ` marks");
      case CMARK_NODE_HTML_INLINE: return wrong("HTML is not shown: remove the <...>");
      default: return {};  // emphasis, strong, the block itself
    }
  }

  void leave(cmark_node* node) {
    if (cmark_node_get_type(node) != CMARK_NODE_LINK) return;
    const std::string url = cmark_node_get_url(node);
    const std::string words = out_.substr(link_start_);
    // <https://example.org> and <office@example.org> say where they lead already.
    if (words != url && "mailto:" + words != url) out_ += " <" + url + ">";
  }

  Result<std::string> finish() const {
    ASSENT_TRY(std::string text, nfc(single_spaces(out_)));
    if (const Status fine = check_line(text, text.size()); !fine)
      return fault(path_, line_, "the text " + fine.error().message + ": type the words again");
    return text;
  }

 private:
  Failure wrong(std::string_view what) const { return fault(path_, line_, what); }

  Status add_text(std::string_view words) {
    if (words.find('|') != words.npos) return wrong("tables and | are not shown: write a list");
    if (line_began_ && words.starts_with('['))
      return wrong(
          "begins with [ but continues the text above: put an empty line above it, or "
          "begin it with \"- \"");
    line_began_ = false;
    out_ += words;
    return {};
  }

  Status end_line() {
    out_ += '\n';
    ++line_;
    line_began_ = true;
    return {};
  }

  Status begin_link(cmark_node* node) {
    if (!may_link_to(cmark_node_get_url(node)))
      return wrong("a link leads to https://..., mailto:... or tel:...");
    if (std::string_view(cmark_node_get_title(node)) != "")
      return wrong("a link's title is not shown: put the words into the text");
    line_began_ = false;
    link_start_ = out_.size();
    return {};
  }

  std::string_view path_;
  int line_;
  bool line_began_ = false;  // nothing stands yet on a line that is not the first
  std::size_t link_start_ = 0;
  std::string out_;
};

}  // namespace

Result<std::string> inline_text(cmark_node* block, std::string_view path) {
  Reader reader(block, path);
  const std::unique_ptr<cmark_iter, decltype(&cmark_iter_free)> walk(cmark_iter_new(block),
                                                                     &cmark_iter_free);
  for (auto event = cmark_iter_next(walk.get()); event != CMARK_EVENT_DONE;
       event = cmark_iter_next(walk.get())) {
    cmark_node* node = cmark_iter_get_node(walk.get());
    if (event == CMARK_EVENT_EXIT) {
      reader.leave(node);
    } else {
      ASSENT_CHECK(reader.enter(node));
    }
  }
  return reader.finish();
}

}  // namespace assent
