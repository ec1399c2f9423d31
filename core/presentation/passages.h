#pragma once
// A document as a person reads it: its texts in its order, each with its label, and which words of
// a changed rule went or came. What every screen lays out: pages of a terminal, or a window.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/presentation/document.h"
#include "core/presentation/marks.h"

namespace assent {

struct Run {
  std::string text;  // U+2029 parts its paragraphs
  Mark::Kind kind = Mark::Kind::Keep;
};

struct Paragraph {
  enum class Role : std::uint8_t { Why, Section, Rule, Was, Now, Same, Help, Ask };
  Role role;
  std::string label;  // from the closed list of docs/presentation.md, or a rule's number; or empty
  std::vector<Run> runs;
};

struct Passage {  // what belongs together, such as a heading and the rule under it
  bool gap;       // stands apart from what is above
  std::vector<Paragraph> paragraphs;
};

struct PartText {
  std::string language;  // BCP 47
  std::string title;
  std::vector<Passage> passages;
};

// marks[i] belongs to the i-th Changed rule, counted over all parts. Missing or unfit ones, and
// those of texts that share no word, leave old and new text in one Run each.
std::vector<PartText> to_passages(const Document& document,
                                  const std::vector<std::vector<Mark>>& marks);

}  // namespace assent
