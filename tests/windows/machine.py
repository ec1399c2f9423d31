"""A Windows machine of a school: wine with our programs in their place, enrolled at a real assentd.
Its one person is whoever wine says that we are, with an account of the machine itself."""
import getpass, json, shutil, subprocess

import pytest

from service_fixture import SCHOOLS, Service, files_of, version_body, wait_for

from conftest import PATIENCE, PROGRAMS
from screen import Screen, Window

HOME = r"C:\Program Files\Assent"
LOGON = HOME + r"\assent-logon.exe"
SETTINGS, POLICIES = r"HKLM\SOFTWARE\Assent", r"HKLM\SOFTWARE\Policies\Assent"
SERVICE = "AssentService"
PERSON = getpass.getuser()
INSTALLED = ("assent-service.exe", "assent-logon.exe")
DESKTOP = r"C:\Test Programs\desktop_probe.exe"  # a space, and no quotes: as Winlogon takes it


ADD_ONS = ("social-media-official", "photographs")  # of which none is published at first


def roster():
    """Kingsmead's people, and the person that wine knows."""
    text = (SCHOOLS / "kingsmead/people.csv").read_text()
    return text + f"K9999,{PERSON},Wyn Evans,student,9,ks3,9A,SM-Requested,\n"


def with_add_ons(_, school):
    """The settings of a school that offers its people all of ADD_ONS."""
    return school.replace(f'owes = ["{ADD_ONS[0]}"]', f"owes = {json.dumps(ADD_ONS)}") + (
        f'\n[policy.{ADD_ONS[1]}]\nenforcement = "enforce"\n')


class Machine(Screen):
    def __init__(self, wine, service):
        super().__init__(wine)
        self.service, self.admin = service, service.admins["kingsmead"]
        self.drive = wine.folder / "drive_c"
        self.desktop = self.drive / "desktop-was-started"
        self.version = 1  # of the students' rules
        self.changed = set()  # settings that a test has made, for reset()
        self.folders = (self.drive / "Program Files/Assent", self.drive / "Test Programs")
        for folder, programs in zip(self.folders, (INSTALLED, ("desktop_probe.exe",))):
            folder.mkdir(exist_ok=True)
            for program in programs:
                shutil.copy(PROGRAMS / program, folder)
        self.put("Userinit", DESKTOP + ",")
        self.put("Service", f"http://127.0.0.1:{service.port}")
        self.put("LocalAccounts", "ask")
        self.put("ExcludedGroups", "", "REG_MULTI_SZ")  # wine's person is an administrator
        self.must("sc", "create", SERVICE, "binPath=", f'"{HOME}\\assent-service.exe" run')

    def must(self, program, *arguments):
        done = self.wine.run(program, *arguments)
        assert done.returncode == 0, (program, arguments, done.stdout, done.stderr)
        return done.stdout

    def put(self, name, value, kind="REG_SZ", key=SETTINGS):
        self.must("reg", "add", key, "/v", name, "/t", kind, "/d", str(value), "/f")

    def drop(self, name, key=SETTINGS):
        self.must("reg", "delete", key, "/v", name, "/f")

    def enrol(self, name):
        wanted = {"name": name, "class": "school", "room": "Library"}
        code = self.admin.do("/v1/devices", wanted)["code"]
        return self.must(HOME + r"\assent-service.exe", "enrol", "--code", code)

    def start_service(self):
        self.must("sc", "start", SERVICE)
        wait_for("the service runs", lambda: "RUNNING" in self.must("sc", "query", SERVICE))

    def stop_service(self):
        self.wine.run("sc", "stop", SERVICE)
        wait_for("the service ends", lambda: "STOPPED" in self.must("sc", "query", SERVICE))

    def set(self, name, value, kind="REG_SZ", key=SETTINGS):
        """For one test: reset() takes it back."""
        self.changed.add((name, key))
        self.put(name, value, kind, key)

    def reset(self):
        for name, key in self.changed:
            self.drop(name, key)
        self.changed = set()
        if subprocess.run(["pgrep", "-f", r"assent-logon\.exe"], capture_output=True).stdout:
            self.wine.run("taskkill", "/f", "/im", "assent-logon.exe")

    def remove(self):
        self.close()
        self.stop_service()
        self.must("sc", "delete", SERVICE)
        for key in (SETTINGS, POLICIES):
            self.wine.run("reg", "delete", key, "/f")
        for folder in (*self.folders, self.drive / "ProgramData/Assent"):
            shutil.rmtree(folder)
        self.desktop.unlink(missing_ok=True)

    def log_on(self):
        """Winlogon's part: starts the logon program, and does not wait for it."""
        self.wait_for_end_of_session()
        wait_for("no desktop is on its way", lambda: not self.starting())
        self.desktop.unlink(missing_ok=True)
        return self.wine.start(LOGON, stdin=subprocess.DEVNULL)

    def ended(self, program):
        return program.wait(PATIENCE)

    def gets_desktop(self):
        return wait_for("the desktop", self.desktop.exists, PATIENCE)

    def gets_none(self):
        """To be asked when the logon program has ended: whatever it started is there by then."""
        return not self.starting() and not self.desktop.exists()

    def starting(self):
        return subprocess.run(["pgrep", "-f", r"desktop_probe\.exe"], capture_output=True).stdout

    def accept(self):
        """By the keyboard alone: reads to the end, ticks the box, presses the first button."""
        self.window()
        wait_for("the end is in sight",
                 lambda: self.keys("ctrl+End") or self.look().is_enabled(Window.CONFIRM))
        self.keys("Tab", "space", "Tab", "space")

    def records(self):
        """What the log holds, oldest first."""
        receipts = (self.admin.read(f"/v1/receipts/{i}") for i in range(self.service.size()))
        return [json.loads(receipt["record"]) for receipt in receipts]

    def last(self, kind="accept"):
        return [record for record in self.records() if record["type"] == kind][-1]

    def amend(self, mode="agree"):
        """Publishes a version with one changed rule, so that everybody owes something again."""
        self.version += 1
        text = {path.replace("2/", f"{self.version}/", 1): text.replace(
            "I say where I used it.", f"I say where I used it, and how ({self.version}).")
                for path, text in files_of("student", 2).items()}
        toml = f"{self.version}/version.toml"
        text[toml] = text[toml].replace('mode = "acknowledge"', f'mode = "{mode}"')
        self.admin.do("/v1/policies/student/versions", version_body(self.version, text))


@pytest.fixture(scope="module")
def machine(wine, tmp_path_factory):
    service = Service(tmp_path_factory.mktemp("assentd"), schools=("kingsmead",),
                      edit=with_add_ons).start()
    admin = service.admins["kingsmead"]
    admin.must(admin.import_csv(roster()))
    for policy in ("student", "staff"):
        admin.publish(policy)
    made = Machine(wine, service)
    assert "Enrolled as WIN-0039 of kingsmead" in made.enrol("WIN-0039")
    made.start_service()
    yield made
    made.remove()
    service.end()


@pytest.fixture(autouse=True)
def nothing_left_behind(machine):
    yield
    machine.reset()
