#pragma once
// The few kinds of Markdown that a policy may hold, as a flat list of plain texts. What the texts
// mean is rendition.cpp's subject. docs/policy-format.md is the reference.

#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"

namespace assent {

struct MarkdownBlock {
  enum class Kind { Title, Section, Note, Rule };
  Kind kind;
  int line;          // where it begins, from 1
  std::string tag;   // of a note or a rule: what stands between [ and ], not checked
  std::string text;  // plain, NFC, one line; a rule's paragraphs are parted by U+2029
};

// Invalid, with `path` and line, on anything that not every screen can show: raw HTML, images,
// code, tables, numbered lists, link definitions, control characters, over PolicyLimits.
Result<std::vector<MarkdownBlock>> read_blocks(std::string_view markdown, std::string_view path);

}  // namespace assent
