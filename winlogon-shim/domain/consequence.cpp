#include "winlogon-shim/domain/consequence.h"

namespace assent::windows {
namespace {

constexpr std::string_view kUnreachable =
    "The school's sign-in service cannot be reached just now. Please try again in a few minutes.";
constexpr std::string_view kFault = "The school's sign-in program has failed on this computer.";
constexpr std::string_view kLocal = "This account cannot be used here.";
constexpr std::string_view kTalkToIct = "Please talk to the ICT team.";

std::string with_help(std::string_view text, const Settings& settings) {
  return std::string(text) + "\n\n" +
         (settings.help.empty() ? std::string(kTalkToIct) : settings.help);
}

Consequence without_answer(std::string_view why, const Settings& settings) {
  if (settings.on_unavailable == OnUnavailable::Open) return {true, true, ""};
  return {false, false, with_help(why, settings)};
}

}  // namespace

Consequence consequence_of(const gate::Outcome& outcome, const Settings& settings) {
  switch (outcome.ending) {
    case gate::Ending::Proceed: return {true, false, ""};
    case gate::Ending::Unavailable: return without_answer(kUnreachable, settings);
    case gate::Ending::CutOff: return {false, false, ""};  // by their own choice
    case gate::Ending::Refused:
    case gate::Ending::Declined: break;
  }
  return {false, false, outcome.message.empty() ? std::string(kTalkToIct) : outcome.message};
}

Consequence consequence_of_fault(const Settings& settings) {
  return without_answer(kFault, settings);
}

Consequence consequence_for_local(const Settings& settings) {
  return {false, false, with_help(kLocal, settings)};
}

}  // namespace assent::windows
