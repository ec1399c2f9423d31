#pragma once
// Forgiving names: the word that was probably meant.

#include <string>
#include <string_view>
#include <vector>

namespace assent::cli {

// The candidate nearest to `word`: one that it begins, or at most a third of it away by letters
// added, lost, changed or swapped. Empty when nothing is near, or two are equally near.
std::string nearest(std::string_view word, const std::vector<std::string>& candidates);
// " Did you mean \"publish\"?", or nothing.
std::string did_you_mean(std::string_view word, const std::vector<std::string>& candidates);

}  // namespace assent::cli
