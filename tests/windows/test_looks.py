"""What the window looks like, however a person has set their screen."""
import pytest

from screen import Window
from shown import as_set, shown, vector  # noqa: F401

TWICE = (r"Control Panel\Desktop", "LogPixels", 192)
DARK = (r"Software\Microsoft\Windows\CurrentVersion\Themes\Personalize", "AppsUseLightTheme", 0)
# Windows' own "High Contrast Black". Wine has no visual style for it as Windows has: here, none.
COLOURS = {"Window": "0 0 0", "WindowText": "255 255 255", "WindowFrame": "255 255 255",
           "ButtonFace": "0 0 0", "ButtonText": "255 255 255", "ButtonShadow": "128 128 128",
           "ButtonHilight": "192 192 192", "ButtonDkShadow": "255 255 255",
           "ButtonLight": "255 255 255", "GrayText": "63 242 63", "Hilight": "26 235 255",
           "HilightText": "0 0 0", "HotTrackingColor": "255 255 0", "Scrollbar": "0 0 0"}
STYLE = r"Software\Microsoft\Windows\CurrentVersion\ThemeManager"
HIGH_CONTRAST = (*((r"Control Panel\Colors", name, colour) for name, colour in COLOURS.items()),
                 (r"Control Panel\Accessibility\HighContrast", "Flags", "127"),
                 (STYLE, "ThemeActive", "0"), DARK)
BLACK, WHITE = (0, 0, 0), (255, 255, 255)
LONG_NAME = "Ysgol Gyfun Gymraeg Bro Edern a Llanfihangel-y-Pwyll Gwŷnedd"  # 60 characters


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


def test_everything_has_its_place_at_200_percent(as_set, shown, tmp_path):
    as_set(TWICE)
    window = shown.show(tmp_path, vector("amendment"))
    expect_room(window)
    heading = window.by_id[Window.HEADING]["box"]
    assert heading[3] - heading[1] >= 56 and window.box[2] - window.box[0] > 1200


def test_who_likes_it_dark_gets_it_dark(as_set, shown, tmp_path):
    as_set(DARK)
    window = shown.show(tmp_path, vector("amendment"))
    heading, text = (window.by_id[each]["box"] for each in (Window.HEADING, Window.TEXT))
    for box in (heading, [text[0] + 2, text[1] + 2, text[2] - 2, text[3] - 2]):
        points = shown.pixels(box)
        assert points.count((0x20, 0x20, 0x20)) > len(points) // 2
        assert any(sum(point) > 600 for point in points)


@pytest.mark.parametrize("settings", [(), (TWICE,)], ids=["100", "200"])
def test_a_long_name_and_long_buttons_are_seen_whole(as_set, shown, tmp_path, settings):
    if settings:
        as_set(*settings)
    headings = []
    for name in (LONG_NAME, LONG_NAME[:-1] + "X"):  # so it is seen to its last letter
        window = shown.show(tmp_path, vector("welsh"), rendition="ks2", school=name)
        expect_room(window)
        headings.append(shown.pixels(window.by_id[Window.HEADING]["box"]))
        for number in (*window.choices(), Window.PROBLEM, Window.LEAVE):
            assert_clear_of_its_frame(shown, window.by_id[number]["box"])
        shown.leave()
    assert headings[0] != headings[1]


def assert_clear_of_its_frame(shown, box):
    """Words that come as far as the frame are cut off, or about to be."""
    left, top, right, bottom = (box[0] + 3, box[1] + 3, box[2] - 3, box[3] - 3)
    for line in ([left, top, right, top + 1], [left, bottom - 1, right, bottom],
                 [left, top, left + 1, bottom], [right - 1, top, right, bottom]):
        assert len(set(shown.pixels(line))) == 1, (box, line)


def inside(box, by=4):
    return [box[0] + by, box[1] + by, box[2] - by, box[3] - by]


def test_high_contrast_has_the_persons_colours_and_no_others(as_set, shown, tmp_path):
    as_set(*HIGH_CONTRAST)
    window = shown.show(tmp_path, vector("long"))
    for number, child in window.by_id.items():
        points = shown.pixels(child["box"])
        assert points.count(BLACK) > len(points) // 2, number
        assert all(red == green == blue for red, green, blue in points), number
        left, top, right, bottom = inside(child["box"])
        words = shown.pixels([left + (20 if number == Window.CONFIRM else 0), top, right, bottom])
        # What cannot be chosen yet, before the end of the text, is paler, and can be read.
        assert max(words) == WHITE if child["enabled"] else (128,) * 3 <= max(words) < WHITE, number
    for number in (*window.choices(), Window.PROBLEM, Window.LEAVE, Window.TEXT):
        left, top, right, bottom = window.by_id[number]["box"]
        assert min(shown.pixels([left, top, right, top + 1])) > (128,) * 3, "a frame"


def test_high_contrast_shows_where_the_keyboard_is(as_set, shown, tmp_path):
    as_set(*HIGH_CONTRAST)
    shown.show(tmp_path, vector("amendment"))
    shown.keys("ctrl+End")
    shown.window(lambda window: window.is_enabled(Window.CONFIRM))
    for number in (Window.CONFIRM, 201, 202):
        box = shown.look().by_id[number]["box"]
        before = shown.pixels(box)
        shown.keys("Tab")
        assert shown.look().focus == number
        assert shown.pixels(box).count(WHITE) > before.count(WHITE) + 100


def test_what_went_and_what_came_are_told_apart_without_colour(as_set, shown, tmp_path):
    as_set(*HIGH_CONTRAST)
    document = vector("amendment")
    part = document["parts"][0]
    part["rules"] = [rule for rule in part["rules"] if rule["id"] == "data.usb"]
    window = shown.show(tmp_path, document)
    assert lines_through(shown, inside(window.by_id[Window.TEXT]["box"])) == ["went", "came"]


def lines_through(shown, box, shortest=25):
    """From top to bottom: a line that words stand below of as well has struck them out."""
    width, points = box[2] - box[0], [sum(point) > 600 for point in shown.pixels(box)]
    rows = [points[at:at + width] for at in range(0, len(points), width)]
    found = []
    for at, row in enumerate(rows):
        run = "".join(".#"[point] for point in row).find("#" * shortest)
        if run >= 0:
            below = sum(map(sum, (each[run:run + shortest] for each in rows[at + 2:at + 5])))
            found.append("went" if below > shortest // 2 else "came")
    return found


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
