"""Real su: root's proves nothing, a person's does."""

import pexpect

from test_pam_sshd import answer, give_password


def test_roots_su_is_a_verdict_and_no_record(lab):
    for dash in ([], ["-"]):
        terminal = lab.terminal(["su", *dash, "gus", "-c", "echo status=$ASSENT_STATUS"])
        assert terminal.expect(["status=unproven", "Press Enter"]) == 0
        terminal.expect(pexpect.EOF)
    assert lab.gate.answers("gus") == []
    assert lab.gate.checks("gus") == 2


def test_root_does_not_become_somebody_who_is_refused(lab):
    assert lab.run(["su", "banned", "-c", "echo in"]).returncode != 0


def test_a_person_who_gives_the_password_is_asked(lab):
    terminal = lab.terminal(["setpriv", "--reuid=amira", "--regid=amira", "--init-groups",
                             "su", "jo", "-c", "echo status=$ASSENT_STATUS"])
    give_password(terminal)
    answer(terminal)
    terminal.expect("status=accepted")
    terminal.expect(pexpect.EOF)
    assert lab.gate.answers("jo") == [("agree", False, True)]
