#include "core/presentation/passages.h"

#include <algorithm>
#include <utility>

#include "core/presentation/furniture.h"

namespace assent {
namespace {

using Change = DocumentRule::Change;
using Marks = std::vector<Mark>;
using Role = Paragraph::Role;

// One side of a changed rule: `ours` (Delete or Insert) is what that side does not share. Where
// nothing is shared, a mark around everything would say nothing.
std::vector<Run> marked(std::string_view text, const Marks& marks, Mark::Kind ours) {
  std::vector<Run> runs;
  std::size_t at = 0;
  bool shares_words = false;
  for (const Mark& mark : marks) {
    if (mark.kind != ours && mark.kind != Mark::Kind::Keep) continue;
    const std::string_view span = text.substr(at, mark.bytes);
    at += mark.bytes;
    runs.push_back({std::string(span), mark.kind});
    shares_words = shares_words || (mark.kind == Mark::Kind::Keep && has_word(span));
  }
  if (!shares_words) return {{std::string(text)}};
  return runs;
}

class Composer {
 public:
  explicit Composer(const std::vector<Marks>& marks) : marks_(marks) {}

  PartText part(const DocumentPart& part, const std::string& language) {
    out_ = {language, part.title, {}};
    words_ = &furniture_for(language);
    alone(Role::Why, words_->why, part.why);
    if (part.kind == Kind::Full)
      full(part);
    else
      amendment(part);
    alone(Role::Help, {}, part.help);
    alone(Role::Ask, {}, part.ask);
    return std::move(out_);
  }

 private:
  static Paragraph plain(Role role, std::string_view label, std::string_view text) {
    return {role, std::string(label), {{std::string(text)}}};
  }

  void full(const DocumentPart& part) {
    for (std::size_t i = 0; i < part.rules.size(); ++i) {
      const DocumentRule& rule = part.rules[i];
      Passage passage{!rule.section.empty(), {}};
      if (!rule.section.empty())
        passage.paragraphs.push_back(plain(Role::Section, {}, rule.section));
      passage.paragraphs.push_back(plain(Role::Rule, std::to_string(i + 1), rule.new_text));
      out_.passages.push_back(std::move(passage));
    }
  }

  void amendment(const DocumentPart& part) {
    for (const DocumentRule& rule : part.rules) {
      if (rule.change == Change::Changed)
        changed(rule);
      else if (rule.change == Change::Removed)
        headed(words_->removed, rule.section, rule.old_text);
      else
        headed(words_->added, rule.section, rule.new_text);
    }
    if (part.unchanged > 0) alone(Role::Same, words_->same, others_same(*words_, part.unchanged));
  }

  // A label stands beside the section, or beside the text where the section is the last one.
  void headed(std::string_view label, std::string_view section, std::string_view text) {
    Passage passage{true, {}};
    if (!section.empty())
      passage.paragraphs.push_back(plain(Role::Section, std::exchange(label, {}), section));
    passage.paragraphs.push_back(plain(Role::Rule, label, text));
    out_.passages.push_back(std::move(passage));
  }

  void changed(const DocumentRule& rule) {
    const std::size_t index = changed_++;
    const bool fits =
        index < marks_.size() && marks_fit(marks_[index], rule.old_text, rule.new_text);
    const Marks none, &marks = fits ? marks_[index] : none;
    Passage passage{true, {}};
    std::string label(words_->was);
    if (rule.section.empty())
      label = std::string(words_->changed) + "  " + label;
    else
      passage.paragraphs.push_back(plain(Role::Section, words_->changed, rule.section));
    passage.paragraphs.push_back(
        {Role::Was, std::move(label), marked(rule.old_text, marks, Mark::Kind::Delete)});
    passage.paragraphs.push_back(
        {Role::Now, std::string(words_->now), marked(rule.new_text, marks, Mark::Kind::Insert)});
    out_.passages.push_back(std::move(passage));
  }

  void alone(Role role, std::string_view label, std::string_view text) {
    if (!text.empty()) out_.passages.push_back({true, {plain(role, label, text)}});
  }

  const std::vector<Marks>& marks_;
  PartText out_;
  const Furniture* words_ = nullptr;
  std::size_t changed_ = 0;
};

}  // namespace

std::vector<PartText> to_passages(const Document& document, const std::vector<Marks>& marks) {
  Composer composer(marks);
  std::vector<PartText> out;
  for (const DocumentPart& part : document.parts)
    out.push_back(composer.part(part, part.language.empty() ? document.language : part.language));
  return out;
}

}  // namespace assent
