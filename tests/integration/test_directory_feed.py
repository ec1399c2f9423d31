"""Change feeds listen to real directories: the contract that the fakes pass, over slapd (syncrepl)
and Samba (uSNChanged), for a server that stops answering and for one that is killed.
ASSENT_BIN names the folder with feed_contract; default: the newest build/*/bin."""

import os
import pathlib
import signal
import subprocess

import pytest

from service_fixture import SCHOOLS, SOURCE


def program(name):
    if "ASSENT_BIN" in os.environ:
        return pathlib.Path(os.environ["ASSENT_BIN"], name)
    return max(SOURCE.glob(f"build/*/bin/{name}"), key=lambda path: path.stat().st_mtime)


class Hand:
    """Does to the directory what the program asks for."""

    def __init__(self, directory, kills):
        self.directory, self.kills, self.count = directory, kills, 0

    def person(self):
        self.count += 1
        self.directory.change(f"dn: {self.directory.pupil(1)}\nchangetype: modify\n"
                              f"replace: displayName\ndisplayName: Name {self.count}\n")

    def group(self):
        """A pupil of another year comes in and goes again."""
        for kind in ("add", "delete"):
            self.directory.change(f"dn: cn=year-7,{self.directory.groups}\nchangetype: modify\n"
                                  f"{kind}: member\nmember: {self.directory.pupil(3)}\n")

    def stop(self):
        if self.kills:
            self.directory.end(signal.SIGKILL)
        else:
            self.directory.send(signal.SIGSTOP)

    def start(self):
        if self.kills:
            self.directory.start()
        else:
            self.directory.send(signal.SIGCONT)


@pytest.mark.parametrize("kills", [False, True], ids=["stopped", "killed"])
def test_a_directorys_feed_keeps_the_contract(directory, tmp_path, kills):
    school = tmp_path / "kingsmead.toml"
    school.write_text((SCHOOLS / "kingsmead/school.toml").read_text()
                      + directory.section(timeout_seconds=1))
    hand = Hand(directory, kills)
    with subprocess.Popen([program("feed_contract"), school], stdin=subprocess.PIPE,
                          stdout=subprocess.PIPE, text=True) as running:
        said = []
        for line in running.stdout:
            said.append(line)
            if line.startswith("@"):
                getattr(hand, line[1:].strip())()
                running.stdin.write("done\n")
                running.stdin.flush()
    assert running.returncode == 0, "".join(said)
    assert "[  PASSED  ] 5 tests." in said[-1], said
