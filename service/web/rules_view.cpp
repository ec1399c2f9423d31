#include "service/web/rules_view.h"

#include "core/presentation/furniture.h"
#include "service/web/made_once.h"
#include "service/web/template.h"
#include "service/web/texts.h"

namespace assent::web {
namespace {

using Change = DocumentRule::Change;

constexpr std::string_view kParagraph = "\xE2\x80\xA9";  // U+2029

// A run of text: the same in both, gone from the old, or come into the new.
struct Piece {
  Mark::Kind kind = Mark::Kind::Keep;
  std::string_view text;
};

Value to_value(const Piece& piece) {
  const auto only = [&](Mark::Kind kind) { return piece.kind == kind ? piece.text : ""; };
  return Object{{"same", only(Mark::Kind::Keep)},
                {"gone", only(Mark::Kind::Delete)},
                {"come", only(Mark::Kind::Insert)}};
}

// Cut at paragraph separators; a piece that spans one is cut in two.
Value paragraphs_of(const std::vector<Piece>& pieces) {
  Array paragraphs, line;
  for (Piece piece : pieces) {
    for (std::size_t end; (end = piece.text.find(kParagraph)) != piece.text.npos;) {
      line.push_back(to_value({piece.kind, piece.text.substr(0, end)}));
      paragraphs.push_back(Object{{"pieces", std::exchange(line, {})}});
      piece.text.remove_prefix(end + kParagraph.size());
    }
    line.push_back(to_value(piece));
  }
  paragraphs.push_back(Object{{"pieces", std::move(line)}});
  return paragraphs;
}

// One side of a changed rule: what was kept, and what is only `ours`.
std::vector<Piece> side_of(std::string_view text, const std::vector<Mark>& marks, Mark::Kind ours) {
  std::vector<Piece> pieces;
  for (const Mark& mark : marks) {
    if (mark.kind != ours && mark.kind != Mark::Kind::Keep) continue;
    pieces.push_back({mark.kind, text.substr(0, mark.bytes)});
    text.remove_prefix(mark.bytes);
  }
  return pieces;
}

Value labelled(std::string_view word, const std::vector<Piece>& pieces) {
  return Object{{"word", word}, {"paragraphs", paragraphs_of(pieces)}};
}

std::vector<Piece> plain(std::string_view text) {
  return {{Mark::Kind::Keep, text}};
}

class View {
 public:
  explicit View(const std::vector<std::vector<Mark>>& marks) : marks_(marks) {}

  Value part(const DocumentPart& part, std::string_view language) {
    words_ = &furniture_for(language);
    Array sections;
    std::size_t number = 0;
    for (const DocumentRule& rule : part.rules) {
      if (sections.empty() || !rule.section.empty()) {
        close(sections);
        sections.push_back(Object{{"heading", rule.section}, {"start", number + 1}});
      }
      rules_.push_back(this->rule(rule));
      ++number;
    }
    close(sections);
    const std::string same = part.unchanged ? others_same(*words_, part.unchanged) : "";
    return Object{{"language", language},
                  {"direction", direction_of(language)},
                  {"title", part.title},
                  {"why", texts(part.why)},
                  {"sections", std::move(sections)},
                  {"unchanged", same},
                  {"help", texts(part.help)},
                  {"ask", texts(part.ask)}};
  }

 private:
  void close(Array& sections) {
    if (sections.empty()) return;
    std::get<Object>(sections.back().data).emplace_back("rules", std::exchange(rules_, {}));
  }

  static Value texts(std::string_view text) {
    if (text.empty()) return {};
    return Object{{"paragraphs", paragraphs_of(plain(text))}};
  }

  std::string_view label(Change change) const {
    switch (change) {
      case Change::Added: return words_->added;
      case Change::Changed: return words_->changed;
      case Change::Removed: return words_->removed;
      case Change::Full: break;
    }
    return {};
  }

  Value rule(const DocumentRule& rule) {
    Array texts;
    if (rule.change == Change::Changed) {
      const std::size_t at = changed_++;
      const bool fits = at < marks_.size() && marks_fit(marks_[at], rule.old_text, rule.new_text);
      const auto side = [&](std::string_view text, Mark::Kind ours) {
        return fits ? side_of(text, marks_[at], ours) : plain(text);
      };
      texts.push_back(labelled(words_->was, side(rule.old_text, Mark::Kind::Delete)));
      texts.push_back(labelled(words_->now, side(rule.new_text, Mark::Kind::Insert)));
    } else {
      const bool gone = rule.change == Change::Removed;
      texts.push_back(labelled({}, plain(gone ? rule.old_text : rule.new_text)));
    }
    return Object{{"label", label(rule.change)}, {"texts", std::move(texts)}};
  }

  const std::vector<std::vector<Mark>>& marks_;
  const Furniture* words_ = nullptr;
  std::size_t changed_ = 0;
  Array rules_;
};

constexpr std::size_t kArticlesMax = 512;  // a school has few documents at a time

}  // namespace

std::shared_ptr<const std::string> rules_html(const Document& document,
                                              const std::vector<std::vector<Mark>>& marks,
                                              std::string_view hash) {
  static MadeOnce<std::string, kArticlesMax> articles;  // by the document's hash
  if (auto found = hash.empty() ? nullptr : articles.find(hash)) return found;
  const auto made = std::make_shared<const std::string>(
      render_part("document", Object{{"document", rules_view(document, marks)}}));
  if (!hash.empty()) articles.keep(hash, made);
  return made;
}

Value rules_view(const Document& document, const std::vector<std::vector<Mark>>& marks) {
  View view{marks};
  Array parts;
  for (const DocumentPart& part : document.parts)
    parts.push_back(view.part(part, part.language.empty() ? document.language : part.language));
  return Object{{"parts", std::move(parts)}};
}

}  // namespace assent::web
