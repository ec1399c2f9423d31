"""Debian's FreeRADIUS as packaging/freeradius/install sets it up, on free ports of the loopback, over
a real assentd. Both are stopped by their process ids. FreeRADIUS runs with mod exec loaded, which
the installer turns off: so that what must not run could."""

import os
import pathlib
import re
import shutil
import signal
import socket
import subprocess

import pytest

from certificates import Authority
from service_fixture import SOURCE, Service, wait_for

INSTALL = SOURCE / "packaging/freeradius/install"
DEBIAN = pathlib.Path("/etc/freeradius/3.0")
SHARED = "shared-with-access-points"   # between FreeRADIUS and who asks it
SERVER_NAME = "radius.assent.test"
PHONE, TABLET = "02-00-00-00-00-01", "02-00-00-00-00-02"
ACCESS_POINT = "ap-hall"

# Debian's own does not wait, and then %{exec:...} runs nothing.
EXEC = "exec {\n\twait = yes\n\tinput_pairs = request\n\tshell_escape = yes\n\ttimeout = 10\n}\n"

NAS = """
[[nas]]
name            = "{name}"
guest_vlan      = 210
quarantine_vlan = 299
filter_id       = true
down_kbit       = 10000
{more}
"""


def free_udp_port():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def quoted(value):
    """A text as radclient reads it, whatever is in it."""
    return '"' + str(value).replace("\\", "\\\\").replace('"', '\\"') + '"'


def many_at_any_hour(toml):
    """So that tests pass on a Sunday, and one host may have guests for all of them."""
    toml = re.sub(r"(?m)^hours .*\n", "", toml)
    return toml.replace("[guest.visitor]\n", "[guest.visitor]\nlive_per_host = 1000\n")


class Answer:
    def __init__(self, output):
        found = re.search(r"Received (\S+) Id.*\n((?:\t.*\n?)*)", output)
        self.kind = found[1] if found else None
        self.output = output
        self.attributes = {}
        for name, value in re.findall(r"(?m)^\t(\S+) = (.*)$", found[2] if found else ""):
            self.attributes.setdefault(name, value.strip('"'))

    def __getitem__(self, name):
        return self.attributes.get(name)

    def __repr__(self):
        return f"<{self.kind} {self.attributes}>"


class FreeRadius:
    def __init__(self, folder, url, secret, inside=()):
        assert os.geteuid() == 0, "Debian's FreeRADIUS keeps its configuration to itself: needs root"
        assert shutil.which("freeradius", path="/usr/sbin"), "no freeradius: ./dev setup test"
        self.folder, self.inside, self.process = folder, inside, None
        self.auth_port, self.acct_port = free_udp_port(), free_udp_port()
        self.raddb, self.log = folder / "raddb", folder / "radius.log"
        shutil.copytree(DEBIAN, self.raddb, symlinks=True)
        self.authority = Authority(folder, "Wi-Fi CA")
        self.certificate, self.key = self.authority.issue(SERVER_NAME, [SERVER_NAME])
        self.url, self.secret = url, secret
        self._make_private()
        self.install()
        (self.raddb / "mods-enabled/exec").write_text(EXEC)

    def _make_private(self):
        """Debian's own files, but in this folder and run as who runs the test."""
        main = self.raddb / "radiusd.conf"
        text = main.read_text()
        for key, value in {"raddbdir": self.raddb, "logdir": self.folder,
                           "run_dir": self.folder, "db_dir": self.folder}.items():
            text, times = re.subn(rf"(?m)^{key} = .*", f"{key} = {value}", text)
            assert times == 1, key
        text = re.sub(r"(?m)^\s*(user|group) = freerad$", "", text)
        main.write_text(text.replace("reject_delay = 1", "reject_delay = 0"))
        (self.raddb / "clients.conf").write_text(
            f"client tests {{\n\tipaddr = 127.0.0.0/8\n\tsecret = {SHARED}\n}}\n")

    def install(self, *more):
        return subprocess.run(
            [INSTALL, "--raddb", self.raddb, "--url", self.url, "--secret", self.secret,
             "--certificate", self.certificate, "--key", self.key, "--address", "127.0.0.1",
             "--auth-port", str(self.auth_port), "--acct-port", str(self.acct_port), *more],
            check=True, capture_output=True, text=True).stdout

    def start(self, debug=True):
        self.log.write_bytes(b"")
        words = ["-xx"] if debug else []
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [*self.inside, "/usr/sbin/freeradius", "-f", *words, "-l",
                 "stdout" if debug else str(self.log), "-d", self.raddb],
                stdout=log, stderr=log, stdin=subprocess.DEVNULL)
        wait_for("FreeRADIUS", self._ready)
        return self

    def _ready(self):
        text = self.log.read_text(errors="replace")
        assert self.process.poll() is None, text[-3000:]
        return "Ready to process requests" in text

    def end(self):
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            self.process.wait(20)
        self.process = None

    def _send(self, port, kind, attributes, patience):
        lines = [f"{name} = {value}" for name, value in attributes.items()]
        done = subprocess.run(
            [*self.inside, "radclient", "-x", "-r", "1", "-t", str(patience),
             f"127.0.0.1:{port}", kind, SHARED],
            input="\n".join(lines) + "\n", capture_output=True, text=True, timeout=60)
        return Answer(done.stdout)

    def ask(self, user, password, device=PHONE, nas=ACCESS_POINT, patience=5, signed=True, **more):
        """An Access-Request with PAP."""
        attributes = {"User-Name": quoted(user), "User-Password": quoted(password),
                      "NAS-Identifier": quoted(nas), "Calling-Station-Id": quoted(device)}
        attributes |= {name.replace("_", "-"): quoted(value) for name, value in more.items()}
        if signed:
            attributes["Message-Authenticator"] = "0x00"
        return self._send(self.auth_port, "auth", attributes, patience)

    def report(self, status, session_class, session="5F1A", device=PHONE, nas=ACCESS_POINT,
               patience=5, **more):
        """An Accounting-Request."""
        attributes = {"Acct-Status-Type": status, "Acct-Session-Id": quoted(session),
                      "NAS-Identifier": quoted(nas), "Calling-Station-Id": quoted(device),
                      "User-Name": quoted("anonymous@guest")}
        if session_class:
            attributes["Class"] = session_class
        attributes |= {name.replace("_", "-"): quoted(value) for name, value in more.items()}
        return self._send(self.acct_port, "acct", attributes, patience)

    def eapol(self, method, inside, user, password, device=PHONE, patience=15,
              server_name=SERVER_NAME):
        """What eapol_test says: a whole login over EAP, as a phone does it."""
        config = self.folder / "phone.conf"
        config.write_text(
            f"network={{\n key_mgmt=IEEE8021X\n eap={method}\n identity=\"{user}\"\n"
            f" anonymous_identity=\"anonymous@guest\"\n password=\"{password}\"\n"
            f" ca_cert=\"{self.authority.file}\"\n domain_suffix_match=\"{server_name}\"\n"
            f" phase2=\"auth={inside}\"\n}}\n")
        return subprocess.run(
            [*self.inside, "eapol_test", "-c", config, "-a", "127.0.0.1", "-p",
             str(self.auth_port), "-s", SHARED, "-M", device.replace("-", ":"), "-N",
             f"32:s:{ACCESS_POINT}", "-r", "1", "-t", str(patience)],
            capture_output=True, text=True, timeout=90).stdout


class Wifi:
    """assentd with a [radius] listener, and FreeRADIUS before it."""

    def __init__(self, folder, nas=(("", ACCESS_POINT),), inside=(), service=Service,
                 edit=many_at_any_hour):
        self.folder, self.port, self.edit = folder, free_port(), edit
        secret = folder / "secrets/radius"
        secret.parent.mkdir()
        for number in (0, 1):  # what access points take for a Disconnect-Request
            path = folder / f"secrets/nas{number}"
            path.write_text(SHARED)
            path.chmod(0o600)
        (folder / "raddb-of").mkdir()
        self.radius = FreeRadius(folder / "raddb-of", f"http://127.0.0.1:{self.port}", secret, inside)
        self.nases = "".join(NAS.format(name=name, more=more) for more, name in nas)
        self.service = service(folder, schools=("kingsmead",), edit=self._edit)
        config = self.service.config
        config.write_text(config.read_text() +
                          f'[radius]\nport = {self.port}\nsecret_file = "{secret}"\n')
        self.admin = self.service.admins["kingsmead"]

    def _edit(self, name, toml):
        return self.edit(toml) + self.nases

    def start(self):
        self.service.start().fill()
        self.radius.start()
        return self

    def end(self, how=signal.SIGTERM):
        self.radius.end()
        self.service.end(how)

    def guest(self, accept=True, **more):
        """A visitor with their account and passphrase, who has agreed to the rules."""
        order = {"kind": "visitor", "name": "Dr A. Okafor", "why": "science week", "host": "ict"}
        [guest] = self.admin.do("/v1/guests", {**order, **more})["guests"]
        if accept:
            self.accept(guest)
        return guest

    def accept(self, guest):
        self.admin.do(f"/v1/people/{guest['account']}/answers",
                      {"act": "agree", "policy": "visitor", "how": "paper"})

    def step(self, guest, what, **more):
        return self.admin.do(f"/v1/guests/{guest['guest']}/steps",
                             {"step": what, "reason": "a test", **more})

    def sessions(self, guest):
        return self.admin.get(f"/v1/guests/{guest['guest']}").json()["sessions"]

    def enter(self, guest, **more):
        return self.radius.ask(guest["account"], guest["passphrase"], **more)


@pytest.fixture(scope="module")
def wifi(tmp_path_factory):
    """Shared by a file's tests: each takes guests of its own."""
    wifi = Wifi(tmp_path_factory.mktemp("wifi"))
    try:
        yield wifi.start()
    finally:
        wifi.end()


@pytest.fixture
def own_wifi(tmp_path):
    """For one test that stops or publishes something."""
    wifi = Wifi(tmp_path)
    try:
        yield wifi.start()
    finally:
        wifi.end(signal.SIGKILL)
