"""Starts the real assentd over a data folder of its own, with the schools of tests/support/schools,
their rosters and the policies of content/aup. It listens on a free port of the loopback and is
stopped by its process id. ASSENT_BIN names the folder with assentd; default: build/release/bin."""

import csv
import os
import pathlib
import re
import shutil
import signal
import subprocess
import time

import pytest

from gate_device import Device
from http_client import Client

SOURCE = pathlib.Path(__file__).resolve().parents[2]
SCHOOLS = SOURCE / "tests/support/schools"
CONTENT = SOURCE / "content/aup"
BIN = pathlib.Path(os.environ.get("ASSENT_BIN", SOURCE / "build/release/bin")).resolve()
NAMES = ("carre", "kingsmead", "oakfield")
POLICIES = {"carre": ("student", "staff", "visitor"), "oakfield": ("student", "staff", "visitor"),
            "kingsmead": ("student", "staff", "community", "visitor")}
ORIGIN = "test.example/log"
DEADLINE = 20
PIECE = 256 * 1024


def wait_for(what, happened, deadline=DEADLINE):
    """Polls until `happened()` gives something; that is its answer."""
    end = time.monotonic() + deadline
    while time.monotonic() < end:
        if got := happened():
            return got
        time.sleep(0.01)
    raise AssertionError("not in time: " + what)


def files_of(policy, number, content=CONTENT):
    """A version as it is published. Its day is long past, so that no test depends on today's."""
    folder = content / policy
    files = {path.relative_to(folder).as_posix(): path.read_text()
             for path in [folder / "policy.toml", *(folder / str(number)).iterdir()]}
    version = f"{number}/version.toml"
    files[version] = re.sub(r"(?m)^effective = .*", "effective = 2020-01-01", files[version])
    return files


def version_body(number, files):
    return {"number": number, "files": [{"path": p, "text": t} for p, t in files.items()]}


class Admin(Client):
    """A signed-in ICT person of one school."""

    def publish(self, policy, number=1, change=None):
        files = files_of(policy, number)
        if change:
            change(files)
        return self.do(f"/v1/policies/{policy}/versions", version_body(number, files))

    def publish_plan(self, policy, number):
        """What publishing would do; nothing is done."""
        body = version_body(number, files_of(policy, number))
        return self.do(f"/v1/policies/{policy}/versions", body, dry_run=1)

    def import_csv(self, text, accept_leavers=None, **query):
        """The last reply of a whole import."""
        data = text.encode() if isinstance(text, str) else text
        started = self.do("/v1/roster/imports", {"source": "csv"})["import"]
        path = f"/v1/roster/imports/{started}"
        for at in range(0, max(1, len(data)), PIECE):
            self.must(self.call("POST", path + "/rows", data[at:at + PIECE], kind="text/csv"))
        body = {} if accept_leavers is None else {"accept_leavers": accept_leavers}
        return self.post(path + "/apply", body, **query)

    def import_roster(self, school):
        return self.must(self.import_csv((SCHOOLS / school / "people.csv").read_text()))


class Service:
    def __init__(self, folder, schools=NAMES, data=None, edit=None):
        """`edit(name, toml)` may change a school's settings."""
        self.folder, self.process, self.port = folder, None, 0
        self.data = data or folder / "data"
        self.config = folder / "assent.toml"
        self.config.write_text(f'origin = "{ORIGIN}"\ntrust = "test-trust"\nport = 0\n'
                               f'public_url = "https://assent.test"\n'
                               f'data = "{self.data}"\nlog_key = "keys/log.key"\n')
        (folder / "schools").mkdir()
        for name in schools:
            toml = (SCHOOLS / name / "school.toml").read_text()
            (folder / "schools" / f"{name}.toml").write_text(edit(name, toml) if edit else toml)
        self.admins = {name: self.bootstrap(name, "ict") for name in schools}

    def command(self, *arguments):
        return [BIN / "assentd", "--config", self.config, *arguments]

    def bootstrap(self, school, login):
        token = self.folder / f"{school}.{login}.token"
        subprocess.run(self.command("bootstrap", "--school", school, "--login", login, "--name",
                                    f"Ict of {school}", "--token-file", token), check=True)
        return Admin(self, token.read_text().strip(), school)

    def second_admin(self, school):
        """Somebody whose token nobody's token made. Root makes it, while the service is down."""
        self.end()
        admin = self.bootstrap(school, "second")
        self.start()
        return admin

    def start(self):
        self.log = self.folder / "log"
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(self.command(), stderr=log, stdin=subprocess.DEVNULL)
        self.port = int(wait_for("serving", self._serving))
        return self

    def _serving(self):
        text = self.log.read_text(errors="replace")
        assert self.process.poll() is None, f"assentd ended with {self.process.returncode}: {text}"
        found = re.search(r"serving on 127\.0\.0\.1:(\d+)", text)
        return found and found[1]

    def refuses_to_start(self):
        """Its exit status and what it says, for a start that must not succeed."""
        done = subprocess.run(self.command(), capture_output=True, text=True, timeout=DEADLINE)
        return done.returncode, done.stderr

    def end(self, how=signal.SIGTERM):
        """Stops it and gives its exit status."""
        process, self.process = self.process, None
        if process is None:
            return None
        if process.poll() is None:
            process.send_signal(how)
        try:
            return process.wait(DEADLINE)
        except subprocess.TimeoutExpired:
            process.kill()
            raise

    def fill(self, publish=True):
        """Rosters for all schools, and the first version of each policy that they have."""
        for name, admin in self.admins.items():
            admin.import_roster(name)
            for policy in POLICIES[name] if publish else ():
                admin.publish(policy)
        return self

    def device(self, school, name, **more):
        return Device(self, self.admins[school], name, **more)

    def open(self):
        """What needs no token."""
        return Client(self)

    def size(self):
        """How many records the log holds."""
        reply = self.open().get("/v1/ledger/checkpoint")
        assert reply.status in (200, 404), reply
        return int(reply.body.split(b"\n")[1]) if reply.status == 200 else 0


def logins(school, role=None, **like):
    """The logins of a sample school's roster, as people type them, in its order."""
    with (SCHOOLS / school / "people.csv").open() as file:
        for row in csv.DictReader(file):
            row = {key.lower(): value for key, value in row.items()}
            login = row.get("login") or row.get("username") or ""
            wanted = not role or row["role"].lower() == role
            if login and wanted and all(row[key] == value for key, value in like.items()):
                yield login.split("\\")[-1].split("@")[0]


class World:
    """A running service with people who have signed nothing yet, and a device at each school."""

    PUPIL = {"carre": "pupil", "kingsmead": "student", "oakfield": "student"}

    def __init__(self, service):
        self.service, self.admins = service, service.admins
        self.devices = {name: service.device(name, "LIB-0039", room="Library")
                        for name in service.admins}
        self._pupils = {name: logins(name, self.PUPIL[name], **self._own_login(name))
                        for name in service.admins}

    @staticmethod
    def _own_login(school):
        return {"stage": "ks2"} if school == "oakfield" else {}

    def pupil(self, school="kingsmead"):
        """A pupil whom no other test of this world has."""
        return next(self._pupils[school])


def assentctl(own, *words, who="ict"):
    return subprocess.run(
        [BIN / "assentctl", "--url", f"http://127.0.0.1:{own.service.port}", "--token-file",
         own.service.folder / f"kingsmead.{who}.token", *words], capture_output=True, text=True,
        timeout=60)


def run_service(folder, **more):
    service = Service(folder, **more)
    try:
        yield service.start()
    finally:
        service.end()


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    """Shared by a file's tests: each takes its own pupils and publishes nothing."""
    for service in run_service(tmp_path_factory.mktemp("world")):
        yield World(service.fill())


@pytest.fixture
def own_world(tmp_path):
    """For one test that publishes, stops the service or counts records."""
    for service in run_service(tmp_path):
        yield World(service.fill())


@pytest.fixture
def small_world(tmp_path):
    """The same with Kingsmead alone: it starts faster."""
    for service in run_service(tmp_path, schools=("kingsmead",)):
        yield World(service.fill())


@pytest.fixture
def folder_for_service(tmp_path):
    """A folder for services that a test starts itself; whatever still runs is stopped."""
    started = []

    def make(**more):
        started.append(Service(tmp_path, **more))
        return started[-1]

    yield make
    for service in started:
        service.end(signal.SIGKILL)


def copy_of(service, folder):
    """A second installation over a copy of a stopped service's files."""
    shutil.copytree(service.folder, folder)
    return folder
