"""The logon program as Winlogon starts it, with the real service on the machine and a real assentd: what
a person sees, what is recorded, and who gets a desktop."""
import os, signal, socket, struct, subprocess, time

import pytest

from service_fixture import wait_for

from conftest import PROGRAMS
from scripted_server import ScriptedServer, said
from machine import PERSON, POLICIES, machine, nothing_left_behind  # noqa: F401
from screen import Window

def processes(verb):
    """Ours, by the last word of their command line."""
    listed = subprocess.run(["pgrep", "-f", rf"assent-logon\.exe {verb}"], capture_output=True,
                            text=True).stdout
    return [int(number) for number in listed.split()]


def test_r3_the_whole_rules_are_shown_at_first_and_accepted_by_the_keyboard_alone(machine):
    program = machine.log_on()
    window = machine.window(has="I log in with my own name only.")
    assert window.heading == "Kingsmead School" and machine.gets_none()
    assert not window.is_enabled(Window.FIRST) and not window.is_enabled(Window.CONFIRM)
    machine.accept()
    assert machine.ended(program) == 0 and machine.gets_desktop()
    record = machine.last()
    assert record["channel"] == "windows:console" and record["proof"] == "device"
    assert record["subject"]["login"] == PERSON and record["device"] == "WIN-0039"
    assert record["items"][0]["act"] == "agree" and "authenticated yes" in record["attestation"]["stmt"]


def test_who_owes_nothing_sees_no_window_and_nothing_is_recorded(machine):
    before = machine.service.size()
    assert machine.ended(machine.log_on()) == 0
    assert machine.gets_desktop() and not machine.look() and machine.service.size() == before


def test_r3_exactly_what_changed_is_shown_and_once(machine):
    machine.amend("acknowledge")
    program = machine.log_on()
    window = machine.window(has="NEW")
    assert "SAME\tThe other 12 rules are the same as when you signed." in window.text
    assert window.buttons()[0] == "Carry on. You accept what is shown."
    machine.accept()
    assert machine.ended(program) == 0 and machine.gets_desktop()
    opened = wait_for("the session's beginning is recorded",
                      lambda: machine.records()[-1]["type"] == "opened" and machine.records()[-1])
    assert opened["channel"] == "windows:console"
    assert machine.ended(machine.log_on()) == 0 and not machine.look()


def test_an_answer_that_comes_before_reading_is_none(machine):
    machine.amend()
    before = machine.service.size()
    program = machine.log_on()
    machine.window(has="CHANGED")
    machine.look(Window.FIRST)  # a message that says "I agree", from a button that is disabled
    machine.look(1)             # Enter
    assert machine.look().is_enabled(Window.LEAVE) and program.poll() is None
    assert machine.service.size() == before and machine.gets_none()
    machine.press(Window.LEAVE)
    assert machine.ended(program) == 0 and machine.gets_none()
    assert machine.service.size() == before


def test_every_rule_is_shown_to_who_asks_for_them(machine):
    program = machine.log_on()
    window = machine.window(has="CHANGED")
    machine.press(Window.FIRST + window.buttons().index("Show me every rule."))
    assert "Show me every rule." not in machine.window(has="I log in with my own name").buttons()
    machine.press(Window.LEAVE)
    assert machine.ended(program) == 0


def test_help_lets_in_and_says_whom_to_talk_to(machine):
    program = machine.log_on()
    window = machine.window(has="CHANGED")
    machine.press(Window.FIRST + window.buttons().index("I have a question. I can log in today."))
    assert machine.ended(program) == 0 and machine.gets_desktop()
    assert machine.last()["items"][0]["act"] == "help"
    machine.window(has="tutor")
    machine.press(Window.FIRST)
    machine.no_window()


def test_a_no_is_recorded_and_is_no_missed_lesson(machine):
    program = machine.log_on()
    window = machine.window(has="CHANGED")
    machine.press(Window.FIRST + len(window.buttons()) - 1)
    assert machine.ended(program) == 0 and machine.gets_desktop()
    assert machine.last()["items"][0]["act"] == "decline"


def test_the_problem_to_report_names_computer_time_and_code(machine):
    program = machine.log_on()
    machine.window(has="CHANGED")
    machine.press(Window.PROBLEM)
    text = machine.window(has="Tell the ICT team").text
    assert "Computer: " in text and "Time: 20" in text and "Code: " in text
    machine.press(Window.FIRST)
    machine.window(has="CHANGED")
    machine.press(Window.LEAVE)
    assert machine.ended(program) == 0


def test_the_kill_switch_asks_nobody(machine):
    machine.set("Disabled", 1, "REG_DWORD")
    assert machine.ended(machine.log_on()) == 0
    assert machine.gets_desktop() and not machine.look()


def test_group_policy_is_above_what_was_installed(machine):
    machine.set("Disabled", 0, "REG_DWORD")
    machine.set("Disabled", 1, "REG_DWORD", POLICIES)
    assert machine.ended(machine.log_on()) == 0 and machine.gets_desktop()


def test_an_account_of_the_machine_is_kept_out_where_the_school_says_so(machine):
    machine.put("LocalAccounts", "deny")
    try:
        program = machine.log_on()
        machine.window(has="This account cannot be used here.")
        machine.press(Window.FIRST)
        assert machine.ended(program) == 0 and machine.gets_none()
    finally:
        machine.put("LocalAccounts", "ask")


@pytest.fixture
def without_assentd(machine):
    machine.service.process.send_signal(signal.SIGSTOP)
    yield
    machine.service.process.send_signal(signal.SIGCONT)


def test_a_service_that_hangs_leaves_nobody_without_a_desktop_where_it_is_open(machine,
                                                                               without_assentd):
    assert machine.ended(machine.log_on()) == 0
    assert machine.gets_desktop() and not machine.look()
    wait_for("the session is looked at again later", lambda: processes("--recheck"))


def test_a_service_that_hangs_keeps_people_out_where_it_is_closed(machine, without_assentd):
    machine.set("OnUnavailable", "closed")
    machine.set("Help", "Ask Mr Okoro, room B12.")
    program = machine.log_on()
    assert "Ask Mr Okoro, room B12." in machine.window(has="cannot be reached").text
    machine.press(Window.FIRST)
    assert machine.ended(program) == 0 and machine.gets_none()


def dripping(connection, _):
    for byte in said(b'{"token":"x"}'):
        connection.sendall(bytes([byte]))
        time.sleep(0.1)


def resetting(connection, _):
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()


@pytest.mark.parametrize("answer", [dripping, resetting])
def test_a_service_that_breaks_off_is_away(machine, answer):
    with ScriptedServer(answer) as server:
        machine.set("Service", server.url, key=POLICIES)
        machine.stop_service()
        machine.start_service()
        assert machine.ended(machine.log_on()) == 0
        assert machine.gets_desktop() and not machine.look() and server.requests
    machine.drop("Service", POLICIES)
    machine.changed.clear()
    machine.stop_service()
    machine.start_service()


def test_an_excluded_account_gets_in_where_it_is_closed(machine, without_assentd):
    machine.set("OnUnavailable", "closed")
    machine.set("ExcludedAccounts", f".\\{PERSON}", "REG_MULTI_SZ")
    assert machine.ended(machine.log_on()) == 0
    assert machine.gets_desktop() and not machine.look()


def test_a_session_of_an_outage_is_asked_when_the_service_is_back(machine):
    machine.service.process.send_signal(signal.SIGSTOP)
    try:
        assert machine.ended(machine.log_on()) == 0 and machine.gets_desktop()
    finally:
        machine.service.process.send_signal(signal.SIGCONT)
    machine.window(has="CHANGED")  # within a minute
    machine.accept()
    wait_for("the answer counts", lambda: machine.last()["items"][0]["act"] == "agree")


@pytest.mark.parametrize("how, closed", [(signal.SIGKILL, False), (signal.SIGKILL, True),
                                         (signal.SIGSTOP, False)])
def test_a_fault_of_the_window_is_answered_as_an_outage_is(machine, how, closed):
    machine.amend()
    if closed:
        machine.set("OnUnavailable", "closed")
    program = machine.log_on()
    machine.window(has="CHANGED")
    [child] = processes("--ask")
    os.kill(child, how)
    assert machine.ended(program) == 0
    assert machine.gets_none() if closed else machine.gets_desktop()
    if how == signal.SIGSTOP:
        wait_for("what hangs is ended", lambda: not processes("--ask"))


def test_another_program_at_the_pipe_is_not_believed(machine):
    machine.stop_service()
    squatter = machine.wine.start(PROGRAMS / "pipe_probe.exe", "squat", stdin=subprocess.PIPE)
    try:
        wait_for("a pipe of the same name", lambda: "verdict" in machine.wine.lines(
            "pipe_probe.exe", "check-anybody")[0])
        machine.set("OnUnavailable", "closed")
        program = machine.log_on()
        machine.window(has="cannot be reached")
        machine.press(Window.FIRST)
        assert machine.ended(program) == 0 and machine.gets_none()
    finally:
        squatter.communicate(b"\n", timeout=60)
        machine.start_service()

