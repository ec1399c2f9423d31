"""Real sshd: who can be asked is asked, and who cannot is deferred by the service."""

import pexpect


REFUSAL = "talk to the ICT team|cannot be used here"
ANSWER = "Type (?:YES|AGREE), (LATER, )?HELP or NO: "


def answer(terminal, word="yes"):
    """Turns every page, however many there are, and types `word` at the last."""
    terminal.expect("I keep my password secret")
    while terminal.expect(["Press Enter for page [0-9]+, or type HELP: ", ANSWER]) == 0:
        terminal.sendline("")
    terminal.sendline(word)


def give_password(terminal, password="pw"):
    terminal.expect("[Pp]assword: ")
    terminal.sendline(password)


def finish(terminal):
    terminal.expect(pexpect.EOF)
    terminal.close()
    return terminal.exitstatus


SHOW_STATUS = "echo status=$ASSENT_STATUS ticket=${ASSENT_TICKET-none}"


def test_a_password_then_the_question_then_in_and_never_again(lab):
    terminal = lab.ssh("amira", SHOW_STATUS)
    give_password(terminal)
    answer(terminal)
    terminal.expect("status=accepted ticket=none")
    assert finish(terminal) == 0
    assert lab.gate.answers("amira") == [("agree", False, True)]
    again = lab.ssh("amira", SHOW_STATUS)
    give_password(again)
    assert again.expect(["status=clear", "Press Enter"]) == 0
    assert finish(again) == 0
    assert lab.gate.answers("amira") == [("agree", False, True)]


def test_a_cut_connection_at_the_question_records_nothing(lab):
    terminal = lab.ssh("tomasz", "true")
    give_password(terminal)
    terminal.expect("Press Enter for page 2")
    terminal.close(force=True)
    again = lab.ssh("tomasz", "true")
    give_password(again)
    again.expect("Press Enter for page 2")  # asked again, so the first was over
    again.close(force=True)
    assert lab.gate.answers("tomasz") == []


def test_three_unreadable_answers_record_nothing_and_end_the_login(lab):
    terminal = lab.ssh("tomasz", "echo in")
    give_password(terminal)
    terminal.expect("Press Enter for page 2")
    for _ in range(3):
        terminal.sendline("whatever")
    assert terminal.expect(["Nothing was recorded", "\r\nin\r\n"]) == 0
    assert finish(terminal) != 0
    assert lab.gate.answers("tomasz") == []


def test_a_key_then_the_question(lab):
    terminal = lab.ssh("ewa", SHOW_STATUS, port=2223, key=True)
    assert terminal.expect(["Our computer rules|OUR COMPUTER RULES", "assword"]) == 0
    answer(terminal)
    terminal.expect("status=accepted")
    assert finish(terminal) == 0
    assert lab.gate.answers("ewa") == [("agree", False, True)]


def test_a_key_alone_is_deferred_by_the_service_and_not_for_ever(lab):
    terminal = lab.ssh("finn", SHOW_STATUS, key=True)
    terminal.expect("status=later ticket=none")
    assert finish(terminal) == 0
    assert lab.gate.answers("finn") == [("later", True, False)]
    again = lab.ssh("finn", "echo in", key=True)
    assert again.expect(["rules for you to read first", "\r\nin\r\n"]) == 0
    assert finish(again) != 0


def test_after_publickey_opens_no_door_without_a_key(lab):
    terminal = lab.ssh("jo", "echo in", port=2223)
    give_password(terminal, "wrong")
    assert terminal.expect(["[Pp]assword: ", "\r\nin\r\n"]) == 0
    terminal.close(force=True)
    assert lab.gate.checks("jo") == 0


def test_files_are_copied_after_the_question(lab):
    terminal = lab.ssh("jo", "/etc/hosts", "jo@127.0.0.1:copied", program="scp")
    give_password(terminal)
    answer(terminal)
    assert finish(terminal) == 0
    sftp = lab.ssh("jo", "jo@127.0.0.1", program="sftp")
    give_password(sftp)
    sftp.expect("sftp> ")
    sftp.sendline("ls")
    sftp.expect("copied")
    sftp.sendline("bye")
    assert finish(sftp) == 0


def test_a_refusal_says_nothing_of_its_reason(lab):
    terminal = lab.ssh("banned", "echo in")
    give_password(terminal)
    assert terminal.expect([REFUSAL, "\r\nin\r\n"]) == 0
    assert finish(terminal) != 0
