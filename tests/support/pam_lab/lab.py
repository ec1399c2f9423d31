"""A private machine with real sshd, login, su and lightdm behind pam_assent.so.

What stands behind the socket is a Gate: the stand-in, or the real agent and service when they are
built. Tests ask only what a Gate knows: which answers were recorded for whom."""

import json
import os
import pathlib
import signal
import subprocess
import sys
import time

import pexpect
import real_gate

HERE = pathlib.Path(__file__).resolve().parent
SOCKET = "/run/assent/pam.sock"


def wait_for(condition, what, seconds=30):
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            raise TimeoutError(what)
        time.sleep(0.05)


def heed_ctrl_c():
    """As at a terminal; a run in the background ignores it, and so would all that it starts."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


class StandInGate:
    def __init__(self, lab):
        self.log = lab.folder / "requests"
        self.log.touch()
        self.process = lab.start([sys.executable, HERE / "stand_in_agent.py", SOCKET, self.log])
        wait_for(lambda: lab.run(["test", "-S", SOCKET]).returncode == 0, "the stand-in agent")

    def requests(self, login, call):
        lines = map(json.loads, self.log.read_text().splitlines())
        return [line for line in lines if line["login"] == login and line["call"] == call]

    def checks(self, login):
        """How often a login as `login` came as far as the gate."""
        return len(self.requests(login, "check"))

    def answers(self, login):
        """[(act, cannot_ask, authenticated)] in order."""
        return [(a["act"], a["cannot_ask"], a["authenticated"])
                for a in self.requests(login, "answer")]


class Lab:
    def __init__(self, folder, module, make_gate=None):
        """`make_gate(lab)` makes the gate; left out, the real one where it is built."""
        if HERE.is_relative_to("/tmp"):
            raise RuntimeError("the private machine has a /tmp of its own: clone the project elsewhere")
        self.folder = pathlib.Path(folder)
        self.started = []
        self.root = subprocess.Popen(
            ["unshare", "-m", "-n", "-p", "-u", "--fork", "--mount-proc", "sh", HERE / "enter.sh",
             folder, module], stdin=subprocess.PIPE, stderr=open(self.folder / "enter.log", "w"),
            stdout=subprocess.DEVNULL)
        wait_for((self.folder / "ready").exists, "the private machine")
        children = pathlib.Path(f"/proc/{self.root.pid}/task/{self.root.pid}/children")
        self.inside = ["nsenter", "-t", children.read_text().split()[0], "-m", "-n", "-p", "-u",
                       "--wd=/", "--"]
        self.gate = (make_gate or make_usual_gate)(self)

    def command(self, argv):
        return [str(part) for part in [*self.inside, *argv]]

    def run(self, argv, **options):
        return subprocess.run(self.command(argv), capture_output=True, text=True, timeout=60,
                              **options)

    def start(self, argv):
        path = self.folder / f"started.{len(self.started)}.log"
        log = open(path, "w")
        process = subprocess.Popen(self.command(argv), stdin=subprocess.DEVNULL, stdout=log,
                                   stderr=log)
        process.log = path
        self.started.append(process)
        return process

    def terminal(self, argv, timeout=20):
        command = self.command(argv)
        environment = {**os.environ, "LANG": "C.UTF-8", "TERM": "dumb"}
        return pexpect.spawn(command[0], command[1:], encoding="utf8", timeout=timeout,
                             env=environment, dimensions=(50, 120), preexec_fn=heed_ctrl_c)

    def ssh(self, login, *command, port=2222, key=False, program="ssh", extra=()):
        options = ["-o", "UserKnownHostsFile=/dev/null", "-o", "StrictHostKeyChecking=no"]
        if key:
            options += ["-i", f"/home/{login}/.ssh/id", "-o", "IdentitiesOnly=yes"]
        else:
            options += ["-o", "PubkeyAuthentication=no"]
        flag = "-p" if program == "ssh" else "-P"
        target = [f"{login}@127.0.0.1"] if program == "ssh" else []
        return self.terminal([program, *options, flag, port, *extra, *target, *command])

    def close(self):
        self.root.stdin.close()  # the first process ends, and with it every other one inside
        self.root.wait(timeout=30)
        for process in self.started:
            process.wait(timeout=30)


def make_usual_gate(lab):
    return real_gate.RealGate(lab, wait_for) if real_gate.are_built() else StandInGate(lab)
