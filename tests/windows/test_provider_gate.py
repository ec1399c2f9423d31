"""AssentProvider.dll in a logon screen under wine, with the real service on the machine and a real assentd.
Wine gives every program one person's token, so the service takes the screen for that person: what it does
before anybody is known is held by test_screen_answers.py and tests/unit/shim/logon_screen_test.cpp."""
from logon_screen import CREDENTIAL, NOT_FINISHED, screen, serialized  # noqa: F401
from machine import PERSON, machine, nothing_left_behind  # noqa: F401
from screen import Window


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
