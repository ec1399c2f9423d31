// What comes to the Windows logon program, as the window shows it: ASCII, with every group closed.
#include "winlogon-shim/domain/sheet.h"
#include "core/crypto/crypto.h"
#include "tests/fuzz/input.h"
#include "winlogon-shim/domain/rich_text.h"

namespace windows = assent::windows;
namespace wire = assent::wire;
using assent::fuzz::expect;

namespace {

void expect_shown(const windows::Sheet& sheet) {
  const std::string rtf = to_rich_text(sheet.parts, windows::kLight);
  std::size_t open = 0;
  for (std::size_t i = 0; i < rtf.size(); ++i) {
    expect(rtf[i] == '\n' || (rtf[i] >= 0x20 && rtf[i] < 0x7F));
    if (rtf[i] == '\\') {
      ++i;  // what stands behind it opens and closes nothing
    } else if (rtf[i] == '{') {
      ++open;
    } else if (rtf[i] == '}') {
      expect(open-- > 0);
      expect(open > 0 || i + 1 == rtf.size());
    }
  }
  expect(open == 0);
}

}  // namespace

ASSENT_FUZZ(text) {
  using enum assent::gate::Word;
  auto reply = wire::parse_agent_reply(text);
  auto* check = reply ? std::get_if<wire::AgentCheckReply>(&*reply) : nullptr;
  if (check == nullptr) return;
  for (const wire::AgentPart& part : check->parts)
    expect_shown(windows::sheet_of(part, false, check->rendition));
  expect_shown(windows::notice(check->message, check->help, check->school));
  // A fuzzer finds no hash: half of the inputs are given theirs.
  if (!check->whole.empty() && check->deferrals_left % 2 == 0)
    check->document = assent::sha256(check->whole.front().document);
  if (const auto sheet = windows::sheet_of(*check, {Enter, Yes, Later, Full, Help, No}))
    expect_shown(*sheet);
  else
    expect(sheet.error().code == assent::Code::Corrupt);
}
