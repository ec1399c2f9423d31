// What the blocks of a policy's Markdown mean: title, notes, sections and rules.
#include <algorithm>
#include <array>
#include <map>

#include "core/policy/fault.h"
#include "core/policy/markdown.h"
#include "core/policy/policy.h"

namespace assent {
namespace {

bool is_rule_id(std::string_view id) {
  const auto allowed = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-';
  };
  return !id.empty() && id.size() <= PolicyLimits::kId && std::ranges::all_of(id, allowed);
}

class Assembler {
 public:
  Assembler(Rendition rendition, std::string_view path) : out_(std::move(rendition)), path_(path) {}

  Status add(MarkdownBlock block) {
    if (out_.title.empty() && block.kind != MarkdownBlock::Kind::Title)
      return fault(path_, block.line, "the file must begin with \"# Title\"");
    switch (block.kind) {
      case MarkdownBlock::Kind::Title: return set_once(out_.title, block, "the title");
      case MarkdownBlock::Kind::Section: return section_ = std::move(block.text), Status();
      case MarkdownBlock::Kind::Note: return add_note(block);
      case MarkdownBlock::Kind::Rule: return add_rule(std::move(block));
    }
    return {};
  }

  Result<Rendition> finish() {
    if (out_.title.empty()) return fault(path_, 1, "the file must begin with \"# Title\"");
    if (out_.ask.empty())
      return fault(path_, 1, "says nowhere what people agree to: add \"> [ask] I agree ...\"");
    if (out_.rules.empty()) return fault(path_, 1, "has no rule: add \"- [rule-id] text\"");
    return std::move(out_);
  }

 private:
  Status set_once(std::string& field, MarkdownBlock& block, std::string_view what) {
    if (!field.empty())
      return fault(path_, block.line, "gives " + std::string(what) + " twice: remove one");
    field = std::move(block.text);
    return {};
  }

  Status add_note(MarkdownBlock& note) {
    const std::string tag = "[" + note.tag + "]";
    if (note.tag == "why") return set_once(out_.why, note, tag);
    if (note.tag == "ask") return set_once(out_.ask, note, tag);
    if (note.tag == "help") return set_once(out_.help, note, tag);
    return fault(path_, note.line, tag + " is not known: a note is [why], [ask] or [help]");
  }

  Status add_rule(MarkdownBlock rule) {
    if (!is_rule_id(rule.tag))
      return fault(path_, rule.line,
                   "[" + rule.tag + "] is no rule id: use 1 to 64 of a-z, 0-9, . and -");
    const auto [first, is_new] = lines_.emplace(rule.tag, rule.line);
    if (!is_new)
      return fault(path_, rule.line,
                   "rule [" + rule.tag + "] stands in line " + std::to_string(first->second) +
                       " already: give this one an id of its own");
    if (out_.rules.size() == PolicyLimits::kRules)
      return fault(path_, rule.line, "a policy has at most 200 rules: merge some");
    out_.rules.push_back({std::move(rule.tag), section_, std::move(rule.text)});
    return {};
  }

  Rendition out_;
  std::string_view path_;
  std::string section_;
  std::map<std::string, int> lines_;  // where each rule stands
};

}  // namespace

Result<Rendition> parse_rendition(std::string_view markdown, std::string language, Style style,
                                  std::string_view path) {
  ASSENT_TRY(std::vector<MarkdownBlock> blocks, read_blocks(markdown, path));
  Rendition empty;
  empty.language = std::move(language);
  empty.style = style;
  Assembler assembler(std::move(empty), path);
  for (MarkdownBlock& block : blocks) ASSENT_CHECK(assembler.add(std::move(block)));
  return assembler.finish();
}

}  // namespace assent
