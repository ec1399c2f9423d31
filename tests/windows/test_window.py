"""The window in which rules are read: the same words as on every other screen, within reach of the
keyboard alone."""
import pytest

from screen import Window
from shown import shown, vector  # noqa: F401


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


def test_a_welsh_speaker_has_welsh_buttons(shown, tmp_path):
    window = shown.show(tmp_path, vector("welsh"), rendition="ks2")
    assert window.title == "Rheolau'r ysgol"
    assert window.buttons()[0] == "Rwy'n deall. Byddaf yn gwneud fy ngorau."
    assert window.by_id[Window.HINT]["text"].startswith("Darllenwch i'r diwedd")
    shown.press(Window.PROBLEM)
    assert "Cyfrifiadur: " in shown.window(has="Dywedwch wrth y").text
    shown.keys("Return")
    shown.window(lambda window: window.is_placed(Window.LEAVE))


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
