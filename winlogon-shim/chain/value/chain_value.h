#pragma once
// Winlogon's list of what a logon starts (its value Userinit), as text: how ours takes the place of
// what stood there, and how it gives the place back. Reads and writes no registry.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace assent::windows {

// REG_SZ, or REG_EXPAND_SZ where `expands`.
struct RegistryText {
  std::string text;
  bool expands = false;
  bool operator==(const RegistryText&) const = default;
};
using MaybeText = std::optional<RegistryText>;  // nothing: there is no such value

// The list's entries in order, without the spaces around them; an empty one is none. Commas between
// quotes divide nothing.
std::vector<std::string> entries_of(std::string_view list);

// Whether the entry starts `program`, by the file's name alone: in another folder it is still ours.
bool starts_program(std::string_view entry, std::string_view program);

// What Userinit says while we are in it.
std::string list_of(const std::string& logon_program);

// What is kept of what stood there before.
enum class Keeping {
  AsItIs,   // what is kept already
  Current,  // all of the current value, whatever its bytes; or nothing, where there is none
  Text,
};
struct TurnOn {
  Keeping keeping = Keeping::AsItIs;
  RegistryText text;  // with Keeping::Text
  bool operator==(const TurnOn&) const = default;
};
// Userinit becomes list_of() in any case. Our own value is never kept as the one before.
TurnOn plan_turn_on(const MaybeText& current, const MaybeText& kept,
                    const std::string& logon_program, const std::string& system_folder);

// What Userinit becomes; what is kept goes afterwards.
enum class Restoring {
  AsItIs,  // we are not in it
  Kept,    // all of what is kept, whatever its bytes
  Text,
};
struct TurnOff {
  Restoring restoring = Restoring::AsItIs;
  RegistryText text;  // with Restoring::Text
  bool operator==(const TurnOff&) const = default;
};
// Where others have added to Userinit since, theirs stays as it is, and in our entry's place comes
// what it stood for: without it nobody would have a desktop.
TurnOff plan_turn_off(const MaybeText& current, const MaybeText& kept,
                      const std::string& logon_program, const std::string& system_folder);

// What the logon program starts in its own place: what is kept, in order, never itself; Windows'
// own userinit.exe where that is nothing.
std::vector<std::string> entries_to_run(const MaybeText& kept, const std::string& logon_program,
                                        const std::string& system_folder);

}  // namespace assent::windows
