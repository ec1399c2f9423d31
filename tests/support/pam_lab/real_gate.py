"""The real service and the real agent behind the socket: one school, one policy, one machine."""

import json
import os
import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parents[3]
PROGRAMS = pathlib.Path(os.environ.get("ASSENT_PROGRAMS", ROOT / "build" / "release" / "bin"))
SOCKET = "/run/assent/pam.sock"
SERVICE = "http://127.0.0.1:8311"
SETTINGS = """origin = "aup.lab.example/log"
trust = "lab"
log_key = "log.key"
data = "data"
port = 8311
"""
SCHOOL = """title = "Oakfield"
audience = [{ who = "group:away", exempt = true }, { who = "role:student", owes = ["student"] }]
[stage]
ks2 = "ks2"
[policy.student]
enforcement = "enforce"
later = { times = 1 }
[roster]
source = "csv"
"""
PEOPLE = ["amira", "tomasz", "jo", "ewa", "finn", "gus"]  # "banned" is in no roster: refused
ACTS = {"defer": "later"}  # what a record calls the word that was typed
CALL = """import sys, urllib.request
request = urllib.request.Request(sys.argv[1], method=sys.argv[2], headers={
    "Authorization": "Bearer " + sys.argv[3], "Content-Type": sys.argv[4]},
    data=sys.stdin.buffer.read() or None)
try:
    print(urllib.request.urlopen(request).read().decode())
except urllib.error.HTTPError as error:
    sys.exit(error.read().decode())
"""


def are_built():
    return all((PROGRAMS / name).exists() for name in ("assentd", "assent-agent"))


class RealGate:
    school = SCHOOL
    enforced = False  # so that "later" is possible, as often as the school allows

    def __init__(self, lab, wait_for):
        self.lab, self.folder = lab, lab.folder / "service"
        (self.folder / "schools").mkdir(parents=True)
        (self.folder / "assent.toml").write_text(SETTINGS)
        (self.folder / "schools" / "oakfield.toml").write_text(self.school)
        service = [PROGRAMS / "assentd", "--config", self.folder / "assent.toml"]
        token = self.folder / "token"
        self.must([*service, "bootstrap", "--school", "oakfield", "--login", "admin", "--name",
                   "Admin", "--token-file", token])
        self.token = token.read_text().strip()
        lab.start([*service, "run"])
        wait_for(lambda: self.send("GET", "/v1/health").returncode == 0, "the service")
        self.publish()
        self.enrol_people()
        self.start_agent()
        wait_for(lambda: lab.run(["test", "-S", SOCKET]).returncode == 0, "the agent")

    def answers(self, login):
        """[(act, cannot_ask, authenticated)] in order, as the ledger's records attest."""
        found = []
        if login not in PEOPLE:
            return found  # nobody whom the service knows
        for entry in self.call("GET", f"/v1/people/{login}")["history"]:
            record = json.loads(entry["record"])
            lines = record["attestation"]["stmt"].splitlines()
            how = ("cannot-ask yes" in lines, "authenticated yes" in lines)
            found += [(ACTS.get(item["act"], item["act"]), *how) for item in record["items"]]
        return found

    def checks(self, login):
        """How often a login as `login` came as far as the gate, by the agent's log."""
        return self.agent_log.read_text().count(f" for {login}: ")

    def must(self, argv, **options):
        result = self.lab.run(argv, **options)
        assert result.returncode == 0, f"{argv}: {result.stdout}{result.stderr}"
        return result.stdout

    def send(self, method, path, body="", kind="application/json"):
        return self.lab.run([sys.executable, "-c", CALL, SERVICE + path, method, self.token, kind],
                            input=body)

    def call(self, method, path, body="", kind="application/json"):
        result = self.send(method, path, body, kind)
        assert result.returncode == 0, f"{method} {path}: {result.stderr}"
        return json.loads(result.stdout)

    def post(self, path, value):
        return self.call("POST", path, json.dumps(value))

    def publish(self):
        folder = ROOT / "content" / "aup" / "student"
        paths = [folder / "policy.toml", *sorted((folder / "1").iterdir())]
        files = [{"path": str(path.relative_to(folder)), "text": path.read_text()}
                 for path in paths]
        for file in files:
            if file["path"].endswith("version.toml") and not self.enforced:
                file["text"] = "enforced_from = 2099-01-01\n" + file["text"]
        self.post("/v1/policies/student/versions", {"number": 1, "files": files})

    def enrol_people(self):
        rows = "mis_id,login,name,role,year,stage\n" + "".join(
            f"O{n},{login},{login.title()} Test,student,4,ks2\n" for n, login in enumerate(PEOPLE))
        found = self.post("/v1/roster/imports", {"source": "csv", "columns": {}})["import"]
        self.call("POST", f"/v1/roster/imports/{found}/rows", rows, "text/csv")
        self.post(f"/v1/roster/imports/{found}/plan", {})
        self.post(f"/v1/roster/imports/{found}/apply", {"accept_leavers": 0})

    def start_agent(self):
        made = self.post("/v1/devices", {"name": "LAB-01", "room": "IT2", "class": "school"})
        settings = self.folder / "agent.toml"
        (self.folder / "agent").mkdir(mode=0o700)
        settings.write_text(f'service = "{SERVICE}"\nstate_dir = "{self.folder}/agent"\n'
                            "deadline_ms = 2000\n")
        agent = [PROGRAMS / "assent-agent", "--config", settings]
        self.must([*agent, "enrol", "--code", made["code"]])
        self.agent_log = pathlib.Path(self.lab.start([*agent, "run"]).log)
