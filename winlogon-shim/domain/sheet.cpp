#include "winlogon-shim/domain/sheet.h"

#include "core/base/text.h"
#include "core/crypto/crypto.h"
#include "winlogon-shim/domain/window_words.h"

namespace assent::windows {
namespace {

using gate::Word;

constexpr std::size_t kCodeDigits = 8;  // of the document's hash: enough to find it again

Mark::Kind to_kind(char kind) {
  return kind == '-' ? Mark::Kind::Delete : kind == '+' ? Mark::Kind::Insert : Mark::Kind::Keep;
}

std::vector<std::vector<Mark>> to_marks(const wire::AgentWhole& whole) {
  std::vector<std::vector<Mark>> out;
  for (const auto& list : whole.marks) {
    auto& marks = out.emplace_back();
    for (const wire::MarkSpan& span : list.spans) marks.push_back({to_kind(span.kind), span.bytes});
  }
  return out;
}

PartText plain(const std::string& text, const std::string& language) {
  using Role = Paragraph::Role;
  return {language, "", {{false, {{Role::Help, "", {{terminal_safe(text)}}}}}}};
}

std::vector<Choice> to_choices(const gate::Choices& offered, bool pupil,
                               const std::string& later_until, const std::string& language) {
  std::vector<Choice> out;
  const bool by_enter = offered.has(Word::Enter);
  for (const Word word : {Word::Enter, Word::Yes, Word::Later, Word::Full, Word::Help, Word::No}) {
    if (!offered.has(word) || (word == Word::Yes && by_enter)) continue;
    const bool accepts = word == Word::Enter || word == Word::Yes;
    out.push_back({word, gate::meaning_of(word, pupil, later_until, language), accepts});
  }
  return out;
}

Sheet in_language(const std::string& language) {
  Sheet sheet;
  sheet.language = language;
  sheet.title = window_words(language).title;
  return sheet;
}

}  // namespace

Result<Sheet> sheet_of(const wire::AgentCheckReply& reply, const gate::Choices& choices) {
  if (reply.whole.size() != 1) return fail(Code::Corrupt, "there is no document for a window");
  const wire::AgentWhole& whole = reply.whole.front();
  if (sha256(whole.document) != reply.document)
    return fail(Code::Corrupt, "the document is not the one that its hash names");
  const auto document = parse_document(whole.document);
  if (!document)
    return fail(Code::Corrupt, "the document is malformed: " + document.error().message);
  Sheet sheet = in_language(document->language);
  const WindowWords& words = window_words(sheet.language);
  sheet.heading = one_line(reply.school);
  sheet.parts = to_passages(*document, to_marks(whole));
  const bool pupil = gate::is_for_pupils(reply);
  sheet.confirm = pupil ? words.confirm_pupil : words.confirm;
  sheet.problem = std::string(words.code) + ": " + to_hex(reply.document).substr(0, kCodeDigits);
  sheet.choices = to_choices(choices, pupil, one_line(reply.later_until), sheet.language);
  return sheet;
}

Sheet sheet_of(const wire::AgentPart& part, bool pupil, const std::string& language) {
  Sheet sheet = in_language(language);
  sheet.heading = one_line(part.title);
  sheet.parts = {plain(part.ask, language)};
  sheet.choices = to_choices({Word::Yes, Word::Help, Word::No}, pupil, "", language);
  for (Choice& choice : sheet.choices) choice.after_reading = false;
  return sheet;
}

Sheet notice(const std::string& text, std::string way_on, const std::string& language) {
  Sheet sheet = in_language(language);
  sheet.parts = {plain(text, language)};
  sheet.choices = {{Word::Enter, std::move(way_on), false}};
  return sheet;
}

}  // namespace assent::windows
