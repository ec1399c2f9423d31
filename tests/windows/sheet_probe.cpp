// Shows a window as the logon program does and says what was chosen, for
// tests/windows/test_window.py: sheet_probe.exe DOCUMENT RENDITION CHOICES, where DOCUMENT is a
// file with a canonical document, and CHOICES has a letter for each: E(nter) Y(es) L(ater) F(ull)
// H(elp) N(o).
#include <windows.h>

#include <fstream>
#include <iostream>
#include <iterator>

#include "core/crypto/crypto.h"
#include "winlogon-shim/ui/sheet_window.h"

using namespace assent;

int main(int argc, char** argv) {
  if (argc != 4) return 2;
  std::ifstream file(argv[1], std::ios::binary);
  wire::AgentCheckReply reply;
  reply.whole = {{std::string(std::istreambuf_iterator<char>(file), {}), {}}};
  reply.document = sha256(reply.whole[0].document);
  reply.school = "Kingsmead School";
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
