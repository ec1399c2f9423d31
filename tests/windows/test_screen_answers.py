"""What is answered over the logon screen, where nobody is known: it counts for the person who then logs on, and
for nobody else, also where the word that the logon failed gets lost. The service is built as always, but takes
logon_ui_host.exe for Windows' own screen (screen_token.cpp). That an answer counts for three minutes is
tests/unit/shim/logon_screen_test.cpp's, which has a clock to move."""
import json, shutil

import pytest

from conftest import PATIENCE, PROGRAMS
from logon_screen import CREDENTIAL, NOT_FINISHED, screen, serialized  # noqa: F401
from machine import PERSON, machine, nothing_left_behind  # noqa: F401
from screen import Window

WRONG_PASSWORD = "report C000006D"
SOMEBODY_ELSE, NOBODY_TO_ASK = "akhan", "uhughes"  # who owes the same rules, and nothing


@pytest.fixture(scope="module", autouse=True)
def service_that_knows_the_screen(machine):
    machine.stop_service()
    place = machine.folders[0] / "assent-service.exe"
    shutil.copy(PROGRAMS / "screen_service.exe", place)
    machine.start_service()


@pytest.fixture
def owing(machine):
    machine.amend()
    return machine


def answered(machine, screen, *after, login=PERSON):
    """The rules are accepted over the logon screen, which is nothing to the log yet."""
    before = machine.service.size()
    program = screen("serialize", *after, login=login)
    machine.accept()
    for line in program.stdout:
        if (said := json.loads(line))["step"] == "serialize":
            break
    assert said["response"] == CREDENTIAL and machine.service.size() == before
    return program


def answered_and_lost(machine, screen, login=PERSON):
    """The screen is gone before Windows could say that the logon failed: nobody takes the answer back."""
    program = answered(machine, screen, "hang", login=login)
    program.kill()
    program.communicate(timeout=PATIENCE)


def expect_asked(machine):
    """And nothing is recorded of whoever only logs on."""
    before = machine.service.size()
    program = machine.log_on()
    machine.window()
    machine.press(Window.LEAVE)
    ended = machine.ended(program)
    assert (ended, machine.gets_none(), machine.service.size()) == (0, True, before)


def test_an_answer_over_the_logon_screen_is_recorded_when_its_person_has_logged_on(owing, screen):
    assert answered(owing, screen, "report 0").wait(PATIENCE) == 0
    assert owing.ended(owing.log_on()) == 0 and owing.gets_desktop() and not owing.look()
    record = owing.last()
    assert record["items"][0]["act"] == "agree"
    assert record["subject"]["login"] == PERSON and record["channel"] == "windows:console"
    assert record["proof"] == "device" and "authenticated yes" in record["attestation"]["stmt"]


def test_an_answer_whose_logon_failed_does_not_count(owing, screen):
    assert answered(owing, screen, WRONG_PASSWORD).wait(PATIENCE) == 0
    expect_asked(owing)


def test_an_answer_that_nobody_took_back_is_not_the_next_persons(owing, screen):
    answered_and_lost(owing, screen, login=SOMEBODY_ELSE)
    expect_asked(owing)


def test_an_answer_that_nobody_took_back_is_gone_once_somebody_else_is_asked(owing, screen):
    answered_and_lost(owing, screen)
    program = screen("serialize", login=SOMEBODY_ELSE)
    owing.window()
    owing.press(Window.LEAVE)
    assert serialized(program)["response"] == NOT_FINISHED
    expect_asked(owing)


def test_an_answer_that_nobody_took_back_is_gone_once_somebody_else_came_who_owes_nothing(owing, screen):
    answered_and_lost(owing, screen)
    assert serialized(screen("serialize", "report 0", login=NOBODY_TO_ASK))["response"] == CREDENTIAL
    expect_asked(owing)


def test_an_answer_that_nobody_took_back_is_gone_when_the_service_starts_again(owing, screen):
    answered_and_lost(owing, screen)
    owing.stop_service()
    owing.start_service()
    expect_asked(owing)
