"""Types the answers of a login for ./dev demo --script, at a terminal of its own.

  play_login.py [--answer TEXT=REPLY]… [--see TEXT]… [--never TEXT]… -- COMMAND…

A line that waits for input and holds TEXT (the last such wins) is answered with REPLY. Fails if the
command does, if a prompt has no answer, or if what was shown lacks a --see or holds a --never."""
import argparse, os, pty, re, select, sys, time

PATIENCE = 30  # seconds without a byte
QUIET = 0.3    # a prompt is a line without an end that stays for so long


def parsed():
    parser = argparse.ArgumentParser()
    for name in ("--answer", "--see", "--never"):
        parser.add_argument(name, action="append", default=[])
    parser.add_argument("command", nargs="+")
    return parser.parse_args()


def reply_to(prompt, answers):
    fitting = [reply for text, reply in answers if text.lower() in prompt.lower()]
    if "Press Enter for page" in prompt:
        return ""
    if not fitting:
        sys.exit(f"\nplay_login: nothing to answer to: {prompt!r}")
    return fitting[-1]


def play(terminal, answers):
    """Everything that was shown, until the command closes its terminal."""
    shown, line, deadline = "", "", time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        ready, _, _ = select.select([terminal], [], [], QUIET)
        if not ready:
            if line.strip():
                os.write(terminal, (reply_to(line, answers) + "\n").encode())
                line = ""
            continue
        try:
            piece = os.read(terminal, 65536).decode("utf-8", "replace")
        except OSError:  # Linux says so when the other end has gone
            return shown
        if not piece:
            return shown
        sys.stdout.write(piece)
        sys.stdout.flush()
        shown += piece
        line = (line + piece).rsplit("\n", 1)[-1]
        deadline = time.monotonic() + PATIENCE
    sys.exit("\nplay_login: the login hangs")


def main():
    asked = parsed()
    answers = [tuple(answer.split("=", 1)) for answer in asked.answer]
    child, terminal = pty.fork()
    if child == 0:
        os.execvp(asked.command[0], asked.command)
    shown = re.sub(r"\s+", " ", play(terminal, answers))
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    missing = [text for text in asked.see if text not in shown]
    wrong = [text for text in asked.never if text in shown]
    if missing or wrong:
        sys.exit(f"play_login: not shown: {missing}; shown and should not be: {wrong}")
    sys.exit(status)


main()
