"""The session began, over HTTP: signed by the device, recorded once for each acknowledgement, and
verified as an answer is."""

import base64
import hashlib

import pytest

from receipts import verified
from service_fixture import World, run_service
from test_gate_attacks import Thief
from test_gate_once import MANY, all_at_once

PUPILS = 12
PATH = "/v1/gate/opened"


class Desk:
    """Two schools; pupils of one who agreed, and owe a change that is read and no more."""

    def __init__(self, world):
        self.world, self.device = world, world.devices["kingsmead"]
        self.admin, self.size = world.admins["kingsmead"], world.service.size
        pupils = [world.pupil() for _ in range(PUPILS)]
        for login in pupils:
            self.device.accept(login)
        self.admin.publish("student", 2)
        self._pupils = iter(pupils)

    def shown(self):
        login = next(self._pupils)
        return login, self.device.shown(login)

    def acknowledged(self):
        """A login, the presentation, and the answer that the session's beginning completes."""
        login, shown = self.shown()
        return login, shown, self.device.client.must(self.device.answer(shown, "acknowledge"))

    def refused(self, body, device=None):
        """Status and problem; nothing may have been written."""
        size = self.size()
        reply = (device or self.device).client.post(PATH, body)
        assert self.size() == size
        return reply.status, reply.problem


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    folder = tmp_path_factory.mktemp("opened")
    for service in run_service(folder, schools=("carre", "kingsmead")):
        yield Desk(World(service.fill()))


def test_a1_the_record_keeps_what_the_device_signed_and_verifies_as_an_answer_does(desk):
    login, shown, answer = desk.acknowledged()
    told = desk.device.opened_body(login, shown["ticket"])
    index = desk.size()
    assert desk.device.client.must(desk.device.client.post(PATH, told)) == {}
    assert desk.size() == index + 1
    receipt = desk.admin.must(desk.admin.get(f"/v1/receipts/{index}"))
    record = verified(desk.device.log_key, receipt)
    assert (record["type"], record["of"], record["proof"]) == ("opened", answer["index"], "device")
    assert (record["school"], record["device"], record["room"], record["channel"]) == (
        "kingsmead", "LIB-0039", "Library", "pam:sshd")
    attestation = record["attestation"]
    assert attestation == {"key": desk.device.id, "stmt": told["statement"],
                           "sig": told["signature"]}
    desk.device.key.public_key().verify(base64.b64decode(attestation["sig"]),
                                        attestation["stmt"].encode())
    ticket = "ticket " + hashlib.sha256(shown["ticket"].encode()).hexdigest()
    answered = verified(desk.device.log_key, answer)["attestation"]["stmt"]
    assert ticket in attestation["stmt"].splitlines() and ticket in answered.splitlines()


def test_a1_a_bearer_without_the_devices_key_completes_nothing(desk):
    login, shown, _ = desk.acknowledged()
    thief = Thief(desk.world.service, desk.device)
    body = desk.device.opened_body(login, shown["ticket"])
    other_key, size = desk.world.devices["carre"], desk.size()
    other_time = body["statement"].split("at 2")[0] + "at 2020-01-01T00:00:00.000Z\n"
    for forged in (desk.device.opened_body(login, shown["ticket"], signer=other_key),
                   {**body, "signature": "A" * 86 + "=="}, {**body, "statement": other_time}):
        refused = thief.post(PATH, forged)
        assert (refused.status, refused.problem) == (403, "bad-signature")
    for missing in ("statement", "signature", "ticket"):
        unsigned = {key: value for key, value in body.items() if key != missing}
        assert thief.post(PATH, unsigned).status == 400
    assert desk.size() == size
    assert desk.device.opened(login, shown["ticket"]).status == 200  # no refusal used it up
    assert desk.size() == size + 1


def test_a1_a_statement_about_something_else_is_refused(desk):
    login, shown, _ = desk.acknowledged()
    device, good = desk.device, desk.device.opened_body(login, shown["ticket"])
    other = desk.world.devices["carre"]
    for statement in (device.opened_statement("another ticket"),
                      device.opened_statement(shown["ticket"], channel="pam:login"),
                      other.opened_statement(shown["ticket"])):
        body = {**good, "statement": statement, "signature": device.sign(statement)}
        assert desk.refused(body) == (400, "invalid")


def test_a1_an_answers_statement_confirms_nothing_and_a_confirmations_is_no_answer(desk):
    login, shown = desk.shown()
    device = desk.device
    answer = device.answer_body(shown, "acknowledge")
    told = device.opened_body(login, shown["ticket"])
    as_answer = {**answer, "statement": told["statement"], "signature": told["signature"]}
    size = desk.size()
    refused = device.client.post("/v1/gate/answer", as_answer)
    assert (refused.status, refused.problem) == (400, "invalid")
    mixed = device.client.post("/v1/gate/answer", {**answer, "signature": told["signature"]})
    assert (mixed.status, mixed.problem) == (403, "bad-signature")
    assert desk.size() == size and device.check(login)["verdict"] == "acknowledge"
    device.client.must(device.client.post("/v1/gate/answer", answer))
    as_told = {**told, "statement": answer["statement"], "signature": answer["signature"]}
    assert desk.refused(as_told) == (400, "invalid")
    assert desk.refused({**told, "signature": answer["signature"]}) == (403, "bad-signature")


def test_a12_a_hundred_times_at_once_is_one_record(desk):
    login, shown, _ = desk.acknowledged()
    body, size = desk.device.opened_body(login, shown["ticket"]), desk.size()
    replies = all_at_once(MANY, lambda i: desk.device.client.post(PATH, body))
    assert {(reply.status, reply.body) for reply in replies} == {(200, b"{}")}
    assert desk.device.opened(login, shown["ticket"]).status == 200  # signed anew
    assert desk.size() == size + 1


def test_a12_another_device_gains_nothing_by_the_ticket(desk):
    login, shown, _ = desk.acknowledged()
    neighbour = desk.world.service.device("kingsmead", "LIB-0040")
    stolen = desk.device.opened_body(login, shown["ticket"])
    for other in (neighbour, desk.world.devices["carre"]):
        own = other.opened_body(login, shown["ticket"])
        assert desk.refused(own, other) == (403, "other-device")
        assert desk.refused(stolen, other) == (400, "invalid")  # it names the device that signed


def test_a_ticket_that_is_none_is_refused(desk):
    login, shown, _ = desk.acknowledged()
    for ticket in ("AAAA", "x", shown["ticket"][:-4], shown["ticket"] + "A"):
        assert desk.refused(desk.device.opened_body(login, ticket)) == (400, "bad-ticket")


def test_where_nothing_was_acknowledged_there_is_nothing_to_complete(desk):
    login, shown = desk.shown()
    size = desk.size()
    assert desk.device.opened(login).status == 200  # no ticket, so no signature
    assert desk.device.opened(login, shown["ticket"]).status == 200
    assert desk.size() == size
    desk.device.client.must(desk.device.answer(shown, "agree"))  # more than was asked
    assert desk.device.opened(login, shown["ticket"]).status == 200
    assert desk.size() == size + 1
