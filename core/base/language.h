#pragma once
// What is read from a language's tag (BCP 47, RFC 5646), which has no case.

#include <algorithm>

#include "core/base/letters.h"

namespace assent {

// "cy" of "cy-GB" and of "CY".
inline std::string primary_subtag(std::string_view language) {
  return lower(language.substr(0, language.find('-')));
}

// "latn" of "ur-Latn-PK"; empty where the tag names no script.
inline std::string script_subtag(std::string_view language) {
  constexpr std::size_t kScript = 4;  // letters; a region has fewer
  const std::size_t dash = language.find('-');
  if (dash == language.npos) return "";
  language.remove_prefix(dash + 1);
  const std::string next = primary_subtag(language);
  const bool is_script = next.size() == kScript && next[0] >= 'a' && next[0] <= 'z';
  return is_script ? next : "";
}

// Whether it is written from right to left: by its script, else as most who write it do.
inline bool is_right_to_left(std::string_view language) {
  constexpr std::string_view kScripts[] = {"arab", "hebr", "syrc", "thaa"};
  constexpr std::string_view kLanguages[] = {"ar", "ckb", "dv", "fa", "he", "ps",
                                             "sd", "syr", "ug", "ur", "yi"};
  const std::string script = script_subtag(language);
  if (!script.empty()) return std::ranges::find(kScripts, script) != std::end(kScripts);
  return std::ranges::find(kLanguages, primary_subtag(language)) != std::end(kLanguages);
}

}  // namespace assent
