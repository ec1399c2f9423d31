"""docs/openapi.yaml against a running service, beyond what every other test looks at by itself (see
openapi.py): that each operation answers as it says, who may call it, and each limit of a body."""

import datetime
import re

import pytest

from http_client import Client
from openapi import OPERATIONS, TAKEN, body_of, faults, resolved
from service_fixture import SCHOOLS, World, files_of, run_service, version_body, wait_for

BODIES = [operation for operation in OPERATIONS if body_of(operation)[0] == "application/json"
          and body_of(operation)[1]]
DIRECTORY = """
[directory]
kind = "openldap"
url = "ldap://127.0.0.1:1"
bind_dn = "cn=assent"
password_file = "/nonexistent"
base = "dc=x"
[directory.accounts]
unit = "ou=guests,dc=x"
policy = "cn=guests,dc=x"
"""
HOW = {"policy": "student", "how": "paper"}


def path_of(operation, **names):
    """The operation's path; what `names` does not name is what no school has."""
    return re.sub(r"\{([a-z]+)\}", lambda name: names.get(name[1], "x"), operation[1])


def plain_admin(world):
    """An admin who names no school: only an admin's own routes take one."""
    return Client(world.service, world.admins["kingsmead"].token)


def gate(world, admin):
    device, login = world.devices["kingsmead"], world.pupil()
    device.accept(login)
    admin.publish("student", 2)
    admin.do("/v1/policies/student/retire", {"reason": "in time"}, dry_run=1)
    admin.read("/v1/policies/student/diff", **{"from": 1, "to": 2})
    admin.read("/v1/policies/student/versions/2")
    shown = device.shown(login)
    device.client.must(device.answer(shown, "acknowledge"))
    assert device.opened(login, shown["ticket"]).status == 200
    assert device.opened(login).status == 200
    shown = device.shown(world.pupil())
    assert device.answer(shown, "later").problem == "no-more-later"
    assert device.answer(shown, authenticated=False).problem == "unproven"
    device.client.must(device.answer(shown, "help"))
    assert device.answer(shown).problem == "answered"


def people(world, admin):
    login, other = world.pupil(), world.pupil()
    world.devices["kingsmead"].accept(login)
    for text in (login, "scanner"):
        admin.read(f"/v1/people/{text}")
        admin.read(f"/v1/people/{text}/why")
        admin.read(f"/v1/people/{text}/level")
    admin.read(f"/v1/people/{other}/why")
    assert len(admin.read("/v1/people", find="khan")["people"]) > 1
    assert admin.read("/v1/people/outstanding")["total"] > 1
    for query in ({"dry_run": 1}, {}):
        admin.do(f"/v1/people/{other}/answers", {**HOW, "act": "agree"}, **query)
        signed = {**HOW, "form": "7A", "present": ["cwalker", "x"]}
        admin.do("/v1/people/sign-class", signed, **query)
    [source, external] = admin.read(f"/v1/people/{login}")["ids"][0]
    roster = (SCHOOLS / "kingsmead/people.csv").read_text().splitlines(True)
    stay = "".join(row for row in roster if f",{other}," not in row)
    admin.must(admin.import_csv(stay, 1))
    assert admin.post("/v1/people/link", {"from": login, "to": "ict", "reason": "x"}).status == 409
    for query in ({"dry_run": 1}, {}):
        admin.do("/v1/people/link", {"from": login, "to": other, "reason": "one"}, **query)
        unlink = {"source": source, "external": external, "reason": "two"}
        parted = admin.do("/v1/people/unlink", unlink, **query)
        assert ("to" in parted) == (not query)


def devices_and_policies(world, admin):
    assert world.devices["kingsmead"].client.do("/v1/gate/banner", {})["items"]
    for query in ({"dry_run": 1}, {}):
        admin.do("/v1/devices", {"name": "GONE-1", "class": "home"}, **query)
        if not query:
            admin.do("/v1/devices/GONE-1/revoke", dry_run=1)
            admin.do("/v1/devices/GONE-1/revoke")
        admin.do("/v1/policies/community/retire", {"reason": "nobody comes"}, **query)
        admin.do("/v1/tokens", {"for": "ict", "scope": "report:read"}, **query)
    [*_, newest] = admin.read("/v1/tokens")["tokens"]
    for query in ({"dry_run": 1}, {}):
        admin.do(f"/v1/tokens/{newest['token']}/revoke", **query)
    assert len(admin.read("/v1/devices")["devices"]) > 1
    assert any(policy["retired"] for policy in admin.read("/v1/policies")["policies"])


def roster_and_ledger(world, admin):
    anybody, size = world.service.open(), world.service.size()
    started = admin.do("/v1/roster/imports", {"source": "csv"})["import"]
    path = f"/v1/roster/imports/{started}"
    admin.must(admin.call("POST", path + "/rows", b"mis_id,name,role\n,x,y\n", kind="text/csv"))
    assert admin.read(path)["ready"]
    assert admin.do(path + "/plan")["errors"]
    admin.import_roster("kingsmead")
    assert admin.read("/v1/roster/status") == {"source": "csv", "kept": None}
    anybody.read("/v1/ledger/consistency", **{"from": 1, "to": size})
    anybody.get("/v1/ledger/key")
    anybody.read("/v1/health")
    anybody.read("/capport/v1/kingsmead")
    admin.read(f"/v1/receipts/{size - 1}")


def levels(world, admin):
    assert admin.read("/v1/levels", limit=2)["next"]
    assert admin.read("/v1/levels/status")["held"] is None
    assert admin.read("/v1/levels/drift")["total"] == 0
    assert admin.read("/v1/reports/access")["people"]
    for query in ({"dry_run": 1}, {}):
        admin.do("/v1/levels/reconcile", {}, **query)


def guests(world, admin):
    """R14, R15: who may only ask is kept as a request; every guest has a host and a reason."""
    order = {"kind": "visitor", "name": "Dr Okafor", "host": "kgreen", "why": "science week"}
    for query in ({"dry_run": 1}, {}):
        made = admin.do("/v1/guests", {**order, "for": "2h", "count": 2}, **query)
    account = made["guests"][0]["account"]
    assert admin.read("/v1/guests", find=account)["guests"][0]["standing"] in ("online", "closed")
    assert admin.read(f"/v1/guests/{account}")["sessions"] == []
    assert len(admin.read("/v1/guests/onsite")["guests"]) == 2
    admin.do("/v1/guests", {**order, "kind": "supply"})
    assert [each["lent"] for each in admin.read("/v1/guests/pool")["accounts"]][:2] == [True, False]
    assert admin.read("/v1/guests/slip")["wifi"] == "Kingsmead-Guest"
    assert admin.get("/v1/guests/okafor").status == 409  # two of them
    for step in ({"step": "extend", "by": "1h"}, {"step": "suspend", "reason": "unsafe charger"},
                 {"step": "resume"}, {"step": "revoke", "reason": "left early"}):
        admin.do(f"/v1/guests/{account}/steps", step, dry_run=1)
        admin.do(f"/v1/guests/{account}/steps", step)
    assert admin.post(f"/v1/guests/{account}/secret").status == 409
    other = made["guests"][1]["account"]
    admin.do(f"/v1/guests/{other}/secret", dry_run=1)
    assert admin.do(f"/v1/guests/{other}/secret")["passphrase"] != made["guests"][1]["passphrase"]
    visit = {"visit": "2026-4711 é", "name": "Mx Kiosk", "host": "kgreen", "why": "delivery"}
    admin.do("/v1/visits", visit, dry_run=1)
    first = admin.do("/v1/visits", visit)
    again = admin.do("/v1/visits", visit)
    assert first["voucher"] and again == {key: first[key] for key in again}
    assert "voucher" not in again and "passphrase" not in again
    admin.do("/v1/visits", {**visit, "visit": "4711"})
    for query in ({"dry_run": 1}, {}, {}):
        assert admin.do("/v1/visits/4711/end", {}, **query)["state"] == "ended"
    teacher, _ = staff(world, admin, "jpatel")
    asked = teacher.do("/v1/guests", order)
    assert not asked["issued"] and "passphrase" not in asked["guests"][0]
    path = f"/v1/guests/{asked['guests'][0]['guest']}"
    assert admin.post(path + "/issue", {}).status == 403  # nobody approved of it
    staff(world, admin, "kgreen")[0].do(path + "/steps", {"step": "approve"})
    assert teacher.post(path + "/issue", {}).status == 403
    admin.do(path + "/issue", {}, dry_run=1)
    assert admin.do(path + "/issue", {})["voucher"]


def staff(world, admin, login):
    made = admin.do("/v1/tokens", {"for": login, "scope": "staff"})
    return Client(world.service, made["bearer"], "kingsmead"), made["token"]


def roles(world, admin):
    """R38, K27. A colleague whose token the admin made is no second person."""
    wish = {"role": "reception", "person": "kgreen", "until": "2030-01-01", "why": "cover"}
    assert admin.post("/v1/roles", wish).status == 400  # more than a year
    wish["until"] = f"{datetime.date.today() + datetime.timedelta(days=30)}"
    admin.do("/v1/roles", wish, dry_run=1)
    [path, other] = [f"/v1/roles/{admin.do('/v1/roles', wish)['grant']}/steps" for _ in range(2)]
    made = admin.do("/v1/tokens", {"for": "jpatel", "scope": "admin"})["bearer"]
    colleague = Client(world.service, made, "kingsmead")
    assert colleague.post(path, {"step": "grant"}).status == 403
    second = world.service.second_admin("kingsmead")
    second.do(path, {"step": "grant"}, dry_run=1)
    assert second.do(path, {"step": "grant"})["standing"] == "held"
    assert second.post(path, {"step": "grant"}).status == 409
    assert admin.do(other, {"step": "reject", "reason": "twice"})["state"] == "rejected"
    assert len(admin.read("/v1/roles")["grants"]) == 2
    assert staff(world, admin, "kgreen")[0].do(path, {"step": "end", "reason": "back"})["ended"]


def directory(world, _):
    checked = world.admins["oakfield"].read("/v1/directory/check")
    assert not checked["good"] and checked["steps"][0]["state"] == "bad"
    assert world.admins["oakfield"].read("/v1/guests/directory")["held"] == 0


def is_settled(admin):
    """Else the moves of a first publication would count for the next roster, which is then held."""
    sweeps = admin.read("/v1/levels/status")["sweeps"]
    return all(sweep["cause"] == "yearly renewal" for sweep in sweeps)


def with_directory(name, toml):
    """Oakfield has one that is never there."""
    return toml + DIRECTORY if name == "oakfield" else toml


def test_every_operation_answers_as_the_page_says(tmp_path):
    for service in run_service(tmp_path, schools=("kingsmead", "oakfield"), edit=with_directory):
        world = World(service.fill())
        wait_for("first levels", lambda: is_settled(world.admins["kingsmead"]))
        TAKEN.clear()
        service.device("kingsmead", "NEW-1")  # enrols, and opens a session
        for part in (gate, people, devices_and_policies, guests, levels, roles,
                     roster_and_ledger, directory):
            part(world, world.admins["kingsmead"])
        assert set(OPERATIONS) - TAKEN == set()


@pytest.mark.parametrize("operation", OPERATIONS, ids=" ".join)
def test_who_may_call_is_who_the_page_says(world, operation):
    allowed = {name for way in OPERATIONS[operation]["security"] for name in way}
    callers = {"admin": plain_admin(world), "device": world.devices["kingsmead"].client,
               "nobody": world.service.open()}
    for who, client in callers.items():
        reply = client.call(operation[0], path_of(operation))
        assert (reply.status != 401 or reply.problem != "not-signed-in") == \
            (not allowed or who in allowed), (who, reply)


@pytest.mark.parametrize("operation", OPERATIONS, ids=" ".join)
def test_what_a_query_may_have_is_what_the_page_says(world, operation):
    """A name that is nearly right is refused and named: ?dryrun=1 must not change anything."""
    size, described = world.service.size(), []
    for parameter in map(resolved, OPERATIONS[operation].get("parameters", ())):
        described += [parameter["name"]] if parameter["in"] == "query" else []
    refused = plain_admin(world).call(operation[0], path_of(operation), dryrun=1)
    assert (refused.status, refused.problem) == (400, "invalid")
    said = refused.json()["detail"]
    assert '"dryrun"' in said
    assert set(said.partition("only: ")[2].split(", ")) - {""} == set(described)
    assert world.service.size() == size


class Body:
    """The page's example of a body, sent with a change by somebody who may; nothing is written."""

    def __init__(self, world, operation):
        self.operation, self.schema, self.example = operation, *body_of(operation)[1:]
        on_gate = operation[1].startswith("/v1/gate/")
        device = world.devices["kingsmead"]
        self.client = device.client if on_gate else plain_admin(world)

    def detail(self, **changed):
        """Why it is refused; "" when it is not. A member that is None is left out."""
        body = {**self.example, **changed}
        query = {"dry_run": 1} if "DryRun" in str(OPERATIONS[self.operation]) else {}
        reply = self.client.post(path_of(self.operation, policy="student", text="akhan"),
                                 {name: body[name] for name in body if body[name] is not None},
                                 **query)
        return reply.json()["detail"] if reply.status >= 400 else ""

    def members(self):
        return {name: resolved(schema) for name, schema in self.schema["properties"].items()}


@pytest.fixture
def sent(world, request):
    return Body(world, request.param)


@pytest.mark.parametrize("sent", BODIES, ids=" ".join, indirect=True)
def test_an_example_is_a_body_of_its_kind(sent):
    assert faults(sent.schema, sent.example) == []
    assert set(sent.example) == set(sent.members())
    assert "not known here" in sent.detail(more=1)


@pytest.mark.parametrize("sent", BODIES, ids=" ".join, indirect=True)
def test_what_may_be_left_out_is_what_the_page_says(sent):
    required = sent.schema.get("required", ())
    for name in sent.members():
        if name not in sent.schema.get("dependentRequired", ()):
            said = sent.detail(**{name: None})
            assert said if name in required else "missing" not in said, (name, said)


@pytest.mark.parametrize("sent", BODIES, ids=" ".join, indirect=True)
def test_how_long_a_member_may_be_is_what_the_page_says(sent):
    for name, schema in sent.members().items():
        longest, most = schema.get("maxLength"), schema.get("maxItems")
        if longest:
            refusal = f"{name} is longer than {longest} bytes"
            assert "is longer" not in sent.detail(**{name: "a" * longest}), name
            assert refusal == sent.detail(**{name: "a" * (longest + 1)})
        if most:
            items = sent.example[name] * (most + 1)
            assert f"{name} has more than" not in sent.detail(**{name: items[:most]})
            assert f"{name} has more than {most} items" == sent.detail(**{name: items})
        if "maximum" in schema:
            limits = f"from {schema['minimum']} to {schema['maximum']}"
            for number in (schema["minimum"] - 1, schema["maximum"] + 1):
                assert f"{name} must be a whole number {limits}" == sent.detail(**{name: number})


def test_a_published_file_may_be_as_long_as_the_page_says(world):
    operation = ("POST", "/v1/policies/{policy}/versions")
    item = body_of(operation)[1]["properties"]["files"]["items"]["properties"]
    files, longest = files_of("student", 2), item["text"]["maxLength"]
    for size, is_refused in ((longest, False), (longest + 1, True)):
        files["2/en-GB.std.md"] = "a" * size
        refused = world.admins["kingsmead"].post(path_of(operation, policy="student"),
                                                 version_body(2, files), dry_run=1)
        assert refused.status == 400
        assert ("file is longer" in refused.json()["detail"]) == is_refused, refused
