#pragma once
// Text into lines by cells, and lines into pages. Knows nothing of policies: pages.cpp says what
// stands where.

#include <string>
#include <string_view>
#include <vector>

#include "core/presentation/furniture.h"
#include "core/presentation/pages.h"

namespace assent {

// Lines that stay on one page where they fit on one.
struct Block {
  std::vector<std::string> lines;
  bool gap = false;    // an empty line before it, where pages have room for such
  bool title = false;  // none even below a page's first line
};

class Layout {
 public:
  explicit Layout(const PageStyle& style);

  // Begins a page with `title` at the left of its first line.
  void begin(std::string_view title);
  // `text` in lines that begin `indent` cells behind the margin, the first one with `label` to
  // the left of it. A paragraph separator breaks a line.
  void text(Block& block, std::string_view text, int indent = 0, std::string_view label = {}) const;
  // A line as it is, behind the margin, with `label` as above.
  void line(Block& block, std::string_view text, int indent, std::string_view label) const;
  void add(Block block);

  std::vector<std::string> take(const Furniture& words);

 private:
  struct Page {
    std::string title;
    std::vector<std::string> lines;
    std::size_t bytes;
  };
  Page empty_page() const;
  bool wants_gap(const Page& page, const Block& block) const;
  bool fits(const Page& page, const Block& block) const;
  void put(std::string line);
  std::size_t line_bytes(int indent) const;
  std::string render(const Page& page, const std::string& number) const;

  PageStyle style_;
  std::vector<Page> pages_;
};

}  // namespace assent
