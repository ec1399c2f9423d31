"""Starts and stops what is measured, and speaks to it as its admin: folders, assentd, policies."""
import contextlib, hashlib, http.client, json, pathlib, re, shutil, signal, socket, subprocess, time

SOURCE = pathlib.Path(__file__).resolve().parents[2]
SCHOOL = SOURCE / "tests/support/schools/kingsmead/school.toml"
POLICY = SOURCE / "content/aup/student"
LOGIN = "nobody"  # an account that every machine has: who logs in where a login is measured
# What a filled folder depends on: one that was made from the same is used again.
MADE_FROM = ["service/store/schema.cpp", "tests/bench/fill_store.cpp", "tests/bench/service.py",
             "tests/support/schools/kingsmead/school.toml"]
START_SECONDS = 30


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for_port(port, process):
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        if process.poll() is not None:
            raise RuntimeError(f"{process.args[0]} ended with {process.returncode}")
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(0.002)
    raise TimeoutError(f"{process.args[0]} does not listen")


class Folder:
    """A data folder with the configuration beside it."""

    def __init__(self, path):
        self.path = path
        self.config = path / "assent.toml"
        self.database = path / "data/assent.db"

    def token(self):
        return (self.path / "token").read_text().strip()

    def set_port(self, port):
        self.config.write_text('origin = "bench.example/log"\ntrust = "bench"\ndata = "data"\n'
                               f'log_key = "data/keys/log.key"\nport = {port}\n')

    def copy(self, path):
        shutil.rmtree(path, ignore_errors=True)
        shutil.copytree(self.path, path)
        return Folder(path)


class Assentd:
    """The service over a folder, until the end of its `with`. `preload`: a library to put before."""

    def __init__(self, programs, folder, preload=None):
        self.folder, self.port = folder, free_port()
        folder.set_port(self.port)
        environment = {"LD_PRELOAD": str(preload)} if preload else None
        self.process = subprocess.Popen([programs / "assentd", "--config", folder.config],
                                        env=environment, stderr=open(folder.path / "log", "ab"))

    def __enter__(self):
        try:
            wait_for_port(self.port, self.process)
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def get(self, path):
        return self._call("GET", path, None, "application/json")

    def post(self, path, body, kind="application/json"):
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        return self._call("POST", path, data, kind)

    def _call(self, method, path, data, kind):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        with contextlib.closing(connection):
            connection.request(method, path, data, {
                "Content-Type": kind, "Authorization": f"Bearer {self.folder.token()}"})
            reply = connection.getresponse()
            text = reply.read().decode()
            if reply.status != 200:
                raise RuntimeError(f"{path}: {reply.status} {text}")
            return json.loads(text)


def policy_files(policy=POLICY):
    """A policy's first version, in effect and not yet due for review on any day."""
    out = []
    for path in [policy / "policy.toml", *sorted((policy / "1").iterdir())]:
        text = path.read_text()
        text = re.sub(r"(?m)^(effective|enforced_from) = .*$", r"\1 = 2020-09-01", text)
        text = re.sub(r"(?m)^next_review = .*$", "next_review = 2099-07-01", text)
        out.append({"path": str(path.relative_to(policy)), "text": text})
    return out


def make_folder(programs, path):
    """A new school with one admin and one policy."""
    shutil.rmtree(path, ignore_errors=True)
    (path / "schools").mkdir(parents=True)
    shutil.copy(SCHOOL, path / "schools/kingsmead.toml")
    folder = Folder(path)
    folder.set_port(free_port())
    subprocess.run([programs / "assentd", "--config", folder.config, "bootstrap", "--school",
                    "kingsmead", "--login", "ict", "--name", "ICT", "--token-file", path / "token"],
                   check=True)
    with Assentd(programs, folder) as service:
        service.post("/v1/policies/student/versions", {"number": 1, "files": policy_files()})
    return folder


def filled_folder(programs, root, accepted, owing):
    """A folder with so many people, made now or on an earlier run from the same sources."""
    stamp = hashlib.sha256()
    for name in MADE_FROM:
        stamp.update((SOURCE / name).read_bytes())
    for file in policy_files():
        stamp.update(json.dumps(file).encode())
    path = root / f"people-{accepted}-{owing}"
    mark = path / "made-from"
    if mark.exists() and mark.read_text() == stamp.hexdigest():
        return Folder(path)
    folder = make_folder(programs, path)
    subprocess.run([programs / "fill_store", folder.config, str(accepted), str(owing), LOGIN],
                   check=True)
    mark.write_text(stamp.hexdigest())
    return folder
