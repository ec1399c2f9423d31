"""The life of an acceptance at the gate of a real assentd, at both sample schools where they
differ: asked with the whole text, agreed, clear, changed, acknowledged, clear."""

import base64
import hashlib
import time

import pytest

from gate_device import parts_of
from receipts import verified
from service_fixture import (CONTENT, SCHOOLS, World, files_of, run_service, version_body,
                             wait_for)

CHANGED = [["photos", "changed"], ["ai.tools", "added"]]


def shows_the_document_that_it_hashes(shown):
    digest = hashlib.sha256(shown["document"].encode()).digest()
    return base64.b64decode(shown["hash"]) == digest


def marks_spell_the_texts(marks, old, new):
    """keep + delete is the old text, keep + insert the new one, in bytes (docs/presentation.md)."""
    sizes = {kind: sum(n for k, n in marks if k == kind) for kind in "=-+"}
    return (sizes["="] + sizes["-"] == len(old.encode())
            and sizes["="] + sizes["+"] == len(new.encode()))


@pytest.mark.parametrize("school", ["kingsmead", "carre"])
def test_r3_r4_k1_an_acceptance_lives_from_the_first_login_to_the_change_and_on(own_world, school):
    device, admin = own_world.devices[school], own_world.admins[school]
    login = own_world.pupil(school)

    first = device.check(login)  # K1: the rules come before anything else
    assert first["verdict"] == "ask" and shows_the_document_that_it_hashes(first["presentation"])
    [part] = parts_of(first["presentation"]["document"])
    assert (part.policy, part.start, part.to, part.kind) == ("student", 0, 1, "full")
    text = (CONTENT / "student/1/en-GB.std.md").read_text()
    assert len(part.rules) == text.count("\n- [") and part.unchanged is None

    agreed = device.client.must(device.answer(first["presentation"], "agree"))
    assert agreed["let_in"] and agreed["recorded"] and agreed["outcome"] == "accepted"
    record = verified(device.log_key, agreed)
    assert record["type"] == "accept" and record["school"] == school
    assert record["subject"]["login"] == login and record["proof"] == "device"
    assert record["items"][0]["act"] == "agree" and record["items"][0]["kind"] == "full"
    assert record["shown"]["hash"] == "sha256:" + base64.b64decode(
        first["presentation"]["hash"]).hex()
    assert (record["device"], record["room"]) == ("LIB-0039", "Library")
    assert device.check(login) == {"verdict": "clear", "school": first["school"]}

    published = admin.publish("student", 2)
    began = time.monotonic()
    assert published["changes"] == {"added": ["ai.tools"], "changed": ["photos"], "removed": []}
    second = device.check(login)  # R3: the next login
    assert time.monotonic() - began < 1
    assert second["verdict"] == "acknowledge"
    assert shows_the_document_that_it_hashes(second["presentation"])
    [part] = parts_of(second["presentation"]["document"])
    assert (part.start, part.to, part.kind, part.mode) == (1, 2, "amendment", "acknowledge")
    assert [rule[:2] for rule in part.rules] == CHANGED
    assert len(part.rules) + part.unchanged == published["rules"]
    [marks] = second["presentation"]["marks"]
    assert marks_spell_the_texts(marks, *part.rules[0][2:])

    answer = device.client.must(device.answer(second["presentation"], "acknowledge"))
    record = verified(device.log_key, answer)  # R4: agreed to what they were notified of
    item = record["items"][0]
    assert (item["from"], item["version"], item["kind"], item["act"]) == (1, 2, "amendment",
                                                                         "acknowledge")
    size = own_world.service.size()
    assert device.opened(login, second["presentation"]["ticket"]).status == 200
    assert own_world.service.size() == size + 1  # an acknowledgement is completed by the session
    assert device.opened(login, second["presentation"]["ticket"]).status == 200
    assert own_world.service.size() == size + 1
    assert device.check(login)["verdict"] == "clear"


def test_a_published_version_reaches_every_waiting_device_within_a_second(small_world):
    device, login = small_world.devices["kingsmead"], small_world.pupil()
    device.accept(login)
    small_world.admins["kingsmead"].publish("student", 2)
    wait_for("the change", lambda: device.check(login)["verdict"] == "acknowledge", deadline=1)


def test_k5_r1_each_school_says_what_its_community_users_sign(world):
    owed = {}
    for school, login in (("kingsmead", "uhughes"), ("carre", "uhughes"), ("carre", "wnunez")):
        [part] = parts_of(world.devices[school].shown(login)["document"])
        owed[school, login] = part.policy
    assert owed == {("kingsmead", "uhughes"): "community", ("carre", "uhughes"): "staff",
                    ("carre", "wnunez"): "student"}


def test_k2_staff_sign_their_own_rules(world):
    device = world.devices["kingsmead"]
    [part] = parts_of(device.shown("kgreen")["document"])
    assert part.policy == "staff"
    assert verified(device.log_key, device.accept("kgreen"))["subject"]["audience"] != ""
    assert device.check("kgreen")["verdict"] == "clear"


def test_a_junior_reads_the_text_of_the_own_band(world):
    device, login = world.devices["oakfield"], world.pupil("oakfield")
    shown = device.shown(login)
    assert "band\ten-GB\tks2\n" in shown["document"]
    record = verified(device.log_key, device.client.must(device.answer(shown)))
    assert record["shown"]["style"] == "ks2" and record["subject"]["stage"] == "ks2"


def test_service_accounts_and_class_logins_are_never_asked(world):
    assert world.devices["kingsmead"].check("scanner")["verdict"] == "clear"
    assert world.devices["oakfield"].check("y1class")["verdict"] == "clear"


def test_a_language_that_the_school_has_not_is_shown_and_recorded_as_what_it_is(world):
    device, login = world.devices["kingsmead"], world.pupil()
    shown = device.shown(login, language="cy")
    assert "band\ten-GB\tstd\n" in shown["document"]
    record = verified(device.log_key, device.client.must(device.answer(shown)))
    assert record["shown"]["lang"] == "en-GB" and record["shown"]["style"] == "std"


def test_whole_texts_may_be_asked_for_and_the_record_says_so(small_world):
    device, login = small_world.devices["kingsmead"], small_world.pupil()
    device.accept(login)
    small_world.admins["kingsmead"].publish("student", 2)
    shown = device.shown(login, full=True)
    [part] = parts_of(shown["document"])
    assert (part.kind, part.start) == ("full", 1)
    record = verified(device.log_key, device.client.must(device.answer(shown, "acknowledge")))
    assert record["items"][0]["kind"] == "full" and record["items"][0]["from"] == 1


def test_a_class_of_another_band_is_shown_in_full_once(own_world):
    """A pupil who moves from ks2 to no band reads the new band's text whole, once."""
    device, admin = own_world.devices["oakfield"], own_world.admins["oakfield"]
    device.accept("jpatel")
    roster = (SCHOOLS / "oakfield/people.csv").read_text()
    moved = roster.replace("José Patel,student,3,ks2,3B", "José Patel,student,7,ks3,7B")
    assert admin.must(admin.import_csv(moved))["changes"] == 1
    shown = device.shown("jpatel")
    [part] = parts_of(shown["document"])
    assert part.kind == "full" and "band\ten-GB\tstd\n" in shown["document"]
    device.client.must(device.answer(shown, "agree"))
    assert device.check("jpatel")["verdict"] == "clear"


def later_version(files):
    """Version 1 with an enforced day far ahead: until then "later" is on offer."""
    files["1/version.toml"] = files["1/version.toml"].replace(
        "effective = 2020-01-01", "effective = 2020-01-01\nenforced_from = 2090-01-01")


def settings(edits):
    def edit(name, toml):
        for old, new in edits.get(name, {}).items():
            assert old in toml
            toml = toml.replace(old, new)
        return toml
    return edit


@pytest.fixture
def waiting_world(tmp_path):
    """Two schools whose student rules may be put off: three times, and once."""
    for service in run_service(tmp_path, schools=("carre", "kingsmead")):
        service.fill(publish=False)
        for admin in service.admins.values():
            admin.publish("student", 1, later_version)
        yield World(service)


@pytest.mark.parametrize("school,times", [("kingsmead", 3), ("carre", 1)])
def test_later_is_taken_as_often_as_the_school_says_and_then_refused(waiting_world, school, times):
    device, login = waiting_world.devices[school], waiting_world.pupil(school)
    for left in range(times, 0, -1):
        shown = device.shown(login)
        assert shown["deferrals_left"] == left and shown["later_until"]
        answer = device.client.must(device.answer(shown, "later"))
        assert answer["let_in"] and answer["outcome"] == "later"
        assert verified(device.log_key, answer)["items"][0]["act"] == "defer"
    shown = device.shown(login)
    assert shown["deferrals_left"] == 0
    size = waiting_world.service.size()
    refused = device.answer(shown, "later")
    assert (refused.status, refused.problem) == (403, "no-more-later")
    assert waiting_world.service.size() == size
    assert device.client.must(device.answer(shown, "agree"))["outcome"] == "accepted"


def test_a7_a_login_that_cannot_be_asked_is_put_off_only_so_often(waiting_world):
    device, login = waiting_world.devices["kingsmead"], waiting_world.pupil()
    for _ in range(3):
        answer = device.answer(device.shown(login), "later", cannot_ask=True, authenticated=False,
                               channel="pam:sshd")
        assert device.client.must(answer)["let_in"]
    refused = device.answer(device.shown(login), "later", cannot_ask=True, authenticated=False)
    assert (refused.status, refused.problem) == (403, "no-more-later")


def test_a7_rules_that_are_enforced_are_never_put_off(world):
    device, login = world.devices["kingsmead"], world.pupil()
    shown = device.shown(login)
    assert shown["deferrals_left"] == 0 and "later_until" not in shown
    for more in ({}, {"cannot_ask": True, "authenticated": False}):
        refused = device.answer(shown, "later", **more)
        assert (refused.status, refused.problem) == (403, "no-more-later")


def test_a8_where_no_prompt_was_possible_nothing_but_later_is_taken(waiting_world):
    device, login = waiting_world.devices["kingsmead"], waiting_world.pupil()
    shown, size = device.shown(login), waiting_world.service.size()
    for act in ("agree", "acknowledge", "decline", "help"):
        refused = device.answer(shown, act, cannot_ask=True)
        assert (refused.status, refused.problem) == (400, "not-offered")
    assert waiting_world.service.size() == size and device.check(login)["verdict"] == "ask"


def test_a8_an_acknowledgement_is_not_taken_where_an_agreement_is_asked(world):
    device, login = world.devices["kingsmead"], world.pupil()
    refused = device.answer(device.shown(login), "acknowledge")
    assert (refused.status, refused.problem) == (400, "not-offered")


@pytest.mark.parametrize("school,person,act,level", [
    ("kingsmead", "pupil", "decline", "supervised"), ("kingsmead", "pupil", "help", "unsigned"),
    ("kingsmead", "lmurphy", "decline", "staff-limited"),
    ("carre", "pupil", "decline", "supervised"),
    ("carre", "nokafor", "decline", "staff-limited"), ("oakfield", "pupil", "help", "unsigned"),
])
def test_every_no_has_the_schools_own_outcome(world, school, person, act, level):
    device = world.devices[school]
    login = world.pupil(school) if person == "pupil" else person
    answer = device.client.must(device.answer(device.shown(login), act))
    word = {"decline": "declined", "help": "help"}[act]
    assert (answer["outcome"], answer["level"], answer["let_in"]) == (word, level, True)
    assert verified(device.log_key, answer)["items"][0]["act"] == act
    assert device.check(login)["verdict"] == "ask"  # a no is no signature


def test_a_school_may_keep_out_who_declines(tmp_path):
    edit = settings({"kingsmead": {"level:supervised, tell-head-of-year": "refuse"}})
    for service in run_service(tmp_path, schools=("kingsmead",), edit=edit):
        world = World(service.fill())
        device = world.devices["kingsmead"]
        answer = device.answer(device.shown(world.pupil()), "decline")
        assert not device.client.must(answer)["let_in"]


def test_an_add_on_may_be_declined_while_the_main_rules_are_agreed(small_world):
    device, admin = small_world.devices["kingsmead"], small_world.admins["kingsmead"]
    files = {path: text.replace("Visitor", "Official account")
             for path, text in visitor_files().items()}
    admin.do("/v1/policies/social-media-official/versions", version_body(1, files))
    shown = device.shown("jpatel")
    assert [part.policy for part in parts_of(shown["document"])] == ["staff",
                                                                    "social-media-official"]
    assert shown["add_ons"] == ["social-media-official"]
    answer = device.client.must(device.answer(shown, {"staff": "agree",
                                                      "social-media-official": "decline"}))
    assert answer["let_in"] and answer["outcome"] == "accepted"
    record = verified(device.log_key, answer)
    assert [item["act"] for item in record["items"]] == ["agree", "decline"]
    assert device.check("jpatel")["verdict"] == "clear"


def visitor_files():
    return files_of("visitor", 1)


def test_a_school_that_only_observes_asks_nobody(tmp_path):
    edit = settings({"kingsmead": {'enforcement = "enforce"': 'enforcement = "observe"'}})
    for service in run_service(tmp_path, schools=("kingsmead",), edit=edit):
        world = World(service.fill())
        device, login, admin = world.devices["kingsmead"], world.pupil(), world.admins["kingsmead"]
        assert device.check(login)["verdict"] == "clear"
        said = admin.read(f"/v1/people/{login}/why")
        assert said["reason"] == "observed" and said["owed"][0]["observed"]
        assert admin.read("/v1/people/outstanding", policy="student")["total"] == 35


def test_a_school_that_asks_lets_people_put_it_off_for_ever(tmp_path):
    edit = settings({"kingsmead": {'enforcement = "enforce"': 'enforcement = "ask"'}})
    for service in run_service(tmp_path, schools=("kingsmead",), edit=edit):
        world = World(service.fill())
        device, login = world.devices["kingsmead"], world.pupil()
        for _ in range(5):
            assert device.client.must(device.answer(device.shown(login), "later"))["let_in"]
