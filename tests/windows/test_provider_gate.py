"""AssentProvider.dll in a logon screen under wine, with the real service on the machine and a real assentd.
Wine gives every program one person's token, so the service takes the screen for that person: what it does
before anybody is known is held by tests/unit/shim/logon_screen_test.cpp."""
import json, shutil, subprocess

import pytest

from conftest import PATIENCE, PROGRAMS, windows_path
from machine import PERSON, machine, nothing_left_behind  # noqa: F401
from screen import Window

NOT_FINISHED, CREDENTIAL = 0, 2  # what GetSerialization says


@pytest.fixture(scope="module")
def screen(machine, tmp_path_factory):
    """Starts the logon screen for a flow; it runs on while somebody reads."""
    folder = tmp_path_factory.mktemp("screen")
    shutil.copy(PROGRAMS / "AssentProvider.dll", folder / "provider_under_test.dll")
    shutil.copy(PROGRAMS / "inner_provider.dll", folder / "inner_provider.dll")
    ours, inner = (windows_path(folder / name) for name in ("provider_under_test.dll",
                                                            "inner_provider.dll"))
    assert machine.wine.run("regsvr32", "/s", ours).returncode == 0

    def start(*flow):
        steps = [f"inner_class {inner}", "begin a visit", "usage 1", "users", "tile", "advise",
                 "type 0 .", f"type 1 {PERSON}", "type 2 correct horse", *flow, "end a visit",
                 "inner_class"]
        (folder / "steps").write_text("\n".join(steps) + "\n")
        return machine.wine.start(PROGRAMS / "logon_ui_host.exe", folder / "steps",
                                  windows_path(folder), stdin=subprocess.DEVNULL,
                                  stdout=subprocess.PIPE, text=True)
    yield start
    machine.wine.run("regsvr32", "/s", "/u", ours)


def serialized(program):
    said = [json.loads(line) for line in program.communicate(timeout=PATIENCE)[0].splitlines()]
    assert program.returncode == 0, said[-1:]
    return [step for step in said if step["step"] == "serialize"][-1]


def test_the_rules_are_shown_over_the_logon_screen_and_the_answer_reaches_the_service(machine, screen):
    program = screen("serialize", "report 0")
    assert "I log in with my own name only." in machine.window().text
    machine.accept()
    assert serialized(program)["response"] == CREDENTIAL
    assert machine.last()["items"][0]["act"] == "agree"


def test_who_owes_nothing_sees_the_tiles_alone(machine, screen):
    assert serialized(screen("serialize", "report 0"))["response"] == CREDENTIAL
    assert not machine.look()


def test_who_leaves_the_rules_unanswered_goes_back_to_the_tiles(machine, screen):
    machine.amend()
    program = screen("serialize")
    machine.window(has="CHANGED")
    machine.press(Window.LEAVE)
    step = serialized(program)
    assert step["response"] == NOT_FINISHED and "Nothing was recorded" in step["text"]


def test_an_outage_is_the_logon_programs_to_answer(machine, screen):
    machine.stop_service()
    try:
        assert serialized(screen("serialize", "report 0"))["response"] == CREDENTIAL
    finally:
        machine.start_service()


def test_an_excluded_account_is_not_asked(machine, screen):
    machine.set("ExcludedAccounts", f".\\{PERSON}", "REG_MULTI_SZ")
    assert serialized(screen("serialize", "report 0"))["response"] == CREDENTIAL
    assert not machine.look()
