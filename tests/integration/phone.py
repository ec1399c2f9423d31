"""A visitor's phone: headless Chromium, driven through tests/browser/drive.js. Each command of that
file is a method here: phone.goto(url=…), phone.press(key="Tab", times=2)."""

import json
import os
import pathlib
import subprocess
from urllib.parse import urlsplit

SOURCE = pathlib.Path(__file__).resolve().parents[2]
DRIVER = SOURCE / "tests/browser/drive.js"
WEIGHT_MAX = 50_000  # bytes of a page with all that it fetches


def node_modules(folder):
    """Where ./dev keeps what a package-lock.json names; fetched when it has changed."""
    done = subprocess.run([SOURCE / "dev", "node_modules", folder], cwd=SOURCE, check=True,
                          capture_output=True, text=True)
    return done.stdout.strip().splitlines()[-1]


class Phone:
    def __init__(self, before=(), **options):
        """`before`: a command that runs this one, such as ip netns exec."""
        home = dict(os.environ, NODE_PATH=node_modules("tests/browser"))
        self.process = subprocess.Popen([*before, "node", DRIVER], stdin=subprocess.PIPE, env=home,
                                        stdout=subprocess.PIPE, text=True)
        self.start(**options)

    def __getattr__(self, name):
        def call(**given):
            self.process.stdin.write(json.dumps({"command": name, **given}) + "\n")
            self.process.stdin.flush()
            reply = json.loads(self.process.stdout.readline() or '{"error": "the browser is gone"}')
            assert "error" not in reply, f"{name} {given}: {reply['error']}"
            return reply["value"]
        return call

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()
        self.process.stdin.close()
        self.process.wait(20)

    def tab_to(self, wanted, most=30):
        """Tab until that has the focus: its id, its value or its text."""
        for _ in range(most):
            self.press(key="Tab")
            if self.focused() == wanted:
                return
        raise AssertionError(f"no tab stop {wanted!r}; the last was {self.focused()!r}")

    def check_page(self):
        """What every page owes to everybody: WCAG 2.2 AA, reflow, targets, weight, no other host."""
        judged = self.axe()
        assert judged["violations"] == [] and judged["passes"] > 10, judged
        layout = self.layout()
        assert layout["fits"] and layout["small"] == [], layout

    def check_traffic(self, host):
        asked = self.requests()
        assert asked and {urlsplit(each["url"]).netloc for each in asked} == {host}, asked
        pages = [each for each in asked if "/style/" not in each["url"]]
        style = max((each["bytes"] for each in asked if "/style/" in each["url"]), default=0)
        assert style > 0 and max(each["bytes"] for each in pages) + style < WEIGHT_MAX, asked
