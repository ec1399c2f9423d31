// What follows for the person, from an answer and from a program that failed.

#include "winlogon-shim/domain/consequence.h"

#include <gtest/gtest.h>

#include "winlogon-shim/domain/watch.h"

namespace assent::windows {
namespace {

using gate::Ending;

Settings when_away(OnUnavailable on_unavailable, std::string help = "") {
  Settings settings;
  settings.on_unavailable = on_unavailable;
  settings.help = std::move(help);
  return settings;
}

gate::Outcome ended(Ending ending, std::string message = "") {
  gate::Outcome outcome;
  outcome.ending = ending;
  outcome.message = std::move(message);
  return outcome;
}

void expect_desktop(const Consequence& consequence, bool provisional) {
  EXPECT_TRUE(consequence.desktop);
  EXPECT_EQ(consequence.provisional, provisional);
  EXPECT_EQ(consequence.notice, "");
}

void expect_log_off(const Consequence& consequence, const std::string& notice) {
  EXPECT_FALSE(consequence.desktop);
  EXPECT_FALSE(consequence.provisional);
  EXPECT_EQ(consequence.notice, notice);
}

constexpr char kAway[] =
    "The school's sign-in service cannot be reached just now. Please try again in a few minutes."
    "\n\n";
constexpr char kFailed[] = "The school's sign-in program has failed on this computer.\n\n";
constexpr char kIct[] = "Please talk to the ICT team.";

TEST(Consequence, OfAnAnswerIsTheSameWhetherTheServiceMayBeAwayOrNot) {
  for (const auto on_unavailable : {OnUnavailable::Open, OnUnavailable::Closed}) {
    const Settings settings = when_away(on_unavailable, "Ring 1234.");
    expect_desktop(consequence_of(ended(Ending::Proceed, "unread"), settings), false);
    expect_log_off(consequence_of(ended(Ending::Refused, "Not today."), settings), "Not today.");
    expect_log_off(consequence_of(ended(Ending::Declined, "You said no."), settings),
                   "You said no.");
    expect_log_off(consequence_of(ended(Ending::Refused), settings), kIct);
    expect_log_off(consequence_of(ended(Ending::Declined), settings), kIct);
    expect_log_off(consequence_of(ended(Ending::CutOff, "unread"), settings), "");
  }
}

TEST(Consequence, OfNoAnswerIsProvisionalWhereTheSchoolLetsPeopleInThen) {
  expect_desktop(consequence_of(ended(Ending::Unavailable, "why"), when_away(OnUnavailable::Open)),
                 true);
}

TEST(Consequence, OfNoAnswerIsALogOffWithHelpWhereItDoesNot) {
  const auto outcome = ended(Ending::Unavailable, "socket 7 is closed");
  expect_log_off(consequence_of(outcome, when_away(OnUnavailable::Closed)),
                 kAway + std::string(kIct));
  expect_log_off(consequence_of(outcome, when_away(OnUnavailable::Closed, "Ring 1234.")),
                 kAway + std::string("Ring 1234."));
}

TEST(Consequence, OfAnOutcomeThatNobodyFilledInIsALogOff) {
  expect_log_off(consequence_of(gate::Outcome{}, when_away(OnUnavailable::Open)), kIct);
  expect_log_off(Consequence{}, "");
}

TEST(Consequence, OfOurOwnFaultIsThatOfAServiceThatIsAway) {
  expect_desktop(consequence_of_fault(when_away(OnUnavailable::Open)), true);
  expect_log_off(consequence_of_fault(when_away(OnUnavailable::Closed)),
                 kFailed + std::string(kIct));
  expect_log_off(consequence_of_fault(when_away(OnUnavailable::Closed, "Ring 1234.")),
                 kFailed + std::string("Ring 1234."));
}

TEST(Consequence, ForAnAccountThatIsKeptOutIsALogOffWhateverHappens) {
  for (const auto on_unavailable : {OnUnavailable::Open, OnUnavailable::Closed}) {
    expect_log_off(consequence_for_local(when_away(on_unavailable)),
                   "This account cannot be used here.\n\n" + std::string(kIct));
    expect_log_off(consequence_for_local(when_away(on_unavailable, "Ring 1234.")),
                   "This account cannot be used here.\n\nRing 1234.");
  }
}

TEST(Watch, TakesTheWordOfTheProcessThatAsked) {
  for (const auto on_unavailable : {OnUnavailable::Open, OnUnavailable::Closed}) {
    const Settings settings = when_away(on_unavailable);
    expect_desktop(consequence_of(Heard::Desktop, settings), false);
    expect_desktop(consequence_of(Heard::Provisional, settings), true);
    expect_log_off(consequence_of(Heard::Leave, settings), "");
  }
}

TEST(Watch, LeavesNobodyWithoutADesktopByAFaultWhereTheSchoolLetsPeopleIn) {
  for (const auto heard : {Heard::Ended, Heard::Nothing, Heard::Beat}) {
    expect_desktop(consequence_of(heard, when_away(OnUnavailable::Open)), true);
    expect_log_off(consequence_of(heard, when_away(OnUnavailable::Closed, "Ring 1234.")),
                   kFailed + std::string("Ring 1234."));
  }
}

TEST(Watch, GivesAColdStartMoreTimeThanASignOfLife) {
  EXPECT_GT(WatchLimits::kFirstBeat, WatchLimits::kBeat);
}

}  // namespace
}  // namespace assent::windows
