// From the wire's presentation to pages and parts.
#include "core/device/presentation.h"

#include <algorithm>

#include "core/crypto/crypto.h"
#include "core/presentation/pages.h"

namespace assent::device {
namespace {

Mark::Kind to_kind(char kind) {
  return kind == '-' ? Mark::Kind::Delete : kind == '+' ? Mark::Kind::Insert : Mark::Kind::Keep;
}

std::vector<std::vector<Mark>> to_marks(const std::vector<std::vector<wire::MarkSpan>>& lists) {
  std::vector<std::vector<Mark>> out;
  for (const auto& spans : lists) {
    auto& marks = out.emplace_back();
    for (const wire::MarkSpan& span : spans) marks.push_back({to_kind(span.kind), span.bytes});
  }
  return out;
}

wire::AgentPart to_part(const DocumentPart& part, const std::vector<std::string>& add_ons) {
  return {part.policy,
          part.title,
          part.ask,
          part.mode == "acknowledge" ? wire::PartMode::Acknowledge : wire::PartMode::Agree,
          part.kind == Kind::Amendment ? wire::PartKind::Amendment : wire::PartKind::Full,
          std::ranges::find(add_ons, part.policy) != add_ons.end()};
}

Result<Document> checked_document(const wire::Presentation& shown) {
  if (sha256(shown.document) != shown.hash)
    return fail(Code::Corrupt, "the document is not the one that its hash names");
  auto document = parse_document(shown.document);
  if (!document)
    return fail(Code::Corrupt, "the document is malformed: " + document.error().message);
  if (document->parts.empty()) return fail(Code::Corrupt, "the document has no part");
  return document;
}

PageStyle page_style(wire::ScreenKind screen) {
  return screen == wire::ScreenKind::DisplayManager ? PageStyle::display_manager()
                                                    : PageStyle::terminal();
}

// Without marks where there are more of them than a frame holds: a rule is shown old and new then.
wire::AgentWhole to_whole(const wire::Presentation& shown) {
  constexpr std::size_t kMostSpans = 4096;
  std::size_t spans = 0;
  for (const auto& list : shown.marks) spans += list.size();
  wire::AgentWhole whole{shown.document, {}};
  if (spans > kMostSpans) return whole;
  for (const auto& list : shown.marks) whole.marks.push_back({list});
  return whole;
}

std::string help_of(const Document& document) {
  const auto with_help = [](const DocumentPart& part) { return !part.help.empty(); };
  const auto found = std::ranges::find_if(document.parts, with_help);
  return found == document.parts.end() ? "" : found->help;
}

}  // namespace

Result<wire::AgentCheckReply> to_agent_reply(const wire::CheckReply& reply,
                                             wire::ScreenKind screen) {
  wire::AgentCheckReply out;
  out.verdict = reply.verdict;
  out.school = reply.school;
  out.message = reply.message;
  if (!reply.presentation) return out;
  const wire::Presentation& shown = *reply.presentation;
  ASSENT_TRY(const Document document, checked_document(shown));
  if (screen == wire::ScreenKind::Window)
    out.whole.push_back(to_whole(shown));
  else
    out.pages = to_pages(document, to_marks(shown.marks), page_style(screen));
  out.ticket = shown.ticket;
  out.document = shown.hash;
  for (const DocumentPart& part : document.parts) out.parts.push_back(to_part(part, shown.add_ons));
  out.rendition = document.style;
  out.help = help_of(document);
  out.deferrals_left = shown.deferrals_left;
  out.later_until = shown.later_until;
  return out;
}

}  // namespace assent::device
