"""Staff sign-in at the edge as packaging/signin/install makes it, below a folder: real nginx, real
Apache with mod_auth_openidc, and in assentd's place a server that says which headers arrived."""

import http.client
import http.server
import json
import os
import pathlib
import re
import shutil
import signal
import ssl
import subprocess
import tempfile
import threading

import pytest

from certificates import Authority
from edge_fixture import SECRET, Edge, is_open
from oidc_fixture import ACCOUNTS, CLIENT_SECRET, DOMAIN, Browser, Provider
from service_fixture import SOURCE, Service, logins, wait_for
from slapd_fixture import free_port

INSTALL = SOURCE / "packaging/signin/install"
USER = {"user": "www-data", "group": "www-data", "extra_groups": []} if os.getuid() == 0 else {}


class Arrived(http.server.BaseHTTPRequestHandler):
    """Answers with the path and all headers, as they came."""

    protocol_version = "HTTP/1.1"

    def do_GET(self):
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        body = json.dumps({"path": self.path, "headers": self.headers.items()}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_POST = do_PUT = do_DELETE = do_GET

    def log_message(self, *_):
        pass


def install(root, *more, **options):
    """What the installing command did; options that are None are left out."""
    given = [word for name, value in options.items() if value is not None
             for word in ("--" + name.replace("_", "-"), value)]
    return subprocess.run([INSTALL, "--root", root, *given, *more], capture_output=True, text=True)


class Apache:
    """Runs as a user of its own, like the packaged unit."""

    def __init__(self, root, port):
        self.folder, self.port, self.process = root / "etc/assent/signin", port, None
        self.log = root / "apache" / "error.log"
        self.config = self.folder / "apache.conf"
        self.log.parent.mkdir()
        if USER:
            shutil.chown(self.log.parent, USER["user"], USER["group"])
            shutil.chown(self.folder / "secret.conf", USER["user"])
        self.change("127.0.0.1:831", f"127.0.0.1:{port}")
        self.change("syslog:daemon:assent-signin", str(self.log))

    def change(self, old, new):
        """Takes effect when it is started again."""
        text = self.config.read_text()
        assert old in text, old
        self.config.write_text(text.replace(old, new))

    def start(self):
        around = {"PATH": "/usr/sbin:/usr/bin", "RUNTIME_DIRECTORY": str(self.log.parent),
                  "CREDENTIALS_DIRECTORY": str(self.folder)}
        self.process = subprocess.Popen(
            ["/usr/sbin/apache2", "-d", self.folder, "-f", self.config, "-DFOREGROUND"], env=around,
            stdin=subprocess.DEVNULL, stderr=(self.log.parent / "started").open("w"),
            start_new_session=True, **USER)
        wait_for("Apache", self._serves)
        return self

    def send(self, how):
        """To it and its children."""
        os.killpg(self.process.pid, how)

    def _serves(self):
        said = (self.log.parent / "started").read_text()
        assert self.process.poll() is None, said
        return is_open(self.port)

    def end(self):
        process, self.process = self.process, None
        if process is not None:
            os.killpg(process.pid, signal.SIGCONT)
            process.terminate()
            process.wait(20)


class SignIn:
    """All of it. `apache` changes lines of Apache's site; `upstream` is the port of a
    real assentd in the stand-in's place; the rest are options of `install`."""

    def __init__(self, apache=(), upstream=None, **options):
        self.upstream = upstream
        self.root = pathlib.Path(tempfile.mkdtemp(prefix="assent-signin-"))
        self.root.chmod(0o755)
        self.authority = Authority(self.root)
        self.port, helper = free_port(), free_port()
        self.url = f"https://localhost:{self.port}"
        self.provider = Provider(self.authority, self.root, self.url + "/signin/callback")
        self._install(options)
        self.assentd = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Arrived)
        threading.Thread(target=self.assentd.serve_forever, daemon=True).start()
        self.apache = Apache(self.root, helper)
        for old, new in apache:
            self.apache.change(old, new)
        self._edge(helper)

    def _install(self, options):
        secret = self.root / "secret"
        secret.write_text(CLIENT_SECRET + "\n")
        self.options = {"issuer": self.provider.issuer, "client_id": "assent", "secret": secret,
                        "host": f"localhost:{self.port}", "ca": self.authority.file, **options}
        done = install(self.root, **self.options)
        assert done.returncode == 0, done.stderr

    def _edge(self, helper):
        folder = self.root / "etc/assent/edge"
        certificate, key = self.authority.issue("server", ["localhost"])
        shutil.copy(certificate, folder / "server.pem")
        shutil.copy(key, folder / "server.key")
        snippet = folder / "signin.conf"
        text, times = re.subn(r"127\.0\.0\.1:831\b", f"127.0.0.1:{helper}", snippet.read_text())
        assert times == 4
        snippet.write_text(text)
        self.edge = Edge(folder, self.port, self.upstream or self.assentd.server_address[1])

    def start(self):
        self.provider.start()
        self.apache.start()
        return self

    def end(self):
        self.apache.end()
        self.provider.end()
        self.edge.end()
        self.assentd.shutdown()
        self.assentd.server_close()
        shutil.rmtree(self.root)

    def browser(self):
        return Browser(self.authority.file)

    def come_in(self, browser, login="rsmith", to="/desk"):
        return browser.walk(f"{self.url}/signin?to={to}", login)

    def asks(self, browser):
        """Nobody is signed in: they are sent to the provider, whatever cookies they have."""
        answer = browser.ask(self.url + "/signin?to=/desk")
        return answer.status == 302 and answer.location.startswith(self.provider.issuer + "/auth?")

    def raw(self, path, headers):
        """What assentd was told, when headers are sent exactly so, doubled too."""
        link = http.client.HTTPSConnection(
            "localhost", self.port, timeout=10,
            context=ssl.create_default_context(cafile=self.authority.file))
        link.putrequest("GET", path, skip_accept_encoding=True)
        for name, value in headers:
            link.putheader(name, value)
        link.endheaders()
        reply = link.getresponse()
        body = reply.read()
        link.close()
        assert reply.status == 200, (reply.status, body)
        return [(name.lower(), value) for name, value in json.loads(body)["headers"]]

    def callback(self, browser, login="rsmith"):
        """Where the provider sends somebody who has signed in, not yet asked for."""
        return browser.walk(self.url + "/signin?to=/desk", login, stop_before="/signin/callback")


def arrived(answer):
    """What assentd was told of who signed in: names in lower case and values."""
    assert answer.status == 200, answer
    headers = json.loads(answer.body)["headers"]
    return [(name.lower(), value) for name, value in headers
            if name.lower().replace("_", "-").startswith("x-assent")]


def own_cookies(browser):
    return "; ".join(f"{name}={value}" for name, value in browser.cookie("__Host-assent").items())


def served_at_edge(folder, prepare=lambda service: None, **more):
    """Kingsmead's real assentd behind all of it: yields a SignIn that has it as `service`."""
    port = free_port()
    edge, service = SignIn(upstream=port), None
    try:
        service = Service(folder, schools=("kingsmead",), **more)
        prepare(service)
        secret = folder / "edge"
        secret.write_text(SECRET)
        secret.chmod(0o600)
        settings = service.config.read_text().replace("port = 0", f"port = {port}")
        service.config.write_text(settings + f'edge_secret = "{secret}"\n[signin]\n'
                                             f'issuer = "{edge.provider.issuer}"\nsource = "login"\n')
        known = {who: {"preferred_username": f"{who}@{DOMAIN}"} for who in logins("kingsmead")}
        edge.provider.told["accounts"] = {**known, **ACCOUNTS}
        edge.service = service.start().fill()
        yield edge.start()
    finally:
        if service:
            service.end()
        edge.end()


def sign_in_page(phone, url, who):
    """A real browser from a closed page to the page itself."""
    assert phone.goto(url=url) == 401
    phone.submit(selector="main a[role=button]")
    while "/interaction/" in phone.url():
        if phone.count(selector="input[name=login]"):
            phone.fill(selector="input[name=login]", text=who)
            phone.fill(selector="input[name=password]", text="any")
        phone.submit(selector="form button, form input[type=submit]")
    assert phone.url() == url, (phone.url(), phone.text())


@pytest.fixture(scope="module")
def signin():
    everything = SignIn(claim="oid")
    try:
        yield everything.start()
    finally:
        everything.end()


@pytest.fixture
def own_signin():
    """For one test that stops something or sets it up in another way."""
    started = []

    def make(**more):
        started.append(SignIn(**more))
        return started[-1].start()

    yield make
    for everything in started:
        everything.end()
