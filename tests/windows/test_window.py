"""The window in which rules are read: the same words as on every other screen, within reach of the
keyboard alone, and readable however a person has set their screen."""
import json, pathlib, subprocess, sys

import pytest

from conftest import PATIENCE, PROGRAMS, SOURCE
from screen import Screen, Window

VECTORS = SOURCE / "tests/vectors/presentation"
sys.path.insert(0, str(VECTORS))
from canonical import canonical  # noqa: E402

DESKTOP, THEME = r"HKCU\Control Panel\Desktop", (
    r"HKCU\Software\Microsoft\Windows\CurrentVersion\Themes\Personalize")


def vector(name):
    return json.loads((VECTORS / f"{name}.json").read_text())["document"]


class Shown(Screen):
    """A document in the window, as the logon program shows it."""

    def show(self, folder, document, choices="YLFHN", rendition="std"):
        file = folder / "document"
        file.write_text(canonical(document))
        self.program = self.wine.start(PROGRAMS / "sheet_probe.exe", f"Z:{file}", rendition, choices,
                                       stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True)
        # The last that gets its place.
        return self.window(lambda window: window.is_placed(Window.LEAVE))

    def chosen(self):
        return self.program.communicate(timeout=PATIENCE)[0].strip()

    def end(self):
        if self.program.poll() is None:
            self.keys("alt+F4")
            self.chosen()
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
def as_set(wine):
    """Windows with a setting of the person's, which is taken back."""
    made = []

    def put(key, name, value):
        made.append((key, name))
        wine.run("reg", "add", key, "/v", name, "/t", "REG_DWORD", "/d", str(value), "/f")
        wine.restart()
    yield put
    for key, name in made:
        wine.run("reg", "delete", key, "/v", name, "/f")
    wine.restart()


def texts_of(document):
    for part in document["parts"]:
        yield from (part["title"], part.get("why", ""))
        for rule in part["rules"]:
            yield from (rule.get(key, "") for key in ("section", "old", "new"))
        yield from (part.get("help", ""), part["ask"])


def words_in(window):
    """What was read, without labels and without the line that counts the rules that are the same."""
    lines = window.text.replace("\x0b", " ").split("\r\n")
    read = [line.split("\t", 1) for line in lines]
    return " ".join(line[-1] for line in read if line[0] not in ("SAME", "YR UN FATH")).split()


@pytest.mark.parametrize("name", ["example", "amendment", "full", "two-parts", "welsh", "long"])
def test_every_word_of_the_document_is_shown_in_its_order(shown, tmp_path, name):
    document = vector(name)
    window = shown.show(tmp_path, document)
    assert words_in(window) == " ".join(texts_of(document)).replace("\u2029", " ").split()


def test_the_keyboard_comes_everywhere_and_is_caught_nowhere(shown, tmp_path):
    shown.show(tmp_path, vector("amendment"))
    shown.keys("ctrl+End")
    shown.window(lambda window: window.is_enabled(Window.CONFIRM))
    visited = [shown.look().focus]
    for _ in range(9):
        shown.keys("Tab")
        visited.append(shown.look().focus)
    reading = [Window.TEXT, Window.CONFIRM, 201, 202, 203, 204, Window.PROBLEM, Window.LEAVE]
    assert visited == reading + reading[:2]


def test_escape_answers_nothing_and_enter_answers_nothing_unread(shown, tmp_path):
    shown.show(tmp_path, vector("long"))
    shown.keys("Escape", "Return")
    assert not shown.look().is_enabled(Window.FIRST) and shown.program.poll() is None


def test_enter_presses_the_button_that_has_the_keyboard(shown, tmp_path):
    shown.show(tmp_path, vector("amendment"))
    shown.keys("ctrl+End")
    shown.window(lambda window: window.is_enabled(Window.CONFIRM))
    shown.keys("Tab", "space")
    shown.window(lambda window: window.is_enabled(Window.FIRST))
    shown.keys("Tab", "Tab", "Tab", "Tab")
    assert shown.look().focus == 203
    shown.keys("Return")
    assert shown.chosen() == "chosen: 4"  # help, and not the button that accepts


def test_alt_f4_leaves_without_an_answer(shown, tmp_path):
    shown.show(tmp_path, vector("amendment"))
    shown.keys("alt+F4")
    assert shown.chosen() == "chosen: left"


def test_the_last_line_has_to_be_reached_before_the_box_can_be_ticked(shown, tmp_path):
    window = shown.show(tmp_path, vector("long"))
    assert not window.is_enabled(Window.CONFIRM)
    shown.look(Window.CONFIRM, Window.FIRST)
    assert not shown.look().is_enabled(Window.FIRST)
    shown.keys("ctrl+End")
    shown.window(lambda window: window.is_enabled(Window.CONFIRM))
    shown.keys("Tab", "space")
    shown.window(lambda window: window.is_enabled(Window.FIRST))
    shown.keys("Tab", "space")
    assert shown.chosen() == "chosen: 2"


def test_children_get_their_own_words(shown, tmp_path):
    window = shown.show(tmp_path, vector("full"), "YHN", "ks2")
    assert window.buttons() == ["I understand. I will try my best.",
                                "I want someone to read it with me. I can log in today.",
                                "I do not want to say yes. A teacher will talk to me."]


def overlap(one, other):
    return (one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3])


def expect_room(window):
    boxes = [child["box"] for child in window.by_id.values()]
    left, top, right, bottom = window.box
    for at, box in enumerate(boxes):
        assert left <= box[0] < box[2] <= right and top <= box[1] < box[3] <= bottom, box
        assert not any(overlap(box, other) for other in boxes[at + 1:]), box
    text = window.by_id[Window.TEXT]["box"]
    assert (text[3] - text[1]) * 3 > bottom - top


def test_everything_has_its_place_at_100_percent(shown, tmp_path):
    expect_room(shown.show(tmp_path, vector("amendment")))
    ink = shown.pixels(shown.look().by_id[Window.HEADING]["box"])
    assert (255, 255, 255) in ink and any(sum(point) < 120 for point in ink)


def test_everything_has_its_place_at_200_percent(as_set, wine, tmp_path):
    as_set(DESKTOP, "LogPixels", 192)
    shown = Shown(wine)
    window = shown.show(tmp_path, vector("amendment"))
    expect_room(window)
    heading = window.by_id[Window.HEADING]["box"]
    assert heading[3] - heading[1] >= 56 and window.box[2] - window.box[0] > 1200
    shown.end()


def test_who_likes_it_dark_gets_it_dark(as_set, wine, tmp_path):
    as_set(THEME, "AppsUseLightTheme", 0)
    shown = Shown(wine)
    window = shown.show(tmp_path, vector("amendment"))
    heading, text = (window.by_id[each]["box"] for each in (Window.HEADING, Window.TEXT))
    for box in (heading, [text[0] + 2, text[1] + 2, text[2] - 2, text[3] - 2]):
        points = shown.pixels(box)
        assert points.count((0x20, 0x20, 0x20)) > len(points) // 2
        assert any(sum(point) > 600 for point in points)
    shown.end()


def test_arabic_runs_from_right_to_left(shown, tmp_path):
    document = vector("full")
    document["language"] = "ar"
    part = document["parts"][0]
    part["title"] = "قواعد الحاسوب"
    part["rules"] = part["rules"][:1]
    part["rules"][0]["new"] = "أحافظ على سرية كلمة المرور."
    window = shown.show(tmp_path, document)
    assert "قواعد الحاسوب" in window.text
    left, top, right, _ = window.by_id[Window.TEXT]["box"]
    half = (left + right) // 2

    def ink(box):
        return sum(sum(point) < 300 for point in shown.pixels(box))
    assert ink([half, top + 5, right - 5, top + 60]) > 10 * ink([left + 5, top + 5, half, top + 60])
