#pragma once
// Arbitrary documents, for rapidcheck.

#include <rapidcheck.h>

#include "tests/unit/presentation/documents.h"

namespace assent::test {

// Words that look like everything that a screen adds, and some that are hard to lay out.
inline rc::Gen<std::string> any_word() {
  return rc::gen::weightedOneOf<std::string>(
      {{8, rc::gen::nonEmpty(rc::gen::container<std::string>(rc::gen::inRange('a', 'f')))},
       {4, rc::gen::element<std::string>("NEW", "CHANGED", "SAME", "was", "now", "why", "Page", "1",
                                         "of", "2", "..", "*", "*a*", "[-x-]", "don't", "e.g.")},
       {2, rc::gen::element<std::string>("ŵyna", "日本語", "👩‍👩‍👧", "naïve",
                                         "a\xC2\xA0"
                                         "b",
                                         "—")},
       {1, rc::gen::map(rc::gen::inRange(60, 700), [](int n) { return std::string(n, 'x'); })}});
}

inline rc::Gen<std::string> any_text(int most = 40) {
  const auto words = rc::gen::mapcat(rc::gen::inRange(1, most), [](int n) {
    return rc::gen::container<std::vector<std::string>>(std::size_t(n), any_word());
  });
  return rc::gen::map(words, [](const std::vector<std::string>& all) {
    std::string text;
    for (std::size_t i = 0; i < all.size() && text.size() + all[i].size() < 4000; ++i)
      text += (i == 0 ? "" : all[i].size() == 3 ? "\xE2\x80\xA9" : " ") + all[i];
    return text;
  });
}

inline DocumentRule any_rule(Kind kind, std::size_t number) {
  using Change = DocumentRule::Change;
  DocumentRule rule;
  rule.id = "r" + std::to_string(number);
  rule.change = kind == Kind::Full
                    ? Change::Full
                    : *rc::gen::element(Change::Added, Change::Changed, Change::Removed);
  if (*rc::gen::arbitrary<bool>()) rule.section = *any_text(4) + " " + std::to_string(number);
  if (rule.change == Change::Changed || rule.change == Change::Removed) rule.old_text = *any_text();
  if (rule.change != Change::Removed) rule.new_text = *any_text();
  return rule;
}

inline DocumentPart any_part(std::size_t number) {
  DocumentPart part;
  part.policy = "p" + std::to_string(number);
  part.from = 3;
  part.to = 7;
  part.mode = *rc::gen::element<std::string>("agree", "acknowledge");
  part.kind = *rc::gen::element(Kind::Full, Kind::Amendment);
  if (number > 0 && *rc::gen::arbitrary<bool>()) part.language = "cy", part.style = "ks2";
  part.title = *any_text(30);
  if (*rc::gen::arbitrary<bool>()) part.why = *any_text();
  if (*rc::gen::arbitrary<bool>()) part.help = *any_text();
  part.ask = *any_text();
  if (part.kind == Kind::Amendment) part.unchanged = *rc::gen::inRange(0u, 40u);
  for (std::size_t i = *rc::gen::inRange<std::size_t>(0, 6); i > 0; --i)
    part.rules.push_back(any_rule(part.kind, i));
  return part;
}

// Laid out whole it may be longer than a document may be; each text is within its limit.
inline Document any_document() {
  Document document{*rc::gen::element<std::string>("en-GB", "cy", "fr"), "std", {}};
  for (std::size_t i = 0, n = *rc::gen::inRange<std::size_t>(1, 4); i < n; ++i)
    document.parts.push_back(any_part(i));
  return document;
}

}  // namespace assent::test
