"""One presentation, one record: the same answer many times at once, another answer, another device,
and an answer that a publication overtakes."""

import json
import threading

from receipts import verified
from service_fixture import SCHOOLS, files_of, logins, version_body

MANY = 100
WRITERS = 32


def all_at_once(count, act):
    """`act(i)` in `count` threads that begin together; their answers in order."""
    answers, ready = [None] * count, threading.Barrier(count)

    def run(i):
        ready.wait()
        answers[i] = act(i)

    threads = [threading.Thread(target=run, args=(i,)) for i in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def test_a12_the_same_answer_a_hundred_times_at_once_is_one_record_and_one_receipt(world):
    device = world.devices["kingsmead"]
    body = device.answer_body(device.shown(world.pupil()))
    size = world.service.size()
    replies = all_at_once(MANY, lambda i: device.client.post("/v1/gate/answer", body))
    assert {reply.status for reply in replies} == {200}
    assert len({reply.body for reply in replies}) == 1
    assert world.service.size() == size + 1
    verified(device.log_key, replies[0].json())


def test_a12_a_repeat_signed_anew_gives_the_first_receipt(world):
    device = world.devices["kingsmead"]
    shown = device.shown(world.pupil())
    first = device.answer(shown)
    device.accept(world.pupil())  # the log goes on
    again = device.answer(shown)  # another claimed time, so another statement and signature
    assert again.body == first.body


def test_a12_another_answer_to_the_same_presentation_is_refused(world):
    device, login = world.devices["kingsmead"], world.pupil()
    shown = device.shown(login)
    first, size = device.client.must(device.answer(shown, "decline")), world.service.size()
    for act in ("agree", "help"):
        other = device.answer(shown, act)
        assert (other.status, other.problem) == (409, "answered")
        assert "receipt" not in other.json() and first["record"] not in other.body.decode()
    assert world.service.size() == size and device.check(login)["verdict"] == "ask"


def test_a12_of_many_different_answers_at_once_one_stands(world):
    device, login = world.devices["kingsmead"], world.pupil()
    shown, size = device.shown(login), world.service.size()
    acts = ["agree", "decline", "help"] * 8
    replies = all_at_once(len(acts), lambda i: device.answer(shown, acts[i]))
    taken = {acts[i] for i, reply in enumerate(replies) if reply.status == 200}
    assert len(taken) == 1 and world.service.size() == size + 1
    assert {reply.problem for reply in replies if reply.status != 200} == {"answered"}


def test_a12_another_device_of_the_school_gains_nothing_by_the_ticket(world):
    device, login = world.devices["kingsmead"], world.pupil()
    other = world.service.device("kingsmead", "LIB-0040")
    shown, size = device.shown(login), world.service.size()
    refused = other.answer(shown)
    assert (refused.status, refused.problem) == (403, "other-device")
    first = device.client.must(device.answer(shown))
    again = other.client.post("/v1/gate/answer", other.answer_body(shown))
    assert (again.status, again.problem) == (403, "other-device")
    assert first["record"] not in again.body.decode() and world.service.size() == size + 1


def test_a12_a_device_of_another_school_gains_nothing_by_the_ticket(world):
    shown = world.devices["kingsmead"].shown(world.pupil())
    other = world.devices["carre"]
    refused = other.answer(shown)
    assert (refused.status, refused.problem) == (403, "other-device")
    assert other.opened("akhan", shown["ticket"]).status == 403


def test_a_ticket_of_another_service_or_changed_by_a_byte_is_no_ticket(world):
    device = world.devices["kingsmead"]
    shown = device.shown(world.pupil())
    middle = len(shown["ticket"]) // 2
    flipped = "A" if shown["ticket"][middle] != "A" else "B"
    for ticket in (shown["ticket"][:middle] + flipped + shown["ticket"][middle + 1:], "AAAA", "x",
                   shown["ticket"][:-4]):
        refused = device.answer({**shown, "ticket": ticket})
        assert (refused.status, refused.problem) == (400, "bad-ticket")


def test_two_presentations_of_one_person_make_one_acceptance(world):
    device, login = world.devices["kingsmead"], world.pupil()
    one, two = device.shown(login), device.shown(login)
    assert one["ticket"] != two["ticket"] and one["hash"] == two["hash"]
    assert device.answer(one).status == 200
    late = device.answer(two)
    assert (late.status, late.problem) == (409, "overtaken")


def test_an_answer_overtaken_by_a_publication_is_refused_and_a_fresh_check_works(small_world):
    device, login = small_world.devices["kingsmead"], small_world.pupil()
    shown = device.shown(login)
    small_world.admins["kingsmead"].publish("student", 2)
    size = small_world.service.size()
    late = device.answer(shown)
    assert (late.status, late.problem) == (409, "overtaken")
    assert small_world.service.size() == size
    fresh = late.json()["check"]  # what is owed now comes along
    assert fresh["verdict"] == device.check(login)["verdict"] == "ask"
    answer = device.client.must(device.answer(fresh["presentation"]))
    assert verified(device.log_key, answer)["items"][0]["version"] == 2
    assert device.check(login)["verdict"] == "clear"


def test_while_thirty_two_accept_a_publication_commits_and_each_record_is_of_what_was_shown(
        small_world):
    device, admin = small_world.devices["kingsmead"], small_world.admins["kingsmead"]
    pupils = list(logins("kingsmead", "student"))[:WRITERS]
    shown = {login: device.shown(login) for login in pupils}

    def act(i):
        if i == WRITERS:
            return admin.publish("student", 2)
        return device.answer(shown[pupils[i]])

    *replies, published = all_at_once(WRITERS + 1, act)
    for login, reply in zip(pupils, replies):
        if reply.status == 200:
            record = verified(device.log_key, reply.json())
            assert record["items"][0]["version"] == 1 and reply.json()["index"] < published["index"]
            assert device.check(login)["verdict"] == "acknowledge"
        else:
            assert (reply.status, reply.problem) == (409, "overtaken")
            assert device.check(login)["verdict"] == "ask"
    taken = [reply.json()["index"] for reply in replies if reply.status == 200]
    assert len(set(taken)) == len(taken)
    for login in pupils:
        act = "agree" if device.check(login)["verdict"] == "ask" else "acknowledge"
        assert verified(device.log_key, device.accept(login, act))["items"][0]["version"] == 2
        assert device.check(login)["verdict"] == "clear"


def test_equal_answers_of_different_people_are_different_records(world):
    device = world.devices["kingsmead"]
    records = [json.loads(device.accept(world.pupil())["record"]) for _ in range(3)]
    assert len({record["id"] for record in records}) == 3
    assert len({record["subject"]["id"] for record in records}) == 3


def test_of_two_who_publish_the_same_version_at_once_one_does(small_world):
    admin = small_world.admins["kingsmead"]
    body = version_body(2, files_of("student", 2))
    replies = all_at_once(8, lambda i: admin.post("/v1/policies/student/versions", body))
    assert sorted(reply.status for reply in replies) == [200] + [409] * 7
    shown = small_world.devices["kingsmead"].shown(small_world.pupil())
    assert "part\tstudent\t0\t2\t" in shown["document"]


def test_of_many_who_enrol_with_one_code_at_once_one_does(world):
    code = world.admins["kingsmead"].do("/v1/devices", {"name": "RACE-1"})["code"]
    devices = list(world.devices.values())
    anybody = world.service.open()
    replies = all_at_once(12, lambda i: anybody.post("/v1/devices/enrol",
                                                     devices[i % 3].enrolment(code)))
    assert sorted(reply.status for reply in replies) == [200] + [403] * 11


def test_answers_go_on_while_a_roster_comes_in(small_world):
    device, admin = small_world.devices["kingsmead"], small_world.admins["kingsmead"]
    pupils = list(logins("kingsmead", "student"))[:16]
    rows = "".join(f"L{i},pupil{i},Pupil {i},student,7,ks3,7A,,\n" for i in range(3000))
    roster = (SCHOOLS / "kingsmead/people.csv").read_text() + rows

    def act(i):
        return admin.import_csv(roster) if i == 16 else device.answer(device.shown(pupils[i]))

    replies = all_at_once(17, act)
    assert {reply.status for reply in replies} == {200}
    assert {device.check(login)["verdict"] for login in pupils} == {"clear"}
    assert device.check("pupil2999")["verdict"] == "ask"
