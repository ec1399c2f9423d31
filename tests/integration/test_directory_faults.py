"""A directory that dies, hangs, crawls, lies, changes its certificate or refuses the password: the
gate answers from the people who were last read, nobody leaves, no thread is lost, and soon after the
directory's return people are in step again. Figures are printed: pytest -s."""

import contextlib
import os
import signal
import time

import pytest

from certificates import Authority
from directory_fixture import ACCOUNTS, imported, on_samba, on_slapd
from samba_fixture import SERVICES
from service_fixture import wait_for
from slapd_fixture import ACCOUNT
from slow_line import SlowLine

LONG = 3.0    # seconds of the fault, at least, in which the gate is asked
GATE = 0.3    # what the gate may take, in the middle of a hundred answers
RETURN = 15   # seconds: 10 to notice, and the reading, on a busy machine
QUIET = 90    # seconds: after a reading no other for 20 times what it took, and that one


@pytest.fixture
def line(directory):
    line = SlowLine(directory.server)
    try:
        yield line
    finally:
        line.end()


class Kept:
    """A school in step with its directory, and what it was before the fault."""

    def __init__(self, own, directory, device):
        self.own, self.directory, self.device = own, directory, device
        self.own.in_step()
        wait_for("levels in the directory, over a line that is kept", own.levels_are_put)
        self.threads = self.thread_count()
        self.before = self.own.kept()["last_read"]

    def thread_count(self):
        return len(os.listdir(f"/proc/{self.own.service.process.pid}/task"))

    def trouble(self):
        now = self.own.kept()
        return now["error"] or now["deaf"]

    def asks_the_gate_until(self, happened):
        """Gives how long each answer took."""
        took, begun = [], time.monotonic()
        while time.monotonic() - begun < LONG or not happened():
            asked = time.monotonic()
            assert self.device.check(f"pupil{len(took) % 30}")["verdict"] == "ask"
            took.append(time.monotonic() - asked)
            assert time.monotonic() - begun < 60, "the trouble was not noticed"
        return sorted(took)

    def endures(self, what):
        took = self.asks_the_gate_until(self.trouble)
        assert self.device.check("pupil1")["stale"] is True
        print(f"\n{what}: {self.trouble()[:90]}\n  {len(took)} answers of the gate, median "
              f"{took[len(took) // 2] * 1000:.0f} ms, slowest {took[-1] * 1000:.0f} ms")
        assert took[len(took) // 2] < GATE
        assert self.own.kept()["found"]["rows"] == ACCOUNTS

    def recovers(self):
        begun = time.monotonic()
        wait_for("people in step", lambda: not self.trouble()
                 and self.own.kept()["last_read"] > self.before, RETURN)
        print(f"  in step {time.monotonic() - begun:.1f} s after the return")
        self.directory.rename(self.directory.pupil(3), "renamed", "students")
        wait_for("a change", lambda: self.device.check("renamed")["verdict"] == "ask", QUIET)
        assert imported(self.own.admin, dry_run=1)["unchanged"] == ACCOUNTS
        assert "stale" not in self.device.check("pupil1")
        wait_for("no thread more", lambda: self.thread_count() <= self.threads)


@pytest.fixture
def kept(directory, school, line):
    own = school(f"ldaps://127.0.0.1:{line.port}", every="5m", timeout_seconds=1)
    imported(own.admin)
    with own.device() as device:
        yield Kept(own, directory, device)


def test_killed_in_the_middle_of_a_reading(directory, kept, line):
    line.slow(0.1)
    directory.leave(directory.pupil(29))
    wait_for("a reading", lambda: kept.own.kept()["reading"])
    directory.end(signal.SIGKILL)
    kept.endures("killed")
    assert kept.own.admin.read("/v1/people/pupil29")["state"] == "active"
    line.slow(0.0)
    directory.start()
    wait_for("the leaver", lambda: kept.device.check("pupil29")["verdict"] == "refuse", RETURN)
    directory.add_person("pupil31", "students", employeeNumber="P31")
    kept.recovers()


def test_stopped(directory, kept):
    directory.send(signal.SIGSTOP)
    kept.endures("stopped")
    directory.send(signal.SIGCONT)
    kept.recovers()


def test_a_line_of_three_seconds_that_loses_a_fifth(directory, kept, line):
    line.slow(3.0, loss=0.2)
    kept.endures("slow and lossy")
    line.slow(0.0)
    kept.recovers()


@contextlib.contextmanager
def restarted(directory):
    """Stopped within; started again after."""
    directory.end()
    yield
    directory.start()


@on_slapd
def test_a_server_that_gives_only_a_part(slapd, kept):
    whole = slapd.config.read_text()
    unlimited = f'limits dn.exact="{ACCOUNT}" size=unlimited size.prtotal=unlimited'
    assert unlimited in whole
    with restarted(slapd):
        slapd.config.write_text(whole.replace(unlimited, unlimited.replace("unlimited", "5")))
    wait_for("a part", lambda: "only a part" in kept.own.kept()["error"], RETURN)
    kept.endures("a part")
    with restarted(slapd):
        slapd.config.write_text(whole)
    kept.recovers()


def test_a_certificate_of_another_authority(directory, kept, tmp_path):
    good = directory.authority.issue("again", ["127.0.0.1", directory.server[0]])
    other = Authority(tmp_path, "Another CA").issue("server", ["127.0.0.1", directory.server[0]])
    with restarted(directory):
        directory.use_certificate(*other)
    kept.endures("another certificate")
    with restarted(directory):
        directory.use_certificate(*good)
    kept.recovers()


@on_slapd
def test_a_password_that_is_wrong_until_the_file_is_corrected(slapd, kept):
    slapd.change(f"dn: {ACCOUNT}\nchangetype: modify\nreplace: userPassword\n"
                 "userPassword: another-secret\n")
    with restarted(slapd):
        pass
    kept.endures("a wrong password")
    slapd.password_file.write_text("another-secret\n")
    kept.recovers()


@on_samba
def test_a_password_that_has_expired(samba, kept):
    account = f"dn: CN=assent,{SERVICES}\nchangetype: modify\nreplace: pwdLastSet\npwdLastSet: "
    samba.change(account + "0\n")
    with restarted(samba):
        pass
    kept.endures("an expired password")
    samba.change(account + "-1\n")
    kept.recovers()
