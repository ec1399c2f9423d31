"""A Windows to run programs in: wine, with a folder of its own (./dev test windows)."""
import json, os, pathlib, subprocess, sys

import pytest

SOURCE = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(SOURCE / "tests/integration"))
PROGRAMS = SOURCE / "build/windows/bin"
PATIENCE = 90  # seconds, of one program


class Wine:
    def __init__(self, folder):
        self.environment = {**os.environ, "WINEPREFIX": str(folder), "WINEARCH": "win64",
                            "WINEDEBUG": "-all", "WINEDLLOVERRIDES": "mscoree=;mshtml=;winedbg.exe=d"}

    def run(self, program, *arguments, **options):
        return subprocess.run(["wine", program, *map(str, arguments)], env=self.environment,
                              capture_output=True, text=True, timeout=PATIENCE,
                              stdin=subprocess.DEVNULL, **options)

    def probe(self, **settings):
        """What WinHttp made of one call, or of several."""
        done = self.run(PROGRAMS / "http_probe.exe", json.dumps(settings))
        said = [json.loads(line) for line in done.stdout.splitlines()]
        assert done.returncode == 0 and said, (done.returncode, done.stdout, done.stderr)
        return said if len(said) > 1 else said[0]


@pytest.fixture(scope="session")
def wine(tmp_path_factory):
    # That of the stage, where there is one: another would take 700 MB and 15 seconds.
    given = os.environ.get("WINEPREFIX")
    made = Wine(given or tmp_path_factory.mktemp("wine"))
    if not given:
        made.run("wineboot", "-i")
    yield made
    if not given:
        subprocess.run(["wineserver", "-k"], env=made.environment, check=False)
