#include "winlogon-shim/domain/watch.h"

namespace assent::windows {

Consequence consequence_of(Heard last, const Settings& settings) {
  switch (last) {
    case Heard::Desktop: return {true, false, ""};
    case Heard::Provisional: return {true, true, ""};
    case Heard::Leave: return {false, false, ""};  // they know why
    case Heard::Beat:
    case Heard::Ended:
    case Heard::Nothing: break;
  }
  return consequence_of_fault(settings);
}

}  // namespace assent::windows
