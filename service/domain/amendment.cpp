// Compares two versions rule by rule, and puts what is owed into one document. Wording and layout
// are elsewhere: policies write the one, core/presentation does the other.

#include "service/domain/amendment.h"

#include <algorithm>
#include <map>

namespace assent {
namespace {

using Change = DocumentRule::Change;

constexpr std::string_view kParagraph = "\xE2\x80\xA9";  // U+2029

using RulesById = std::map<std::string_view, const Rule*>;

RulesById by_id(const Rendition& rendition) {
  RulesById rules;
  for (const Rule& rule : rendition.rules) rules.emplace(rule.id, &rule);
  return rules;
}

// Names a section only where it is not that of the rule shown before. A rule without one reads as
// part of the last: the document has no way to leave a section, nor have the policies' files.
class Sections {
 public:
  void add(const Rule& rule, Change change, std::string old_text, std::string new_text) {
    std::string section = rule.section == last_ ? std::string() : rule.section;
    if (!section.empty()) last_ = section;
    rules_.push_back(
        {rule.id, change, std::move(section), std::move(old_text), std::move(new_text)});
  }
  std::vector<DocumentRule> take() { return std::move(rules_); }

 private:
  std::vector<DocumentRule> rules_;
  std::string last_;
};

std::vector<DocumentRule> whole(const Rendition& rendition) {
  Sections rules;
  for (const Rule& rule : rendition.rules) rules.add(rule, Change::Full, {}, rule.text);
  return rules.take();
}

const Rendition* same_band(const PolicyVersion& version, const Rendition& as) {
  const auto found = std::ranges::find_if(version.renditions, [&](const Rendition& each) {
    return each.language == as.language && each.style == as.style;
  });
  return found == version.renditions.end() ? nullptr : &*found;
}

// What the person's last accepted version said in the band shown now; nullptr: show it whole.
const Rendition* older(const Owed& owed, const Rendition& now) {
  if (owed.from == 0 || owed.from >= owed.to->number() || owed.why == Why::NewBand) return nullptr;
  const PublishedVersion* version = owed.policy->version(owed.from);
  return version == nullptr ? nullptr : same_band(*version->text, now);
}

// The reasons of all versions after `from`, oldest first; the oldest go where room is short.
std::string reasons(const Owed& owed, const Rendition& now) {
  std::string all;
  const auto& versions = owed.policy->versions;
  for (auto each = versions.rbegin(); each != versions.rend(); ++each) {
    if (each->number() <= owed.from || each->number() > owed.to->number()) continue;
    const Rendition* then = same_band(*each->text, now);
    if (then == nullptr || then->why.empty()) continue;
    if (all.empty()) {
      all = then->why;
      continue;
    }
    if (all.size() + kParagraph.size() + then->why.size() > DocumentLimits::kText) break;
    all = then->why + std::string(kParagraph) + all;
  }
  return all;
}

DocumentPart make_part(const Owed& owed, const Rendition& now, bool full) {
  DocumentPart part;
  part.policy = owed.policy->name.value;
  part.from = owed.from;
  part.to = owed.to->number();
  part.mode = to_text(owed.mode);
  part.manifest = owed.to->text->manifest_hash;
  part.title = now.title;
  part.help = now.help;
  part.ask = now.ask;
  const Rendition* then = full ? nullptr : older(owed, now);
  if (then == nullptr) {
    part.rules = whole(now);
    return part;
  }
  part.kind = Kind::Amendment;
  part.rules = amend(*then, now, part.unchanged);
  part.why = reasons(owed, now);
  return part;
}

}  // namespace

std::vector<DocumentRule> amend(const Rendition& from, const Rendition& to,
                                std::uint32_t& unchanged) {
  const RulesById before = by_id(from), after = by_id(to);
  Sections rules;
  unchanged = 0;
  for (const Rule& rule : to.rules) {
    const auto old = before.find(rule.id);
    if (old == before.end())
      rules.add(rule, Change::Added, {}, rule.text);
    else if (old->second->text != rule.text)
      rules.add(rule, Change::Changed, old->second->text, rule.text);
    else
      ++unchanged;
  }
  for (const Rule& rule : from.rules)
    if (!after.contains(rule.id)) rules.add(rule, Change::Removed, rule.text, {});
  return rules.take();
}

Presentation present(const std::vector<Owed>& owed, std::string_view language, Style style,
                     std::string_view school_language, bool full) {
  Presentation shown;
  Document& document = shown.document;
  for (const Owed& each : owed) {
    const Rendition& now = choose_rendition(*each.to->text, language, style, school_language);
    DocumentPart part = make_part(each, now, full);
    const std::string band(to_text(now.style));
    if (document.parts.empty()) {
      document.language = now.language;
      document.style = band;
    } else if (now.language != document.language || band != document.style) {
      part.language = now.language;
      part.style = band;
    }
    for (const DocumentRule& rule : part.rules)
      if (rule.change == Change::Changed)
        shown.marks.push_back(mark_words(rule.old_text, rule.new_text));
    document.parts.push_back(std::move(part));
  }
  return shown;
}

}  // namespace assent
