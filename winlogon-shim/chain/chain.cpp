#include "winlogon-shim/chain/chain.h"

#include "winlogon-shim/chain/registry_text.h"
#include "winlogon-shim/system/utf16.h"

namespace assent::windows {
namespace {

constexpr ValuePlace kUserinit = {L"SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\Winlogon",
                                  L"Userinit"};
constexpr ValuePlace kKept = {L"SOFTWARE\\Assent", L"Userinit"};

std::string system_folder() {
  wchar_t path[MAX_PATH];
  const UINT length = GetSystemDirectoryW(path, MAX_PATH);
  return length == 0 || length >= MAX_PATH ? "C:\\Windows\\system32"
                                           : to_utf8({path, std::size_t(length)});
}

struct Values {
  std::optional<RawValue> current, kept;
};

Result<Values> read_values() {
  Values out;
  ASSENT_TRY(out.current, read_value(kUserinit));
  ASSENT_TRY(out.kept, read_value(kKept));
  return out;
}

Status write_text(const ValuePlace& place, const RegistryText& text) {
  ASSENT_TRY(const RawValue raw, raw_of(text));
  return write_value(place, raw);
}

// REG_EXPAND_SZ alone has variables; what cannot be expanded stays as it is.
std::string expanded(const std::string& line) {
  const auto wide = to_utf16(line);
  wchar_t out[32 * 1024];
  const DWORD length =
      wide ? ExpandEnvironmentStringsW(wide->c_str(), out, DWORD(std::size(out))) : 0;
  return length == 0 || length > std::size(out) ? line : to_utf8({out, std::size_t(length - 1)});
}

}  // namespace

Status turn_on(const std::string& logon_program) {
  ASSENT_TRY(const Values values, read_values());
  if (values.current && !text_of(values.current))
    return fail(Code::Corrupt, "Winlogon's value Userinit is no text: nothing was changed");
  const TurnOn plan =
      plan_turn_on(text_of(values.current), text_of(values.kept), logon_program, system_folder());
  // Kept first: whatever comes between, nothing is lost.
  if (plan.keeping == Keeping::Current) ASSENT_CHECK(put_value(kKept, values.current));
  if (plan.keeping == Keeping::Text) ASSENT_CHECK(write_text(kKept, plan.text));
  return write_text(kUserinit, {list_of(logon_program), false});
}

Status turn_off(const std::string& logon_program) {
  ASSENT_TRY(const Values values, read_values());
  const TurnOff plan =
      plan_turn_off(text_of(values.current), text_of(values.kept), logon_program, system_folder());
  if (plan.restoring == Restoring::Kept) ASSENT_CHECK(put_value(kUserinit, values.kept));
  if (plan.restoring == Restoring::Text) ASSENT_CHECK(write_text(kUserinit, plan.text));
  return remove_value(kKept);
}

std::vector<std::string> programs_to_run(const std::string& logon_program) {
  const auto read = read_value(kKept);
  const MaybeText kept = read ? text_of(*read) : std::nullopt;
  auto lines = entries_to_run(kept, logon_program, system_folder());
  if (kept && kept->expands)
    for (std::string& line : lines) line = expanded(line);
  return lines;
}

}  // namespace assent::windows
