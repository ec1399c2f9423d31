"""A document in the window by itself, and a Windows that is set as some people set it."""
import json, subprocess, sys

import pytest

from conftest import PATIENCE, PROGRAMS, SOURCE, windows_path
from screen import Screen, Window

VECTORS = SOURCE / "tests/vectors/presentation"
sys.path.insert(0, str(VECTORS))
from canonical import canonical  # noqa: E402


def vector(name):
    return json.loads((VECTORS / f"{name}.json").read_text())["document"]


class Shown(Screen):
    """A document in the window, as the logon program shows it."""

    def show(self, folder, document, choices="YLFHN", rendition="std", school="Kingsmead School"):
        file = folder / "document"
        file.write_text(canonical(document))
        self.program = self.wine.start(PROGRAMS / "sheet_probe.exe", f"Z:{file}", rendition, choices,
                                       school.encode().hex(), stdin=subprocess.DEVNULL,
                                       stdout=subprocess.PIPE, text=True)
        self.window(lambda window: window.is_placed(Window.LEAVE))  # the last that gets its place
        return self.look()

    def chosen(self):
        return self.program.communicate(timeout=PATIENCE)[0].strip()

    def leave(self):
        if self.program.poll() is None:
            self.keys("alt+F4")
            self.chosen()

    def end(self):
        self.leave()
        self.close()

    def pixels(self, box):
        """(red, green, blue) of each point in a box, line by line."""
        left, top, right, bottom = box
        size = f"{right - left}x{bottom - top}+{left}+{top}"
        raw = subprocess.run(["import", "-window", "root", "-crop", size, "-depth", "8", "rgb:-"],
                             env=self.wine.environment, capture_output=True, check=True).stdout
        return [tuple(raw[i:i + 3]) for i in range(0, len(raw), 3)]


@pytest.fixture
def shown(wine):
    made = Shown(wine)
    yield made
    made.end()


@pytest.fixture
def as_set(wine, tmp_path):
    """Windows with settings of the person's: (key below HKCU, name, text or number). They are taken
    back."""
    kept = {}

    def put(*settings):
        for key in {key for key, _, _ in settings}:
            kept[key] = windows_path(tmp_path / f"{len(kept)}.reg")
            wine.run("reg", "export", "HKCU\\" + key, kept[key])  # fails where there is none yet
        wanted = tmp_path / "wanted.reg"
        wanted.write_text("REGEDIT4\n" + "".join(
            f'\n[HKEY_CURRENT_USER\\{key}]\n"{name}"=' +
            (f"dword:{value:08x}" if isinstance(value, int) else f'"{value}"') + "\n"
            for key, name, value in settings))
        assert wine.run("reg", "import", windows_path(wanted)).returncode == 0
        wine.restart()
    yield put
    for key, file in kept.items():
        wine.run("reg", "delete", "HKCU\\" + key, "/f")
        wine.run("reg", "import", file)
    wine.restart()
