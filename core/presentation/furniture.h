#pragma once
// The closed list of words that pages add to a document's own, by language. A label is always
// followed by two spaces, which no text of a document holds: so words() can tell them apart.

#include <cstdint>
#include <string>
#include <string_view>

namespace assent {

struct Furniture {
  std::string_view language;  // primary subtag
  std::string_view added, changed, removed, same, was, now, why;
  std::string_view page, of;      // "Page 1 of 2"
  std::string_view other_one;     // the line after `same`, for one rule
  std::string_view other_before;  // for more: before and after their number
  std::string_view other_after;
};

inline constexpr std::string_view kGoesOn = "..";  // the word of the line above goes on
inline constexpr char kMark = '*';
inline constexpr std::size_t kPageGap = 4;      // least spaces between a title and "Page 1 of 2"
inline constexpr std::size_t kPageIndent = 20;  // least spaces before it where no title stands

// The words for a BCP 47 language; English where there are none.
const Furniture& furniture_for(std::string_view language);
// "Page 1 of 2".
std::string page_number(const Furniture& words, std::size_t page, std::size_t of);
// "The other 21 rules are the same as when you signed."
std::string others_same(const Furniture& words, std::uint32_t count);

}  // namespace assent
