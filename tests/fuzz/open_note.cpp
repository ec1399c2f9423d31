// Signed notes from anybody; and, signed by us, whatever text a checkpoint might hold.
#include "core/ledger/note.h"
#include "tests/fuzz/input.h"
#include "tests/unit/ledger/signer.h"

ASSENT_FUZZ(text) {
  static const assent::Signer signer("assent.example.sch.uk/log", 1);
  assent::fuzz::expect(!assent::open_note(text, {signer.key}));
  const auto opened = assent::open_note(signer.sign_text(std::string(text)), {signer.key});
  if (opened) assent::fuzz::expect(text.starts_with(to_text(opened->checkpoint)));
}
