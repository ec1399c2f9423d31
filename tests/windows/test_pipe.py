"""The service's pipe, from programs that are not the logon program."""
import random, re, subprocess

from service_fixture import wait_for

from conftest import PROGRAMS
from machine import PERSON, SERVICE, machine, nothing_left_behind  # noqa: F401

ASK, REFUSE = 2, 0  # wire::Verdict
VERSION, CHECK, WITHDRAWN = 1, 1, 7


def field(tag, value):
    return bytes([tag]) + len(value).to_bytes(4, "big") + value


def frame(kind, *fields):
    body = bytes([VERSION, kind]) + b"".join(fields)
    return len(body).to_bytes(4, "big") + body


def check(login):
    return frame(CHECK, field(1, login), field(2, b"console"), field(3, b"\x02"), field(4, b"\x00"))


def sent(machine, *frames):
    words = [word for each in frames for word in ("send", each.hex())]
    return machine.wine.lines("pipe_probe.exe", *words)


def test_the_token_says_who_asks(machine):
    own = machine.wine.lines("pipe_probe.exe", "own")[0]
    assert own["login"] == PERSON and own["local"] and own["logon"] == 1
    # Nobody at the school has this name: the answer is about the token's person.
    assert [each["verdict"] for each in sent(machine, check(b"nobody-at-all"), check(b""))] == [ASK, ASK]


def test_work_that_is_over_at_once_is_not_lost(wine):
    assert wine.lines("pipe_probe.exe", "hurry", "2000") == [{"done": 2000}]


def test_what_is_no_request_gets_no_answer_and_harms_nobody(machine):
    good, rnd = check(b"x"), random.Random(5)
    bad = [b"\xff\xff\xff\xff", b"\x00\x00\x00\x00", b"\x00\x00\x00\x02\x09\x01", frame(99),
           frame(CHECK), good[:-1] + b"\x07", frame(4), frame(WITHDRAWN, field(1, b"made-up")),
           *(bytes(rnd.choices(range(256), k=200)) for _ in range(5))]
    assert all("error" in each for each in sent(machine, *bad))
    flipped = [good[:at] + bytes([good[at] ^ 1 << rnd.randrange(8)]) + good[at + 1:]
               for at in range(4, len(good))]
    assert all("error" in each or each["verdict"] == ASK for each in sent(machine, *flipped))
    assert sent(machine, good)[0]["verdict"] == ASK


def test_callers_who_say_nothing_keep_nobody_waiting_for_long(machine):
    silent = machine.wine.start(PROGRAMS / "pipe_probe.exe", "hang", "16", stdin=subprocess.PIPE,
                                stdout=subprocess.PIPE)
    try:
        assert b"16" in silent.stdout.readline()
        assert machine.wine.lines("pipe_probe.exe", "check")[0]["verdict"] == ASK
    finally:
        silent.communicate(b"\n", timeout=60)


def test_a_crowd_of_one_session_is_sent_away_but_for_its_share(wine):
    assert wine.lines("pipe_probe.exe", "crowd", "7") == [{"away": 5, "answered": 2}]


def test_a_service_that_starts_again_is_the_same_device(machine):
    machine.stop_service()
    assert "error" in machine.wine.lines("pipe_probe.exe", "check")[0]
    machine.start_service()
    assert machine.wine.lines("pipe_probe.exe", "check")[0]["verdict"] == ASK


def ends_with(machine):
    """Windows' error when the service has been started and has stopped by itself."""
    machine.must("sc", "start", SERVICE)
    ended = wait_for("the service ends", lambda: re.search(
        r"STOPPED[\s\S]*WIN32_EXIT_CODE\s*: (\d+)", machine.must("sc", "query", SERVICE)))
    return int(ended[1])


# What ends with an error Windows starts again, each minute.
def test_a_service_that_waits_for_its_code_has_not_failed_and_one_without_its_key_has(machine):
    machine.stop_service()
    key = machine.drive / "ProgramData/Assent/device.key"
    away = key.rename(key.with_suffix(".away"))
    try:
        assert ends_with(machine) == 0
        key.write_text("no key")
        assert ends_with(machine) != 0
    finally:
        away.rename(key)
        machine.start_service()
