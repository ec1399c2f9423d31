#pragma once
// Whole reads over pages and ranges of values: everything, or an error. Never a part, because who
// is missing from a part would be taken for gone.

#include <functional>

#include "service/directory/directory.h"

namespace assent::directory {

struct ReadingLimits {
  static constexpr std::size_t kEntries = 1'000'000;  // of one search
  static constexpr std::size_t kPages = 20'000;
  static constexpr std::size_t kValues = 1'000'000;  // of one attribute
};

// Calls `each` for every entry found, each with all of its values. What it gave counts only when
// this returns well. An error of `each` ends it.
Status search_all(Directory& directory, const Search& search,
                  const std::function<Status(Entry)>& each);

// The entries of a search that finds few.
Result<std::vector<Entry>> find_all(Directory& directory, const Search& search);

// One entry, whole. NotFound if there is none, or it is hidden from this account.
Result<Entry> read_entry(Directory& directory, const std::string& dn,
                         const std::vector<std::string>& attributes, bool extended_names = false);

}  // namespace assent::directory
