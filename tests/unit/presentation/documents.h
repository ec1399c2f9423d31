#pragma once
// A small document for the tests of this layer, and what is in any of them.

#include "core/presentation/document.h"
#include "core/presentation/marks.h"

namespace assent::test {

inline Document small_document() {
  DocumentPart part;
  part.policy = "student";
  part.from = 1;
  part.to = 3;
  part.mode = "acknowledge";
  part.kind = Kind::Amendment;
  part.title = "Computer rules";
  part.ask = "Logging in means you accept this change.";
  part.unchanged = 2;
  using Change = DocumentRule::Change;
  part.rules = {{"ai.tools", Change::Added, "AI tools", "", "I say where I used it."},
                {"pass", Change::Changed, "Passwords", "I keep it secret.", "I keep mine secret."},
                {"disks", Change::Removed, "", "I scan my floppy disks.", ""}};
  return {"en-GB", "std", {part}};
}

inline std::vector<std::vector<Mark>> marks_of(const Document& document) {
  std::vector<std::vector<Mark>> marks;
  for (const auto& part : document.parts)
    for (const auto& rule : part.rules)
      if (rule.change == DocumentRule::Change::Changed)
        marks.push_back(mark_words(rule.old_text, rule.new_text));
  return marks;
}

// Every text that a person is to see, in the document's order.
inline std::vector<std::string> texts_of(const Document& document) {
  std::vector<std::string> texts;
  for (const auto& part : document.parts) {
    texts.insert(texts.end(), {part.title, part.why});
    for (const auto& rule : part.rules)
      texts.insert(texts.end(), {rule.section, rule.old_text, rule.new_text});
    texts.insert(texts.end(), {part.help, part.ask});
  }
  return texts;
}

}  // namespace assent::test
