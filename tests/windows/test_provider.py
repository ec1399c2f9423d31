"""The credential provider in a logon screen under wine (logon_ui_host.cpp), with a stand-in for Windows'
own provider (inner_provider.cpp) and a gate that does as it is told (scripted_gate.cpp). Each flow below
is one visit to the logon screen; all run in one process, as LogonUI is one."""
import json

import pytest

from conftest import PROGRAMS, windows_path

POLICY, LOCAL = r"SOFTWARE\Policies\Assent", r"SOFTWARE\Assent"
S_OK, E_NOTIMPL, E_ACCESSDENIED, E_INVALIDARG = "00000000", "80004001", "80070005", "80070057"
NOT_FINISHED, CREDENTIAL = 0, 2  # what GetSerialization says
WARNING, SUCCESS = 2, 3

TYPED = ["type 0 KINGSMEAD", "type 1 siân", "type 2 correct horse"]
OPENED = ["usage 1", "users", "tile", "advise", *TYPED]
ASKED = "asked KINGSMEAD|siân owned"

FLOWS = {
    "let in": ["gate let in", *OPENED, "serialize", "told", "report 0", "heard", "unadvise"],
    "kept out": ["gate keep out Rwy'n gwrthod – nie", *OPENED, "serialize", "unadvise"],
    "kept out silently": ["gate keep out", *OPENED, "serialize"],
    "kept out, then let in": ["gate keep out", *OPENED, "serialize", "forget", "gate let in", "serialize",
                              "report 0"],
    "wrong password": ["gate let in", *OPENED, "serialize", "report C000006D", "serialize", "report 0"],
    "wrong password, then away": ["gate let in", *OPENED, "serialize", "report C000006D", "unadvise"],
    "tile let go of": ["gate let in", *OPENED, "serialize", "drop tile", "drop provider", "told"],
    "tile left": ["gate let in", *OPENED, "serialize", "deselected", "told", "report 0"],
    "unadvised": ["gate let in", *OPENED, "serialize", "unadvise", "told", "report 0"],
    "another visit": ["gate let in", *OPENED, "serialize", "drop tile", "usage 1", "told"],
    "tile left meanwhile": ["gate let in", "gate show a window", *OPENED, "later deselected", "serialize",
                            "report 0"],
    "all let go of meanwhile": ["gate let in", "gate show a window", *OPENED, "later drop everything",
                                "serialize"],
    "logon meanwhile": ["gate let in", "gate show a window", *OPENED, "later serialize", "serialize",
                        "report 0"],
    "unlock by kind": ["gate keep out", "inner kind 7", *OPENED, "serialize", "report 0"],
    "unlock by session": ["gate keep out", "gate session KINGSMEAD siân", *OPENED, "serialize", "report 0"],
    "session of another": ["gate keep out", "gate session KINGSMEAD ann", *OPENED, "serialize"],
    "gate fails": ["gate throw", *OPENED, "serialize", "report 0"],
    "gate fails at the end": ["gate let in", "gate throw at the end", *OPENED, "serialize", "report 0"],
    "no gate": ["gate fail to be made", *OPENED, "serialize", "report 0"],
    "no gate, by a bug": ["gate throw when made", *OPENED, "serialize", "report 0"],
    "garbage": ["gate keep out", "inner garbage", *OPENED, "serialize", "report 0"],
    "another kind of logon": ["gate keep out", "inner kind 13", *OPENED, "serialize"],
    "inner refuses": ["gate keep out", "inner refuse", *OPENED, "serialize"],
    "inner packs nothing": ["gate keep out", "inner nothing", *OPENED, "serialize"],
    "without events": ["gate let in", "usage 1", "tile", *TYPED, "serialize"],
    "of the first version": ["inner first version", "gate let in", *OPENED, "interfaces", "serialize"],
    "fields": [*OPENED, "interfaces", "provider", "fields", "heard"],
    "tiles change": ["usage 1", "tile", "inner new tile", "tile", "tile"],
    "events": [*OPENED, "inner say", "heard"],
    "events of the first version": ["usage 1", "tile", "advise 1", "inner say", "heard"],
    "events after the end": [*OPENED, "inner keep events", "unadvise", "inner say", "heard"],
    "change of password": ["usage 3", "provider", "users", "tile"],
    "usages": [f"usage {each}" for each in (0, 2, 3, 4, 5, 6, 99)],
    "logon, then CredUI": [*OPENED, "usage 4", "provider"],
    "off by policy": [f"switch {POLICY} 1", "usage 1", "provider", "users", "tile", f"switch {POLICY}"],
    "off by hand": [f"switch {LOCAL} 5", "usage 1", "provider", "users", "tile", f"switch {LOCAL}"],
    "off by either": [f"switch {POLICY} 0", f"switch {LOCAL} 1", "usage 1", f"switch {POLICY}",
                      f"switch {LOCAL}"],
    "on": [f"switch {POLICY} 0", "usage 1", f"switch {POLICY}"],
    "no inner": ["inner_class", "usage 1", "provider", "users", "tile", "inner_class again"],
}


INNER, DLL = (windows_path(PROGRAMS / name) for name in ("inner_provider.dll", "provider_under_test.dll"))


@pytest.fixture(scope="module")
def flows(wine, tmp_path_factory):
    """What each flow's steps gave, in order."""
    assert wine.run("regsvr32", "/s", DLL).returncode == 0
    steps = [f"inner_class {INNER}"]
    for name, flow in FLOWS.items():
        steps += [f"begin {name}", *flow, f"end {name}"]
    steps.append("inner_class")
    steps = [f"inner_class {INNER}" if step == "inner_class again" else step for step in steps]
    file = tmp_path_factory.mktemp("logon") / "steps"
    file.write_text("\n".join(steps) + "\n")
    done = wine.run(PROGRAMS / "logon_ui_host.exe", file, windows_path(PROGRAMS))
    wine.run("regsvr32", "/s", "/u", DLL)
    given, name = {}, None
    for said in map(json.loads, done.stdout.splitlines()):
        if said["step"].startswith("begin "):
            name = said["step"][6:]
        given.setdefault(name, []).append(said)
    assert done.returncode == 0, (name, given.get(name, [])[-1:], done.stderr[-1000:])
    return given


class Visit:
    def __init__(self, steps):
        self.steps = steps

    def all(self, word):
        return [step for step in self.steps if step["step"].split(" ")[0] == word]

    def only(self, word):
        found = self.all(word)
        assert len(found) == 1, (word, found)
        return found[0]

    @property
    def told(self):
        return [line for line in self.only("end")["told"] if line not in ("made", "gone")]


@pytest.fixture
def visit(flows):
    return lambda name: Visit(flows[name])


def is_untouched(serialized):
    return serialized == {"result": S_OK, "response": CREDENTIAL, "size": 116, "from inner": True,
                          "login": "KINGSMEAD|siân", "text": "by the inner", "icon": SUCCESS,
                          "not freed yet": True, "step": "serialize"}


# The next is what shows that a test sees a password that was not wiped: after a logon that goes on,
# the stand-in for LogonUI frees the packed logon as it is.
def test_who_is_let_in_logs_on_and_then_counts(visit):
    seen = visit("let in")
    assert is_untouched(seen.only("serialize"))
    assert seen.only("told")["told"] == ["made", ASKED]
    assert seen.told == [ASKED, "confirmed"]
    assert seen.only("report") == {"result": S_OK, "text": "reported", "icon": 1, "step": "report 0"}
    assert "\nreported 0 3\n" in seen.only("heard")["inner"]
    assert seen.only("end")["passwords freed"] == 1


@pytest.mark.parametrize("flow, text", [("kept out", "Rwy'n gwrthod – nie"), ("kept out silently", "")])
def test_who_is_kept_out_sees_why_and_nothing_is_left_of_the_password(visit, flow, text):
    seen = visit(flow)
    assert seen.only("serialize") == {
        "result": S_OK, "response": NOT_FINISHED, "size": 0, "from inner": False, "login": "",
        "text": text, "icon": WARNING, "not freed yet": False, "step": "serialize"}
    assert seen.told == [ASKED]
    assert seen.only("end")["passwords freed"] == 0 and seen.only("end")["not freed"] == 0


def test_who_was_kept_out_may_try_again(visit):
    seen = visit("kept out, then let in")
    first, second = seen.all("serialize")
    assert first["response"] == NOT_FINISHED and is_untouched(second)
    assert seen.told == [ASKED, ASKED, "confirmed"]


def test_a_failed_logon_is_dropped_and_never_confirmed(visit):
    assert visit("wrong password, then away").told == [ASKED, "dropped"]
    assert visit("wrong password").told == [ASKED, "dropped", ASKED, "confirmed"]


@pytest.mark.parametrize("flow", ["tile let go of", "tile left", "unadvised", "another visit"])
def test_what_is_pending_is_dropped_when_the_tile_goes(visit, flow):
    seen = visit(flow)
    assert seen.only("told")["told"][:3] == ["made", ASKED, "dropped"]
    assert seen.told == [ASKED, "dropped"], "and nothing after it, whatever Windows reports"


@pytest.mark.parametrize("flow", ["tile left meanwhile", "all let go of meanwhile"])
def test_a_tile_that_goes_while_the_rules_are_shown_takes_its_logon_with_it(visit, flow):
    seen = visit(flow)
    serialized = seen.only("serialize")
    assert (serialized["response"], serialized["size"]) == (NOT_FINISHED, 0)
    assert seen.told == [ASKED, "dropped"]
    assert seen.only("end")["passwords freed"] == 0


def test_a_second_logon_while_the_rules_are_shown_is_not_one(visit):
    seen = visit("logon meanwhile")
    second, first = seen.all("serialize")
    assert second["response"] == NOT_FINISHED and is_untouched(first)
    assert seen.told == [ASKED, "confirmed"]


@pytest.mark.parametrize("flow", ["unlock by kind", "unlock by session"])
def test_who_unlocks_their_session_is_not_asked(visit, flow):
    seen = visit(flow)
    assert is_untouched(seen.only("serialize")) and seen.told == []


def test_somebody_elses_session_changes_nothing(visit):
    assert visit("session of another").told == [ASKED]


@pytest.mark.parametrize("flow, told", [
    ("gate fails", [ASKED, "dropped"]), ("gate fails at the end", [ASKED, "confirmed"]),
    ("no gate", []), ("no gate, by a bug", [])])
def test_when_something_of_ours_fails_the_logon_goes_on(visit, flow, told):
    seen = visit(flow)
    assert is_untouched(seen.only("serialize")) and seen.only("report")["result"] == S_OK
    assert seen.told == told


def test_a_logon_that_cannot_be_read_goes_on(visit):
    for flow in ("garbage", "another kind of logon"):
        seen = visit(flow)
        serialized = seen.only("serialize")
        assert (serialized["result"], serialized["response"], serialized["size"]) == (S_OK, CREDENTIAL, 116)
        assert seen.told == []


def test_where_the_inner_packs_nothing_nobody_is_asked(visit):
    assert visit("inner refuses").only("serialize")["result"] == E_ACCESSDENIED
    nothing = visit("inner packs nothing").only("serialize")
    assert (nothing["response"], nothing["text"], nothing["icon"]) == (NOT_FINISHED, "by the inner", SUCCESS)
    assert visit("inner refuses").told == visit("inner packs nothing").told == []


def test_without_events_there_is_no_owner_and_the_question_all_the_same(visit):
    assert visit("without events").told == ["asked KINGSMEAD|siân unowned", "dropped"]


def test_everything_of_a_tile_is_the_inners(visit):
    seen = visit("fields")
    tile, fields = seen.only("tile"), seen.only("fields")
    assert tile["same"] and (tile["sid result"], tile["sid"]) == (S_OK, "S-1-5-21-1-2-3-1001")
    assert fields == {"selected": S_OK + "1", "state": "11", "string": "siân", "bitmap": 6,
                      "checkbox": "box1", "submit": 7, "combo": "8 9", "choice": "choice",
                      "link": E_ACCESSDENIED, "options": 2, "step": "fields"}
    asked = ["selected", "state 1", "string 1", "bitmap 2", "checkbox 3", "submit 4", "combo 5",
             "combo 6 at 1", "check 7 1", "choose 8 2", "link 9", "options 10"]
    assert seen.only("heard")["inner"].splitlines()[-len(asked):] == asked
    assert seen.only("interfaces") == {"options": True, "identity": True, "foreign": "80004002",
                                       "no place": "80004003", "step": "interfaces"}


def test_tiles_that_the_inner_changes_are_changed(visit):
    tiles = visit("tiles change").all("tile")
    assert [tile["sid"][-4:] for tile in tiles] == ["1001", "1002", "1002"]
    assert [tile["same"] for tile in tiles] == [True, True, True]


def test_everything_of_the_provider_is_the_inners(visit):
    seen = visit("fields")
    assert seen.only("provider") == {
        "advise": S_OK, "context": 1234, "given": S_OK, "count": S_OK, "fields": 3, "descriptor": S_OK,
        "type": 5, "tiles": S_OK, "shape": ["1", "0", "1"], "beyond": E_INVALIDARG, "unadvise": S_OK,
        "step": "provider"}
    heard = seen.only("heard")["inner"].splitlines()
    assert heard[:2] == ["usage 1 0", "users 4"]
    assert [line for line in heard if "advised" in line or "given" in line] == [
        "tile advised", "advised", "given 77", "unadvised"]


def test_what_the_inner_says_of_its_tile_is_said_of_ours(visit):
    first = ["state 1 3", "interaction 1 3", "string said 1 0", "checkbox label 1 1", "bitmap 1 5",
             "selected 1 2", "deleted 1 3", "appended item 1 0", "submit 1 4"]
    assert visit("events").only("heard")["events"] == [*first, "begin 0 0", "options 1 1", "end 0 0"]
    assert "events of the second version" in visit("events").only("heard")["inner"]
    older = visit("events of the first version").only("heard")
    assert older["events"] == first and "second version" not in older["inner"]
    assert visit("events after the end").only("heard")["events"] == []


def test_a_provider_of_the_first_version_stands_under_other_user(visit):
    seen = visit("of the first version")
    assert (seen.only("tile")["sid result"], seen.only("tile")["sid"]) == ("00000001", "")
    assert seen.only("users")["result"] == S_OK and seen.only("interfaces")["options"] is False
    assert is_untouched(seen.only("serialize")) and seen.told == [ASKED, "dropped"]


def refuses_everything(seen):
    provider = seen.only("provider")
    assert {provider[each] for each in ("advise", "given", "count", "descriptor", "tiles", "beyond",
                                        "unadvise")} == {E_NOTIMPL}
    assert provider["context"] == provider["fields"] == provider["type"] == 0
    return {step["result"] for step in seen.all("users") + seen.all("tile")} <= {E_NOTIMPL}


def test_only_logons_have_tiles_of_ours(visit):
    assert {step["result"] for step in visit("usages").all("usage")} == {E_NOTIMPL}
    assert refuses_everything(visit("change of password"))
    assert [step["result"] for step in visit("logon, then CredUI").all("usage")] == [S_OK, E_NOTIMPL]
    assert visit("logon, then CredUI").only("provider")["tiles"] == E_NOTIMPL


@pytest.mark.parametrize("flow", ["off by policy", "off by hand"])
def test_where_it_is_switched_off_there_are_no_tiles_of_ours(visit, flow):
    assert visit(flow).only("usage")["result"] == E_NOTIMPL
    assert refuses_everything(visit(flow))


def test_either_switch_is_enough_and_zero_switches_nothing_off(visit):
    assert visit("off by either").only("usage")["result"] == E_NOTIMPL
    assert visit("on").only("usage")["result"] == S_OK


def test_without_the_inner_there_are_no_tiles_of_ours(visit):
    assert visit("no inner").only("usage")["result"] == E_NOTIMPL
    assert refuses_everything(visit("no inner"))


@pytest.mark.parametrize("flow", FLOWS)
def test_nothing_is_left_behind(visit, flow):
    end = visit(flow).only("end")
    assert end["in use"] == int(end["held"]), "DllCanUnloadNow, while something is held"
    assert (end["ours"], end["inner"]) == (0, 0), "DllCanUnloadNow, afterwards"
    assert not end["still loaded"]
    assert end["events left"] == 0 and end["not freed"] == 0
    assert end["told"].count("made") == end["told"].count("gone"), "each gate is destroyed"
