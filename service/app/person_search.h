#pragma once
// What a search for people means, once for every store: which rows a text finds. The store brings
// the rows; nothing here reads one.

#include <optional>
#include <string>

#include "service/app/ports.h"

namespace assent {

inline constexpr std::size_t kSearchTextMax = 256;  // bytes

// A search text, read every way that it can be meant. Who is named exactly, by login, external id
// or person id, is the whole answer; only when nobody is, names are looked through.
struct SearchTerms {
  std::string external;              // the text as it is
  std::optional<std::string> login;  // canonical, when it can be one
  std::optional<PersonId> id;        // when it is spelled as one
  std::string name;                  // folded for search
};
// Invalid when empty, too long, or not text for one line.
Result<SearchTerms> read_search(const std::string& text);

// True if the person's name contains the words, in any case; the last word may be the form
// instead ("jones 9b").
bool matches_name(const SearchTerms& terms, const std::string& name, const std::string& form);

}  // namespace assent
