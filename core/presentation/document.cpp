// Writes and reads the canonical document, docs/presentation.md line by line. The reader takes the
// lines apart and lets the writer judge: what does not come back as the same bytes is refused.

#include "core/presentation/document.h"

#include <algorithm>
#include <set>

#include "core/base/id.h"
#include "core/base/number.h"
#include "core/base/text.h"
#include "core/unicode/unicode.h"

namespace assent {
namespace {

using Change = DocumentRule::Change;

constexpr std::string_view kMagic = "assent-presentation/1";
constexpr std::string_view kChanges[] = {"full", "added", "changed", "removed"};
constexpr std::string_view kParagraph = "\xE2\x80\xA9";  // U+2029
constexpr std::size_t kLanguage = 35, kStyle = 16, kRuleId = 64;

bool only(std::string_view text, std::string_view extra, bool capitals) {
  return std::ranges::all_of(text, [&](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (capitals && c >= 'A' && c <= 'Z') ||
           extra.find(c) != extra.npos;
  });
}

Status check_token(std::string_view text, std::string_view what, std::size_t max,
                   std::string_view extra, bool capitals) {
  if (text.empty() || text.size() > max || !only(text, extra, capitals))
    return fail(Code::Invalid, "bad " + std::string(what));
  return {};
}

Status check_band(std::string_view language, std::string_view style) {
  ASSENT_CHECK(check_token(language, "language", kLanguage, "-", true));
  return check_token(style, "style", kStyle, "-", false);
}

// Paragraph separators part paragraphs that are not empty; no white space is doubled or at an end.
bool is_spaced(std::string_view text) {
  for (std::size_t start = 0;;) {
    const std::size_t end = std::min(text.find(kParagraph, start), text.size());
    const std::string_view paragraph = text.substr(start, end - start);
    if (paragraph.empty() || paragraph.front() == ' ' || paragraph.back() == ' ') return false;
    if (paragraph.find("  ") != paragraph.npos) return false;
    if (end == text.size()) return true;
    start = end + kParagraph.size();
  }
}

Status check_text(std::string_view text, std::string_view what) {
  const auto bad = [&](std::string_view why) {
    return fail(Code::Invalid, std::string(what) + " " + std::string(why));
  };
  if (text.size() > DocumentLimits::kText) return bad("is longer than 4096 bytes");
  bool safe = is_utf8(text);
  for_each_codepoint(text, [&](char32_t c) {
    safe = safe && (c == 0x2029 || !is_unsafe(c)) && c != '\n' && c != '\t';
  });
  if (!safe) return bad("holds a control character or is not UTF-8");
  if (!is_spaced(text)) return bad("is empty, or holds white space that nothing needs");
  ASSENT_TRY(const std::string normal, nfc(text));
  if (normal != text) return bad("is not in normal form C");
  return {};
}

class Writer {
 public:
  void line(std::initializer_list<std::string_view> fields) {
    std::string_view separator;
    for (const std::string_view field : fields) {
      out_.append(separator).append(field);
      separator = "\t";
    }
    out_ += '\n';
  }
  Status text(std::string_view tag, std::string_view text, std::string_view where) {
    ASSENT_CHECK(check_text(text, std::string(tag) + " of " + std::string(where)));
    line({tag, text});
    return {};
  }
  Status text_if_any(std::string_view tag, std::string_view text, std::string_view where) {
    return text.empty() ? Status{} : this->text(tag, text, where);
  }
  std::string take() { return std::move(out_); }

 private:
  std::string out_;
};

Status write_rule(Writer& out, const DocumentRule& rule, Kind kind) {
  const bool has_old = rule.change == Change::Changed || rule.change == Change::Removed;
  const bool has_new = rule.change != Change::Removed;
  ASSENT_CHECK(check_token(rule.id, "rule id", kRuleId, ".-", false));
  if ((kind == Kind::Full) != (rule.change == Change::Full) || has_old == rule.old_text.empty() ||
      has_new == rule.new_text.empty())
    return fail(Code::Invalid, "rule " + rule.id + " does not fit its kind of change");
  ASSENT_CHECK(out.text_if_any("section", rule.section, rule.id));
  out.line({"rule", rule.id, kChanges[std::size_t(rule.change)]});
  ASSENT_CHECK(out.text_if_any("old", rule.old_text, rule.id));
  return out.text_if_any("new", rule.new_text, rule.id);
}

Status write_rules(Writer& out, const DocumentPart& part) {
  std::set<std::string_view> ids;
  std::string_view section;
  for (const DocumentRule& rule : part.rules) {
    if (!ids.insert(rule.id).second) return fail(Code::Invalid, "rule " + rule.id + " comes twice");
    if (!rule.section.empty() && rule.section == section)
      return fail(Code::Invalid, "section of " + rule.id + " is repeated");
    if (!rule.section.empty()) section = rule.section;
    ASSENT_CHECK(write_rule(out, rule, part.kind));
  }
  return {};
}

Status check_part(const DocumentPart& part) {
  ASSENT_CHECK(check_name(part.policy));
  if (part.mode != "agree" && part.mode != "acknowledge")
    return fail(Code::Invalid, "bad mode of " + part.policy);
  const bool amends = part.kind == Kind::Amendment;
  if (part.to == 0 || part.from > part.to || (amends && (part.from == 0 || part.from == part.to)))
    return fail(Code::Invalid, "bad versions of " + part.policy);
  if (!amends && part.unchanged != 0)
    return fail(Code::Invalid, "a full text leaves no rule out: " + part.policy);
  return {};
}

Status write_part(Writer& out, const DocumentPart& part, const Document& document) {
  ASSENT_CHECK(check_part(part));
  out.line({"part", part.policy, std::to_string(part.from), std::to_string(part.to), part.mode,
            to_text(part.kind), to_hex(part.manifest)});
  if (!part.language.empty() || !part.style.empty()) {
    ASSENT_CHECK(check_band(part.language, part.style));
    if (part.language == document.language && part.style == document.style)
      return fail(Code::Invalid, "band of " + part.policy + " repeats the document's");
    out.line({"band", part.language, part.style});
  }
  ASSENT_CHECK(out.text("title", part.title, part.policy));
  ASSENT_CHECK(out.text_if_any("why", part.why, part.policy));
  ASSENT_CHECK(write_rules(out, part));
  if (part.kind == Kind::Amendment) out.line({"unchanged", std::to_string(part.unchanged)});
  ASSENT_CHECK(out.text_if_any("help", part.help, part.policy));
  return out.text("ask", part.ask, part.policy);
}

// Takes lines apart; fields() of the current line, tag first.
class Lines {
 public:
  explicit Lines(std::string_view text) : rest_(text) { next(); }
  bool is(std::string_view tag, std::size_t count) const {
    return fields_.size() == count + 1 && fields_[0] == tag;
  }
  std::string_view field(std::size_t i) const { return fields_[i]; }
  void next() {
    fields_.clear();
    const std::size_t end = rest_.find('\n');
    if (end == rest_.npos) return;
    std::string_view line = rest_.substr(0, end);
    rest_.remove_prefix(end + 1);
    for (std::size_t tab; (tab = line.find('\t')) != line.npos; line.remove_prefix(tab + 1))
      fields_.push_back(line.substr(0, tab));
    fields_.push_back(line);
  }
  // The text of a line with this tag, moving on; empty if the current line is another.
  std::string take(std::string_view tag) {
    if (!is(tag, 1)) return {};
    std::string text(field(1));
    next();
    return text;
  }
  bool at_end() const { return rest_.empty(); }

 private:
  std::string_view rest_;
  std::vector<std::string_view> fields_;
};

// Anything that is no number reads as 0: the comparison of bytes refuses it afterwards.
std::uint32_t number(std::string_view text) {
  return whole_number<std::uint32_t>(text).value_or(0);
}

Failure unexpected() {
  return fail(Code::Invalid, "not a canonical presentation document");
}

Result<DocumentRule> read_rule(Lines& in) {
  DocumentRule rule;
  rule.section = in.take("section");
  if (!in.is("rule", 2)) return unexpected();
  rule.id = in.field(1);
  const auto change = std::ranges::find(kChanges, in.field(2));
  if (change == std::end(kChanges)) return unexpected();
  rule.change = Change(change - std::begin(kChanges));
  in.next();
  rule.old_text = in.take("old");
  rule.new_text = in.take("new");
  return rule;
}

Result<DocumentPart> read_head(Lines& in) {
  if (!in.is("part", 6)) return unexpected();
  DocumentPart part;
  part.policy = in.field(1);
  part.from = number(in.field(2));
  part.to = number(in.field(3));
  part.mode = in.field(4);
  part.kind = in.field(5) == "full" ? Kind::Full : Kind::Amendment;
  ASSENT_TRY(part.manifest, exactly<32>(from_hex(in.field(6))));
  in.next();
  return part;
}

Result<DocumentPart> read_part(Lines& in) {
  ASSENT_TRY(DocumentPart part, read_head(in));
  if (in.is("band", 2)) {
    part.language = in.field(1);
    part.style = in.field(2);
    in.next();
  }
  part.title = in.take("title");
  part.why = in.take("why");
  while (in.is("section", 1) || in.is("rule", 2)) {
    ASSENT_TRY(DocumentRule rule, read_rule(in));
    part.rules.push_back(std::move(rule));
  }
  part.unchanged = number(in.take("unchanged"));
  part.help = in.take("help");
  part.ask = in.take("ask");
  return part;
}

}  // namespace

std::string_view to_text(Kind kind) {
  return kind == Kind::Full ? "full" : "amendment";
}

Result<std::string> to_canonical(const Document& document) {
  if (document.parts.empty() || document.parts.size() > DocumentLimits::kParts)
    return fail(Code::Invalid, "a document has 1 to 16 parts");
  ASSENT_CHECK(check_band(document.language, document.style));
  if (!document.parts[0].language.empty() || !document.parts[0].style.empty())
    return fail(Code::Invalid, "the first part's band is the document's");
  Writer out;
  out.line({kMagic});
  out.line({"band", document.language, document.style});
  std::set<std::string_view> policies;
  for (const DocumentPart& part : document.parts) {
    if (!policies.insert(part.policy).second)
      return fail(Code::Invalid, "policy " + part.policy + " comes twice");
    ASSENT_CHECK(write_part(out, part, document));
  }
  out.line({"end"});
  std::string text = out.take();
  if (text.size() > DocumentLimits::kDocument)
    return fail(Code::Invalid, "the document is longer than 65536 bytes");
  return text;
}

Result<Document> parse_document(std::string_view canonical) {
  if (canonical.size() > DocumentLimits::kDocument) return unexpected();
  Lines in(canonical);
  if (!in.is(kMagic, 0)) return unexpected();
  in.next();
  if (!in.is("band", 2)) return unexpected();
  Document document{std::string(in.field(1)), std::string(in.field(2)), {}};
  in.next();
  while (in.is("part", 6) && document.parts.size() < DocumentLimits::kParts) {
    ASSENT_TRY(DocumentPart part, read_part(in));
    document.parts.push_back(std::move(part));
  }
  ASSENT_TRY(const std::string again, to_canonical(document));
  if (again != canonical) return unexpected();
  return document;
}

}  // namespace assent
