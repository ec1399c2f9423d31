// Shows a window as the logon program does and says what was chosen, for
// tests/windows/shown.py: sheet_probe.exe DOCUMENT RENDITION CHOICES SCHOOL, where DOCUMENT
// is a file with a canonical document, CHOICES has a letter for each: E(nter) Y(es) L(ater) F(ull)
// H(elp) N(o), and SCHOOL is its name in hexadecimal.
#include <windows.h>

#include <fstream>
#include <iostream>
#include <iterator>

#include "core/crypto/crypto.h"
#include "winlogon-shim/ui/sheet_window.h"

using namespace assent;

namespace {

// As the service marks it.
std::vector<wire::AgentWhole::Marks> marks_of(const std::string& text) {
  std::vector<wire::AgentWhole::Marks> out;
  const auto document = parse_document(text);
  if (!document) return out;
  for (const DocumentPart& part : document->parts)
    for (const DocumentRule& rule : part.rules) {
      if (rule.change != DocumentRule::Change::Changed) continue;
      auto& spans = out.emplace_back().spans;
      for (const Mark& mark : mark_words(rule.old_text, rule.new_text))
        spans.push_back({"=-+"[int(mark.kind)], mark.bytes});
    }
  return out;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 5) return 2;
  std::ifstream file(argv[1], std::ios::binary);
  wire::AgentCheckReply reply;
  const std::string document{std::istreambuf_iterator<char>(file), {}};
  reply.whole = {{document, marks_of(document)}};
  reply.document = sha256(document);
  const auto school = from_hex(argv[4]).value();
  reply.school = text_of(school);
  reply.rendition = argv[2];
  reply.later_until = "01 Dec 00:00";
  gate::Choices choices{};
  constexpr std::string_view kLetters = "EYLFHN";
  constexpr gate::Word kWords[] = {gate::Word::Enter, gate::Word::Yes,  gate::Word::Later,
                                   gate::Word::Full,  gate::Word::Help, gate::Word::No};
  for (const char letter : std::string_view(argv[3])) choices.add(kWords[kLetters.find(letter)]);
  const auto sheet = windows::sheet_of(reply, choices);
  if (!sheet) return std::cout << "no sheet: " << sheet.error().message << std::endl, 1;
  const auto chosen = windows::show_sheet(*sheet, {});
  if (!chosen) return std::cout << "no window: " << chosen.error().message << std::endl, 1;
  std::cout << "chosen: " << (*chosen ? std::to_string(unsigned(**chosen)) : "left") << std::endl;
}
