"""Rules that a person may decline by themselves, asked for one by one after the others: by the keyboard alone,
with the real service on the machine and a real assentd."""
import pytest

from service_fixture import files_of, version_body

from machine import ADD_ONS, PERSON, machine, nothing_left_behind  # noqa: F401
from screen import Window

ASKS = {name: f"I have read what is said of {name}." for name in ADD_ONS}


@pytest.fixture(scope="module")
def offered(machine):
    for name, ask in ASKS.items():
        files = {path: text.replace("Visitor rules", "Rules of " + name).replace(
            "I have read these rules and I will keep them.", ask)
                 for path, text in files_of("visitor", 1).items()}
        machine.admin.do(f"/v1/policies/{name}/versions", version_body(1, files))
    return machine


def answer(machine, name, tabs):
    """By Tab to a button, and the space bar."""
    window = machine.window(lambda window: window.focus == Window.TEXT, has=ASKS[name])
    assert window.heading == "Rules of " + name
    assert window.buttons() == ["I agree to these rules.", "I have a question. I can log in today.",
                                "I do not agree. Somebody will talk to me about it."]
    machine.keys(*["Tab"] * tabs, "space")


YES, NO, LEAVE = 1, 3, 4


def test_who_leaves_before_the_last_add_on_has_answered_nothing(offered):
    before = offered.service.size()
    program = offered.log_on()
    text = offered.window(has="I log in with my own name only.").text
    assert all(ask in text for ask in ASKS.values())
    offered.accept()
    answer(offered, ADD_ONS[0], YES)
    answer(offered, ADD_ONS[1], LEAVE)
    assert offered.ended(program) == 0 and offered.gets_none()
    assert offered.service.size() == before


def test_one_add_on_is_accepted_and_another_declined_beside_the_rules(offered):
    program = offered.log_on()
    offered.accept()
    answer(offered, ADD_ONS[0], YES)
    answer(offered, ADD_ONS[1], NO)
    assert offered.ended(program) == 0 and offered.gets_desktop()
    record = offered.last()
    assert {item["policy"]: item["act"] for item in record["items"]} == {
        "student": "agree", ADD_ONS[0]: "agree", ADD_ONS[1]: "decline"}
    assert record["channel"] == "windows:console" and record["proof"] == "device"
    assert record["subject"]["login"] == PERSON and record["device"] == "WIN-0039"
    assert "authenticated yes" in record["attestation"]["stmt"]


def test_a_declined_add_on_is_not_asked_for_again(offered):
    before = offered.service.size()
    assert offered.ended(offered.log_on()) == 0
    assert offered.gets_desktop() and not offered.look() and offered.service.size() == before
