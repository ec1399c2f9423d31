#include "winlogon-shim/domain/window_words.h"

#include <algorithm>

#include "core/base/language.h"

namespace assent::windows {
namespace {

constexpr WindowWords kWords[] = {
    {"en", "School rules", "I have read this to the end.",
     "I have read this to the end, or somebody has read it to me.",
     "Read to the end: scroll down, or press Ctrl+End. Then tick the box.",
     "You have come to the end. Tick the box, then choose.", "Log off without answering",
     "Report a problem", "Tell the ICT team, or a teacher, what went wrong, and:", "Computer",
     "Time", "Code", "Go back"},
    {"cy", "Rheolau'r ysgol", "Rwyf wedi darllen hwn i'r diwedd.",
     "Rwyf wedi darllen hwn i'r diwedd, neu mae rhywun wedi'i ddarllen i mi.",
     "Darllenwch i'r diwedd: sgroliwch i lawr, neu pwyswch Ctrl+End. Yna ticiwch y blwch.",
     "Rydych wedi cyrraedd y diwedd. Ticiwch y blwch, yna dewiswch.", "Allgofnodi heb ateb",
     "Rhoi gwybod am broblem", "Dywedwch wrth y tîm TGCh, neu athro, beth aeth o'i le, a:",
     "Cyfrifiadur", "Amser", "Cod", "Yn ôl"},
};

}  // namespace

const WindowWords& window_words(std::string_view language) {
  const auto* found = std::ranges::find(kWords, primary_subtag(language), &WindowWords::language);
  return found == std::end(kWords) ? kWords[0] : *found;
}

}  // namespace assent::windows
