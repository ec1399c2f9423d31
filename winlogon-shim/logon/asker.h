#pragma once
// The child process: asks the person, and says what follows.

#include <string>
#include <vector>

#include "core/base/result.h"
#include "winlogon-shim/domain/settings.h"

namespace assent::windows {

// "--ask": one conversation. Invalid where nobody of ours started this. Otherwise the signals say
// the rest.
Status ask_person(const std::vector<std::string>& signals, const Settings& settings);
// "--recheck": somebody was let in because nobody could say whether they may. Asks again each
// minute, until the service answers: they stay, or are asked, or are logged off with a warning.
void recheck_person(const Settings& settings);

}  // namespace assent::windows
