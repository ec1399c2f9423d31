"""Real login(1) on a terminal."""

from test_pam_sshd import REFUSAL, answer, give_password


def test_the_question_comes_before_the_shell(lab):
    terminal = lab.terminal(["login", "-h", "localhost", "amira"])
    give_password(terminal)
    answer(terminal)
    terminal.expect(r"\$ ")
    terminal.sendline("echo status=$ASSENT_STATUS")
    terminal.expect("status=accepted")
    terminal.close(force=True)
    assert lab.gate.answers("amira") == [("agree", False, True)]


def test_the_end_of_input_at_the_question_records_nothing(lab):
    terminal = lab.terminal(["login", "-h", "localhost", "tomasz"])
    give_password(terminal)
    terminal.expect("Press Enter for page 2")
    terminal.sendeof()
    terminal.expect("Nothing was recorded")
    terminal.close(force=True)
    assert lab.gate.answers("tomasz") == []


def test_a_login_without_a_password_is_let_in_and_records_nothing(lab):
    terminal = lab.terminal(["login", "-h", "localhost", "-f", "gus"])
    assert terminal.expect([r"\$ ", "Press Enter"]) == 0
    terminal.sendline("echo status=$ASSENT_STATUS")
    terminal.expect("status=unproven")
    terminal.close(force=True)
    assert lab.gate.answers("gus") == []


def test_a_refusal_stands_even_so(lab):
    terminal = lab.terminal(["login", "-h", "localhost", "-f", "banned"])
    assert terminal.expect([REFUSAL, r"\$ "]) == 0
    terminal.close(force=True)
