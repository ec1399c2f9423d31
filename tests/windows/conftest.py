"""A Windows to run programs in: wine, with a folder of its own (./dev test windows)."""
import json, os, pathlib, subprocess, sys, tempfile

import pytest

SOURCE = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(SOURCE / "tests/integration"))
PROGRAMS = SOURCE / "build/windows/bin"
PATIENCE = 90  # seconds, of one program


def windows_path(path):
    return "Z:" + str(path).replace("/", "\\")


class Wine:
    def __init__(self, folder, display):
        self.folder = pathlib.Path(folder)
        self.environment = {**os.environ, "WINEPREFIX": str(folder), "WINEARCH": "win64",
                            "WINEDEBUG": "-all", "DISPLAY": display,
                            "WINEDLLOVERRIDES": "mscoree=;mshtml=;winedbg.exe=d"}

    def run(self, program, *arguments, **options):
        # Into files: wine's own servers hold on to pipes for seconds after the program has ended.
        with tempfile.TemporaryFile("w+") as said, tempfile.TemporaryFile("w+") as complained:
            done = subprocess.run(["wine", program, *map(str, arguments)], env=self.environment,
                                  stdin=subprocess.DEVNULL, stdout=said, stderr=complained,
                                  timeout=PATIENCE, **options)
            for each in (said, complained):
                each.seek(0)
            return subprocess.CompletedProcess(done.args, done.returncode, said.read(),
                                               complained.read())

    def begin(self):
        """Wine ends its services with the last program: this one stays."""
        self.keeper = self.start(PROGRAMS / "pipe_probe.exe", "wait", stdin=subprocess.PIPE)

    def end(self):
        self.keeper.communicate(b"\n", timeout=PATIENCE)
        self.stop()

    def stop(self):
        subprocess.run(["wineserver", "-k"], env=self.environment, check=False)
        subprocess.run(["wineserver", "-w"], env=self.environment, check=False, timeout=PATIENCE)

    def restart(self):
        """Windows begun anew, as what people set for their screen asks for."""
        self.end()
        self.begin()

    def start(self, program, *arguments, **options):
        return subprocess.Popen(["wine", program, *map(str, arguments)], env=self.environment,
                                stderr=subprocess.DEVNULL, **options)

    def lines(self, program, *arguments):
        """What one of our probes says: a list of what its lines of JSON hold."""
        done = self.run(PROGRAMS / program, *arguments)
        said = [json.loads(line) for line in done.stdout.splitlines()]
        assert done.returncode == 0 and said, (done.returncode, done.stdout, done.stderr)
        return said

    def probe(self, **settings):
        """What WinHttp made of one call, or of several."""
        said = self.lines("http_probe.exe", json.dumps(settings))
        return said if len(said) > 1 else said[0]


@pytest.fixture(scope="session")
def display():
    """A screen of 1280 x 900 that nobody sees."""
    read, write = os.pipe()
    server = subprocess.Popen(["Xvfb", "-displayfd", str(write), "-screen", "0", "1280x900x24",
                               "-nolisten", "tcp"], pass_fds=[write], stderr=subprocess.DEVNULL)
    os.close(write)
    with os.fdopen(read) as number:
        yield ":" + number.readline().strip()
    server.terminate()
    server.wait(10)


@pytest.fixture(scope="session")
def wine(tmp_path_factory, display):
    # That of the stage, where there is one: another would take 700 MB and 15 seconds.
    given = os.environ.get("WINEPREFIX")
    made = Wine(given or tmp_path_factory.mktemp("wine"), display)
    if not given:
        made.run("wineboot", "-i")
    # Whatever runs there has another screen, or none; and a Windows just made starts no services.
    made.stop()
    made.begin()
    yield made
    made.end()
