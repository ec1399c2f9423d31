#include "winlogon-shim/chain/value/chain_value.h"

#include <algorithm>

#include "core/base/letters.h"
#include "winlogon-shim/chain/value/list.h"

namespace assent::windows {
namespace {

constexpr std::string_view kWindowsOwn = "userinit.exe";

using Entries = std::vector<std::string>;

Entries entries_in(const MaybeText& value) {
  return value ? entries_of(value->text) : Entries{};
}

bool has(const Entries& entries, const std::string& entry) {
  return std::ranges::any_of(entries,
                             [&](const auto& other) { return same_letters(other, entry); });
}

bool start(const Entries& entries, std::string_view program) {
  return std::ranges::any_of(entries, [&](const auto& e) { return starts_program(e, program); });
}

Entries without(Entries entries, std::string_view program) {
  std::erase_if(entries, [&](const auto& entry) { return starts_program(entry, program); });
  return entries;
}

// What our entry stands for beside `others`: what is kept of which they have nothing; Windows' own
// program where nothing is kept and they do not start it.
Entries stood_for(const MaybeText& kept, const Entries& others, const std::string& logon_program,
                  const std::string& system_folder) {
  Entries out = without(entries_in(kept), logon_program);
  if (out.empty() && !start(others, kWindowsOwn))
    out.push_back(system_folder + "\\" + std::string(kWindowsOwn));
  std::erase_if(out, [&](const auto& entry) { return has(others, entry); });
  return out;
}

// A text without % says the same whether it expands or not.
bool must_expand(const MaybeText& from, const Entries& entries) {
  return from && from->expands &&
         std::ranges::any_of(entries, [](const auto& e) { return e.find('%') != e.npos; });
}

}  // namespace

std::string list_of(const std::string& logon_program) {
  return logon_program + ",";
}

TurnOn plan_turn_on(const MaybeText& current, const MaybeText& kept,
                    const std::string& logon_program, const std::string& system_folder) {
  const Entries entries = entries_in(current);
  if (!start(entries, logon_program)) return {Keeping::Current, {}};
  Entries others = without(entries, logon_program);
  const Entries before = entries_in(kept);
  std::erase_if(others, [&](const auto& entry) { return has(before, entry); });
  if (others.empty()) return {};
  Entries all = stood_for(kept, others, logon_program, system_folder);
  all.insert(all.end(), others.begin(), others.end());
  return {Keeping::Text, {joined(all) + ",", must_expand(kept, all) || must_expand(current, all)}};
}

TurnOff plan_turn_off(const MaybeText& current, const MaybeText& kept,
                      const std::string& logon_program, const std::string& system_folder) {
  const Entries entries = entries_in(current);
  if (!start(entries, logon_program)) return {};
  const Entries others = without(entries, logon_program);
  if (others.empty() && kept && !start(entries_in(kept), logon_program))
    return {Restoring::Kept, {}};
  const Entries back = stood_for(kept, others, logon_program, system_folder);
  Entries pieces;
  bool put_back = false;
  for (const std::string& piece : pieces_of(current->text)) {
    if (!starts_program(piece, logon_program)) {
      pieces.push_back(piece);
    } else if (!put_back) {
      pieces.insert(pieces.end(), back.begin(), back.end());
      put_back = true;
    }
  }
  return {Restoring::Text, {joined(pieces), current->expands || must_expand(kept, back)}};
}

Entries entries_to_run(const MaybeText& kept, const std::string& logon_program,
                       const std::string& system_folder) {
  return stood_for(kept, {}, logon_program, system_folder);
}

}  // namespace assent::windows
