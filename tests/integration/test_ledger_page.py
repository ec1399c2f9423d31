"""docs/ledger.md against the log of a running service: each record has the members that the page
gives its type, and no others; and the page gives none that is never written. The level.* records
need a directory: that the page lists them is for tests/tidy."""

import datetime
import json
import re

import pytest

from http_client import Client
from receipts import verified
from service_fixture import SCHOOLS, SOURCE

EVERY = {"v", "type", "id", "t", "clock", "trust"}
NEEDS_A_DIRECTORY = {"level.confirm", "level.drift"}
NEEDS_A_YEAR = {"guest.forget"}
NEEDS_A_PHONE = {"guest.longer", "guest.words"}  # test_portal_ask.py, test_own_words.py
PAPER = {"act": "agree", "policy": "student", "how": "paper", "note": "at induction"}


def table(heading):
    """The cells of the page's table whose first column is called so, without the heading."""
    text = (SOURCE / "docs/ledger.md").read_text()
    rows = re.search(rf"(?m)^\| {heading} \|.*\n((?:\|.*\n)+)", text)[1].splitlines()
    return [[cell.strip() for cell in row.strip("|").split(" | ")] for row in rows[1:]]


def names(cell):
    return re.findall(r"`([^`]+)`", cell)


TYPES = {names(row[0])[0]: (set(names(row[2])), set(names(row[3]))) for row in table("type")}
OBJECTS = {name: (set(names(row[1])), set(names(row[2])))
           for row in table("object") for name in names(row[0].split(" in ")[0])}


def parts(value):
    """The objects in a member, which is one, or a list of some, or neither."""
    return [one for one in (value if isinstance(value, list) else [value])
            if isinstance(one, dict)]


def signed_in(world, admin, login):
    made = admin.do("/v1/tokens", {"for": login, "scope": "staff"})
    return Client(world.service, made["bearer"], "kingsmead")


def guests_come_and_go(world, admin):
    """One is asked for, approved, issued and ended in each way that people can."""
    teacher, other = signed_in(world, admin, "jpatel"), signed_in(world, admin, "kgreen")
    order = {"kind": "visitor", "name": "Dr Okafor", "host": "kgreen", "why": "science week"}
    asked, refused = (teacher.do("/v1/guests", {**order, "for": "2h"})["guests"][0]["guest"]
                      for _ in range(2))
    other.do(f"/v1/guests/{asked}/steps", {"step": "approve"})
    other.do(f"/v1/guests/{refused}/steps", {"step": "reject", "reason": "no such talk"})
    admin.do(f"/v1/guests/{asked}/issue", {})
    admin.do(f"/v1/guests/{asked}/secret", {})
    for step in ({"step": "extend", "by": "1h"}, {"step": "suspend", "reason": "unsafe charger"},
                 {"step": "resume"}, {"step": "revoke", "reason": "left early"}):
        admin.do(f"/v1/guests/{asked}/steps", step)
    [lent] = admin.do("/v1/guests", {**order, "kind": "supply"})["guests"]
    admin.do(f"/v1/guests/{lent['account']}/steps", {"step": "give-back"})


def roles_are_asked_for(world, admin):
    second = world.service.second_admin("kingsmead")
    until = f"{datetime.date.today() + datetime.timedelta(days=9)}"
    wish = {"role": "dsl", "person": "kgreen", "until": until, "why": "leave"}
    first = admin.do("/v1/roles", wish)["grant"]
    second.do(f"/v1/roles/{first}/steps", {"step": "grant"})
    deputy = admin.do("/v1/roles", {**wish, "person": "jpatel", "deputy_of": "kgreen"})["grant"]
    second.do(f"/v1/roles/{deputy}/steps", {"step": "grant"})
    for grant in (deputy, first):
        admin.do(f"/v1/roles/{grant}/steps", {"step": "end", "reason": "back"})
    for more in ({}, {"deputy_of": "kgreen"}):
        if more:
            again = admin.do("/v1/roles", wish)["grant"]
            second.do(f"/v1/roles/{again}/steps", {"step": "grant"})
        asked = admin.do("/v1/roles", {**wish, "person": "jpatel", **more})["grant"]
        admin.do(f"/v1/roles/{asked}/steps", {"step": "reject", "reason": "no need"})


def everything_happens(world):
    """What is recorded at a school, each thing once."""
    device, admin = world.devices["kingsmead"], world.admins["kingsmead"]
    own, helped, later = (world.pupil() for _ in range(3))
    device.accept(own)
    device.client.must(device.answer(device.shown(helped), "help"))
    device.client.must(device.answer(device.shown(helped), "decline"))
    device.client.must(device.answer(device.shown(later), "agree"))
    admin.do(f"/v1/people/{own}/answers", {**PAPER, "act": "endorse"})
    admin.do(f"/v1/people/{own}/answers", {**PAPER, "act": "withdraw"})
    admin.do(f"/v1/people/{own}/answers", PAPER)
    admin.publish("student", 2)
    shown = device.shown(later)
    device.client.must(device.answer(shown, "acknowledge"))
    assert device.opened(later, shown["ticket"]).status == 200
    guests_come_and_go(world, admin)
    admin.do("/v1/policies/community/retire", {"reason": "nobody comes"})
    roster = (SCHOOLS / "kingsmead/people.csv").read_text()
    again = roster.replace("K1000,akhan,", "N1,akhan2,")
    admin.must(admin.import_csv(again, 1))
    admin.do("/v1/people/link", {"from": "akhan2", "to": "K1000", "reason": "made again"})
    for _ in range(2):  # back to the entry that it came from, then to nobody
        admin.do("/v1/people/unlink", {"source": "mis_id", "external": "N1", "reason": "an error"})
    token = admin.do("/v1/tokens", {"for": later, "scope": "report:read", "days": 1})["token"]
    admin.do(f"/v1/tokens/{token}/revoke")
    roles_are_asked_for(world, admin)
    world.service.device("kingsmead", "GONE-1")
    admin.do("/v1/devices/GONE-1/revoke")


@pytest.fixture(scope="module")
def records(world):
    """Every record, with the names of the schools that may see it."""
    everything_happens(world)
    out, key = [], world.devices["kingsmead"].log_key
    for index in range(world.service.size()):
        replies = {name: admin.get(f"/v1/receipts/{index}")
                   for name, admin in world.admins.items()}
        seen = {name: reply for name, reply in replies.items() if reply.status == 200}
        assert seen, f"record {index} is nobody's: {replies}"
        out.append((verified(key, next(iter(seen.values())).json()), set(seen)))
    return out


def test_every_record_is_seen_by_its_own_school_alone(records):
    for record, schools in records:
        assert schools == {record["school"]}, record["type"]
    devices = {(record["type"], record["school"]) for record, _ in records
               if record["type"].startswith("device.")}
    assert ("device.add", "oakfield") in devices and ("device.revoke", "kingsmead") in devices


def test_every_record_has_the_members_that_the_page_gives_its_type(records):
    for record, _ in records:
        always, sometimes = TYPES[record["type"]]
        own = set(record) - EVERY
        assert EVERY <= set(record) and always <= own <= always | sometimes, record
        for name in own:
            for part in parts(record[name]):
                always, sometimes = OBJECTS[name]
                assert always <= set(part) <= always | sometimes, (record["type"], name, part)


def test_the_page_gives_no_type_and_no_member_that_is_never_written(records):
    written, inside = {}, {}
    for record, _ in records:
        written.setdefault(record["type"], set()).update(set(record) - EVERY)
        for name in record:
            for part in parts(record[name]):
                inside.setdefault(name, set()).update(part)
    listed = {kind: always | sometimes for kind, (always, sometimes) in TYPES.items()
              if kind not in NEEDS_A_DIRECTORY | NEEDS_A_YEAR | NEEDS_A_PHONE}
    assert written == listed
    of_levels = set().union(*(TYPES[kind][0] for kind in NEEDS_A_DIRECTORY))
    listed = {name: always | sometimes for name, (always, sometimes) in OBJECTS.items()
              if name in inside or name not in of_levels}
    assert inside == listed


def test_no_member_is_null_and_every_act_is_one_of_the_page(records):
    acts = set()
    for record, _ in records:
        outside_text = re.sub(r'"(\\.|[^"])*"', "", json.dumps(record))
        assert "null" not in outside_text, record
        acts |= {item["act"] for item in record.get("items", ())}
    assert {"agree", "acknowledge", "decline", "help", "endorse", "withdraw"} == acts
    page = (SOURCE / "docs/ledger.md").read_text()
    assert acts <= set(names(re.search(r"(?m)^\| `act` \|(.*)$", page)[1]))
