#pragma once
// Which words of a changed rule went and which came. Marks travel beside the document, never in
// it: a screen that finds them wrong shows old and new text whole.

#include <cstdint>
#include <string_view>
#include <vector>

#include "core/base/result.h"

namespace assent {

struct Mark {
  enum class Kind : std::uint8_t { Keep, Delete, Insert };
  Kind kind;
  std::uint32_t bytes;  // of old (Keep, Delete) or new text (Insert); never 0
  friend bool operator==(const Mark&, const Mark&) = default;
};

// By words: the shortest script, but that white space alone between two changes joins them.
// Neighbours of one kind are joined, and what went stands before what came. Texts that are not
// UTF-8, or more than some 200 words of which lie between the first change and the last, are marked
// whole there: one Delete and one Insert. At most some 20 ms and 10 MB.
std::vector<Mark> mark_words(std::string_view old_text, std::string_view new_text);

// True if keep + delete spells `old_text` and keep + insert spells `new_text`, and no mark cuts
// through a code point.
bool marks_fit(const std::vector<Mark>& marks, std::string_view old_text,
               std::string_view new_text);

// True if `text` holds a letter or a digit; every byte beyond ASCII is taken for one.
bool has_word(std::string_view text);

}  // namespace assent
