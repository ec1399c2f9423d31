"""Real lightdm and its greeter: the question in a message box, answered at the keyboard."""

import pathlib

import pytest

from lab import wait_for

HERE = pathlib.Path(__file__).resolve().parents[1] / "support" / "pam_lab"


class Desk:
    """A screen in memory and the keys pressed before it."""

    def __init__(self, lab):
        self.lab = lab
        self.display = ["env", "DISPLAY=:0", "XAUTHORITY=/run/lightdm/root/:0"]

    def run(self, *argv):
        return self.lab.run([*self.display, *argv])

    def type(self, text):
        self.run("xdotool", "type", "--delay", "30", text)
        self.run("xdotool", "key", "Return")

    def picture(self):
        """A digest of the screen's pixels: enough to see that something changed."""
        return self.run("sh", "-c", "import -window root -depth 8 gray:- | sha256sum").stdout

    def wait_for_prompt_after(self, line):
        """Until lightdm's log has `line` and, after it, a prompt handed to the greeter."""
        log = self.lab.folder / "log" / "lightdm" / "lightdm.log"
        wait_for(lambda: "Prompt greeter" in log.read_text().rpartition(line)[2]
                 and line in log.read_text(), line)
        self.wait_until_still()

    def wait_until_still(self):
        before = [None]

        def still():
            now = self.picture()
            same, before[0] = now == before[0] and now, now
            return same

        wait_for(still, "the screen comes to rest")


@pytest.fixture(scope="module")
def desk(lab):
    lab.start(["sh", HERE / "lightdm.sh"])
    found = Desk(lab)
    wait_for(lambda: found.run("xdotool", "search", "--class", "lightdm-gtk-greeter").stdout,
             "the greeter", seconds=60)
    found.wait_for_prompt_after("Greeter start authentication")
    return found


def begin(lab, desk, login):
    checks = lab.gate.checks(login)
    desk.type(login)
    desk.wait_for_prompt_after(f"Greeter start authentication for {login}")
    desk.type("pw")
    wait_for(lambda: lab.gate.checks(login) > checks, "the question")
    desk.wait_until_still()


def test_a_refusal_begins_no_desktop(lab, desk):
    begin(lab, desk, "banned")
    assert lab.gate.answers("banned") == []
    assert lab.run(["test", "-e", "/home/banned/session"]).returncode != 0
    desk.run("xdotool", "key", "shift+Tab", "ctrl+a")  # back to the name, for the next one
    desk.wait_until_still()


def test_each_page_is_answered_and_the_desktop_begins(lab, desk):
    begin(lab, desk, "amira")
    session = lab.folder / "home" / "amira" / "session"
    for _ in range(20):  # "yes" counts on the last page alone, however many there are
        desk.type("yes")
        desk.wait_until_still()
        if lab.gate.answers("amira"):
            break
        desk.type("")
        desk.wait_until_still()
    wait_for(lambda: session.exists() and session.read_text(), "the desktop")
    assert session.read_text() == "amira status=accepted\n"
    assert lab.gate.answers("amira") == [("agree", False, True)]
