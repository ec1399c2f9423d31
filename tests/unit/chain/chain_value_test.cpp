// Taking Userinit's place and giving it back: what stood there is never lost, and never ours.

#include "winlogon-shim/chain/value/chain_value.h"

#include <gtest/gtest.h>

namespace assent::windows {
namespace {

const std::string kOurs = "C:\\Program Files\\Assent\\assent-logon.exe";
const std::string kFolder = "C:\\Windows\\system32";
const std::string kWindows = kFolder + "\\userinit.exe";
const std::string kQuoted = "\"c:\\program files\\assent\\Assent-Logon.exe\"";

MaybeText plain(const std::string& text) {
  return RegistryText{text, false};
}
MaybeText expanding(const std::string& text) {
  return RegistryText{text, true};
}
constexpr std::nullopt_t kNone = std::nullopt;

struct OnCase {
  const char* name;
  MaybeText current, kept;
  TurnOn plan;
};

TEST(ChainOn, KeepsWhatStoodThere) {
  const TurnOn keep_current{Keeping::Current, {}}, as_it_is{};
  const std::vector<OnCase> table = {
      {"as Windows has it", plain(kWindows + ","), kNone, keep_current},
      {"no trailing comma", plain(kWindows), kNone, keep_current},
      {"expanding", expanding("%SystemRoot%\\system32\\userinit.exe,"), kNone, keep_current},
      {"several", plain(kWindows + ",C:\\x\\a.exe,"), kNone, keep_current},
      {"empty", plain(""), kNone, keep_current},
      {"no value", kNone, kNone, keep_current},
      {"reset by somebody", plain("C:\\b.exe,"), plain(kWindows + ","), keep_current},
      {"ours", plain(kOurs + ","), plain(kWindows + ","), as_it_is},
      {"ours, nothing kept", plain(kOurs + ","), kNone, as_it_is},
      {"ours in another dress", plain(kQuoted), plain(kWindows), as_it_is},
      {"ours twice", plain(kOurs + "," + kQuoted), plain(kWindows), as_it_is},
      {"Windows' own came back", plain(kWindows + "," + kOurs), plain(kWindows + ","), as_it_is},
      {"somebody joined us",
       plain(kOurs + ",C:\\a.exe,"),
       plain(kWindows + ","),
       {Keeping::Text, {kWindows + ",C:\\a.exe,", false}}},
      {"joined, nothing kept",
       plain("C:\\a.exe," + kOurs),
       kNone,
       {Keeping::Text, {kWindows + ",C:\\a.exe,", false}}},
      {"Windows' own joined, nothing kept",
       plain("userinit.exe," + kOurs),
       kNone,
       {Keeping::Text, {"userinit.exe,", false}}},
      {"joined what expands",
       plain(kOurs + ",C:\\a.exe"),
       expanding("%SystemRoot%\\userinit.exe"),
       {Keeping::Text, {"%SystemRoot%\\userinit.exe,C:\\a.exe,", true}}},
  };
  for (const OnCase& c : table)
    EXPECT_EQ(plan_turn_on(c.current, c.kept, kOurs, kFolder), c.plan) << c.name;
}

struct OffCase {
  const char* name;
  MaybeText current, kept;
  TurnOff plan;
};

TEST(ChainOff, GivesBackWhatStoodThereAndLeavesWhatIsOthers) {
  const TurnOff as_it_is{}, restore{Restoring::Kept, {}};
  const auto text = [](const std::string& t, bool expands = false) {
    return TurnOff{Restoring::Text, {t, expands}};
  };
  const std::vector<OffCase> table = {
      {"ours alone", plain(kOurs + ","), plain(kWindows + ","), restore},
      {"ours in another dress", plain(" " + kQuoted), plain(kWindows), restore},
      {"it was empty", plain(kOurs + ","), plain(""), restore},
      {"nothing kept", plain(kOurs + ","), kNone, text(kWindows + ",")},
      {"ours kept", plain(kOurs + ","), plain(kOurs + ","), text(kWindows + ",")},
      {"we are not in it", plain(kWindows + ",C:\\a.exe"), plain(kWindows), as_it_is},
      {"no value", kNone, plain(kWindows), as_it_is},
      {"behind Windows' own", plain(kWindows + "," + kOurs + ","), plain(kWindows + ","),
       text(kWindows + ",")},
      {"another behind us", plain(kOurs + ",C:\\a.exe"), plain(kWindows + ","),
       text(kWindows + ",C:\\a.exe")},
      {"another before us", plain("C:\\a.exe, " + kQuoted + " ,"), plain(kWindows + ","),
       text("C:\\a.exe," + kWindows + ",")},
      {"spaces and commas of others", plain(" C:\\a.exe ,," + kOurs + ",C:\\b c.exe -x , "),
       plain(kWindows + ","), text(" C:\\a.exe ,," + kWindows + ",C:\\b c.exe -x , ")},
      {"ours twice between", plain(kOurs + ",C:\\a.exe," + kOurs + ","), plain(kWindows),
       text(kWindows + ",C:\\a.exe,")},
      {"two were kept, one is back", plain("c:\\A.EXE," + kOurs), plain(kWindows + ",C:\\a.exe,"),
       text("c:\\A.EXE," + kWindows)},
      {"nothing kept, Windows' own there", plain("userinit.exe," + kOurs + ","), kNone,
       text("userinit.exe,")},
      {"nothing kept, another there", plain("C:\\a.exe," + kOurs + ","), kNone,
       text("C:\\a.exe," + kWindows + ",")},
      {"kept expands", plain(kOurs + ",C:\\a.exe"), expanding("%SystemRoot%\\userinit.exe"),
       text("%SystemRoot%\\userinit.exe,C:\\a.exe", true)},
      {"current expands", expanding(kOurs + ",%x%\\a.exe"), plain(kWindows),
       text(kWindows + ",%x%\\a.exe", true)},
  };
  for (const OffCase& c : table)
    EXPECT_EQ(plan_turn_off(c.current, c.kept, kOurs, kFolder), c.plan) << c.name;
}

struct RunCase {
  MaybeText kept;
  std::vector<std::string> entries;
};

TEST(ChainRun, StartsWhatWasThereBeforeAndNeverItself) {
  const std::vector<RunCase> table = {
      {kNone, {kWindows}},
      {plain(""), {kWindows}},
      {plain(" , "), {kWindows}},
      {plain(kWindows + ","), {kWindows}},
      {plain("C:\\a.exe -x," + kWindows), {"C:\\a.exe -x", kWindows}},
      {plain("C:\\a.exe," + kQuoted + ",C:\\b.exe"), {"C:\\a.exe", "C:\\b.exe"}},
      {plain(kOurs + ","), {kWindows}},
      {expanding("%SystemRoot%\\system32\\userinit.exe,"),
       {"%SystemRoot%\\system32\\userinit.exe"}},
  };
  for (const RunCase& c : table)
    EXPECT_EQ(entries_to_run(c.kept, kOurs, kFolder), c.entries) << (c.kept ? c.kept->text : "-");
}

TEST(Chain, OurValueIsOurProgramAndAComma) {
  EXPECT_EQ(list_of(kOurs), "C:\\Program Files\\Assent\\assent-logon.exe,");
}

}  // namespace
}  // namespace assent::windows
