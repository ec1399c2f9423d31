"""A network of its own for a test server, joined to this machine's by two virtual cards: nothing
else can reach it, and its line can be made slow or lossy. Needs root. It goes with the test, or
with whoever started it: the process that holds it ends when its standard input does."""

import os
import subprocess

NEIGHBOUR = "assent-peer"  # the card's name inside


def ip(*arguments):
    subprocess.run(["ip", *arguments], check=True)


class Namespace:
    def __init__(self):
        assert os.geteuid() == 0, "a network namespace needs root"
        here = os.getpid()
        network = f"10.{64 + (here >> 8) % 128}.{here % 256}"
        self.card, self.address, self.outside = f"as{here}", f"{network}.2", f"{network}.1"
        self.holder = subprocess.Popen(["unshare", "--net", "sh", "-c", "echo; exec cat"],
                                       stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.holder.stdout.readline()  # from here on the namespace is there
        self._join()

    def _join(self):
        ip("link", "add", self.card, "type", "veth", "peer", "name", NEIGHBOUR, "netns",
           str(self.holder.pid))
        ip("address", "add", self.outside + "/30", "dev", self.card)
        ip("link", "set", self.card, "up")
        for words in (("link", "set", "lo", "up"), ("link", "set", NEIGHBOUR, "up"),
                      ("address", "add", self.address + "/30", "dev", NEIGHBOUR)):
            subprocess.run(self.command("ip", *words), check=True)

    def command(self, *arguments):
        """The command that runs `arguments` inside; its process id is theirs."""
        return ["nsenter", f"--net=/proc/{self.holder.pid}/ns/net", "--", *arguments]

    def end(self):
        ip("link", "delete", self.card)
        self.holder.stdin.close()
        self.holder.wait(20)
