"""Accounts of the machine itself at real sshd. Unless a test says otherwise the module looks for them
in /etc/passwd, as it does by default, and there stands everybody whom the school's roster knows too.
"""

import pytest

from test_pam_sshd import SHOW_STATUS, answer, finish, give_password


@pytest.fixture
def settings(lab):
    """Lines for pam.conf in place of the lab's own, until the test ends."""
    conf = lab.folder / "etc" / "assent" / "pam.conf"
    before = conf.read_text()
    yield lambda *lines: conf.write_text("".join(line + "\n" for line in lines))
    conf.write_text(before)


def is_let_in_unasked(lab, login):
    terminal = lab.ssh(login, SHOW_STATUS)
    give_password(terminal)
    said = terminal.expect(["status= ticket=none", "status=", "Press Enter", "school account"])
    return finish(terminal) == 0 and said == 0


def test_an_account_of_the_machine_is_not_the_person_of_that_name_a4(lab, settings):
    settings()
    assert is_let_in_unasked(lab, "amira")
    assert lab.gate.checks("amira") == 0 and lab.gate.answers("amira") == []


def test_a_machine_may_keep_its_own_out_but_for_break_glass_and_root(lab, settings):
    settings("local_accounts = deny", "exempt = jo")
    terminal = lab.ssh("tomasz", "echo in")
    give_password(terminal)
    assert terminal.expect(["Please log in with your school account", "\r\nin\r\n"]) == 0
    assert finish(terminal) != 0
    assert is_let_in_unasked(lab, "jo")
    assert lab.run(["su", "root", "-c", "true"]).returncode == 0
    assert lab.gate.checks("tomasz") == lab.gate.checks("jo") == lab.gate.checks("root") == 0


def test_a_machine_without_a_directory_may_ask_its_own_accounts(lab, settings):
    settings("local_accounts = ask")
    terminal = lab.ssh("amira", SHOW_STATUS)
    give_password(terminal)
    answer(terminal)
    terminal.expect("status=accepted")
    assert finish(terminal) == 0
    assert lab.gate.answers("amira") == [("agree", False, True)]


def test_an_exemption_by_name_is_not_a_persons_a27(lab, settings):
    settings("passwd = /etc/assent/passwd", "exempt = tomasz")
    terminal = lab.ssh("tomasz", "true")
    give_password(terminal)
    terminal.expect("Press Enter for page 2")
    terminal.close(force=True)
    assert lab.gate.checks("tomasz") == 1
