"""Who may call which route: every admin route refuses no token, a wrong one, another school's and
one of a device. Routes are data, and the table is held against the service's own."""

import datetime
import re

import pytest

from http_client import Client
from service_fixture import SOURCE

P = "akhan"
ANSWER = {"act": "agree", "policy": "student", "how": "paper"}
CLASS = {"form": "7A", "policy": "student", "how": "read aloud", "present": [P]}
LINK = {"from": P, "to": "bobrien", "reason": "one person"}
VERSION = {"number": 1, "files": []}
SOON = f"{datetime.date.today() + datetime.timedelta(days=30)}"
ROLE = {"role": "reception", "person": "kgreen", "until": SOON, "why": "cover"}
GUEST = {"kind": "visitor", "name": "Dr Okafor", "host": "kgreen", "why": "science week"}

READ_ROUTES = [
    ("GET", "/v1/devices", None), ("GET", "/v1/policies", None), ("GET", "/v1/tokens", None),
    ("GET", "/v1/policies/student/versions/1", None), ("GET", "/v1/policies/student/diff", None),
    ("GET", "/v1/people", None), ("GET", f"/v1/people/{P}", None),
    ("GET", f"/v1/people/{P}/why", None), ("GET", "/v1/people/outstanding", None),
    ("GET", f"/v1/people/{P}/level", None), ("GET", "/v1/levels", None),
    ("GET", "/v1/reports/access", None),
]
WRITE_ROUTES = [
    ("POST", "/v1/devices", {"name": "X-1"}), ("POST", "/v1/devices/LIB-0039/revoke", {}),
    ("POST", "/v1/tokens", {"for": "ict", "scope": "admin"}), ("POST", "/v1/tokens/x/revoke", {}),
    ("POST", "/v1/policies/student/versions", VERSION),
    ("POST", "/v1/policies/student/retire", {"reason": "gone"}),
    ("POST", f"/v1/people/{P}/answers", ANSWER), ("POST", "/v1/people/sign-class", CLASS),
    ("POST", "/v1/people/link", LINK),
    ("POST", "/v1/people/unlink", {"source": "mis_id", "external": "K1000", "reason": "no"}),
    ("POST", "/v1/roster/imports", {"source": "csv"}), ("POST", "/v1/roster/imports/x/rows", {}),
    ("POST", "/v1/roster/imports/x/plan", {}), ("POST", "/v1/roster/imports/x/apply", {}),
    ("POST", "/v1/levels/reconcile", {}), ("POST", "/v1/guests", GUEST),
    ("POST", "/v1/guests/v-none-000/issue", {}), ("POST", "/v1/guests/v-none-000/secret", {}),
    ("POST", "/v1/guests/v-none-000/steps", {"step": "give-back"}),
    ("POST", "/v1/visits", {"visit": "1", **{key: GUEST[key] for key in ("name", "host", "why")}}),
    ("POST", "/v1/visits/none/end", {}),
    ("POST", "/v1/roles", ROLE),
    ("POST", "/v1/roles/r_none/steps", {"step": "grant"}),
]
ADMIN_READS = [("GET", "/v1/levels/status", None), ("GET", "/v1/levels/drift", None),
               ("GET", "/v1/roster/imports/x", None), ("GET", "/v1/directory/check", None),
               ("GET", "/v1/roster/status", None)]
GUEST_READS = [("GET", "/v1/guests", None), ("GET", "/v1/guests/onsite", None),
               ("GET", "/v1/guests/directory", None), ("GET", "/v1/guests/slip", None),
               ("GET", "/v1/guests/pool", None),
               ("GET", "/v1/guests/v-none-000", None), ("GET", "/v1/roles", None)]
OPEN_ROUTES = {("GET", "/v1/health"), ("GET", "/v1/ledger/checkpoint"), ("GET", "/v1/ledger/key"),
               ("GET", "/v1/ledger/consistency"), ("POST", "/v1/devices/enrol"),
               ("POST", "/v1/devices/challenge"), ("POST", "/v1/devices/session")}
GATE_ROUTES = {("POST", f"/v1/gate/{call}") for call in ("check", "answer", "opened", "banner")}
RECEIPT = [("GET", "/v1/receipts/0", None)]
ADMIN_ROUTES = READ_ROUTES + WRITE_ROUTES + ADMIN_READS + GUEST_READS + RECEIPT


@pytest.mark.parametrize("method,path,body", ADMIN_ROUTES)
def test_no_route_of_the_admins_answers_without_a_good_token(world, method, path, body):
    good = world.admins["kingsmead"].token
    for token in (None, "", "x", "assent_admin_", "assent_admin__", good[:-1], good + "a",
                  good.replace("admin", "report")[:-2], "assent_gate_" + good.split("_")[2]):
        refused = Client(world.service, token, "kingsmead").call(method, path, body)
        assert (refused.status, refused.problem) == (401, "not-signed-in"), (token, refused)


def given(world, scope, **more):
    """A client with a token of its own, and the token's id."""
    made = world.admins["kingsmead"].do("/v1/tokens", {"for": "ict", "scope": scope, **more})
    return Client(world.service, made["bearer"], "kingsmead"), made["token"]


@pytest.mark.parametrize("method,path,body", WRITE_ROUTES)
def test_a_reader_is_known_and_may_not_write(world, method, path, body):
    reader, _ = given(world, "report:read")
    size = world.service.size()
    assert reader.get("/v1/devices").status == 200
    refused = reader.call(method, path, body)
    assert (refused.status, refused.problem) == (403, "denied"), refused
    assert world.service.size() == size


def test_a_revoked_token_stops_at_once(world):
    admin = world.admins["kingsmead"]
    client, token = given(world, "admin", days=1)
    assert client.get("/v1/tokens").status == 200
    [mine] = [each for each in admin.read("/v1/tokens")["tokens"] if each["token"] == token]
    assert mine["live"] and mine["login"] == "ict" and "bearer" not in mine
    assert world.admins["carre"].post(f"/v1/tokens/{token}/revoke").status == 404
    assert client.do(f"/v1/tokens/{token}/revoke")["revoked"]  # its own
    refused = client.get("/v1/tokens")
    assert (refused.status, refused.problem) == (401, "not-signed-in")
    assert admin.post(f"/v1/tokens/{token}/revoke").status == 409


@pytest.mark.parametrize("method,path,body", WRITE_ROUTES)
def test_a_dry_run_changes_nothing(world, method, path, body):
    admin, size = world.admins["kingsmead"], world.service.size()
    before = [admin.read("/v1/devices"), admin.read("/v1/people/outstanding"),
              admin.read("/v1/policies")]
    assert admin.call(method, path, body, dry_run=1).status in (200, 404, 409)
    assert world.service.size() == size
    assert before == [admin.read("/v1/devices"), admin.read("/v1/people/outstanding"),
                      admin.read("/v1/policies")]


@pytest.mark.parametrize("method,path,body", WRITE_ROUTES)
def test_a_dry_run_is_not_guessed(world, method, path, body):
    admin, size = world.admins["kingsmead"], world.service.size()
    for word in ("", "yes", "no", "TRUE", "2"):
        refused = admin.call(method, path, body, dry_run=word)
        assert (refused.status, refused.problem) == (400, "invalid"), (word, refused)
    assert world.service.size() == size


def test_what_is_no_dry_run_is_done(world):
    admin = world.admins["kingsmead"]
    for word in ("0", "false"):
        size, name = world.service.size(), "REAL-" + word
        assert admin.do("/v1/devices", {"name": name}, dry_run=word)["code"]
        admin.do(f"/v1/devices/{name}/revoke", dry_run=word)
        assert world.service.size() == size + 2
        person = f"/v1/people/{world.pupil()}/answers"
        assert "index" in admin.do(person, ANSWER, dry_run=word)
        assert world.service.size() == size + 3


@pytest.mark.parametrize("method,path,body", ADMIN_ROUTES)
def test_another_schools_admin_finds_nothing(world, method, path, body):
    stranger, size = Client(world.service, world.admins["carre"].token), world.service.size()
    for school in ("kingsmead", "nowhere", ""):
        refused = stranger.call(method, path, body, school=school)
        assert (refused.status, refused.problem) == (404, "not-found"), refused
    assert world.service.size() == size


def test_an_admin_sees_and_touches_the_own_school_alone(world):
    stranger, device = world.admins["carre"], world.devices["kingsmead"]
    receipt = device.accept(world.pupil())
    assert world.admins["kingsmead"].get(f"/v1/receipts/{receipt['index']}").status == 200
    assert stranger.get(f"/v1/receipts/{receipt['index']}").status == 404
    assert stranger.get("/v1/people/K1000").status == 404
    person = world.admins["kingsmead"].read("/v1/people/akhan")["person"]
    assert stranger.get(f"/v1/people/{person}").status == 404
    assert stranger.post(f"/v1/devices/{device.id}/revoke").status == 404
    assert device.id not in stranger.get("/v1/devices").body.decode()
    other = world.admins["kingsmead"].do("/v1/roster/imports", {"source": "csv"})["import"]
    for step in ("rows", "plan", "apply"):
        assert stranger.post(f"/v1/roster/imports/{other}/{step}", {}).status == 404


def test_the_table_has_every_route_of_the_service():
    sources = (SOURCE / "service/http").glob("*_routes.cpp")
    known = {route for file in sources
             for route in re.findall(r'"(GET|POST)",\s*"(/v1/[^"]+)"', file.read_text())}
    tested = {(method, path) for method, path, _ in ADMIN_ROUTES}
    assert len(known) > 30
    for method, pattern in known - OPEN_ROUTES - GATE_ROUTES:
        shape = re.sub(r"\{[a-z]+\}", "[^/]+", pattern)
        fits = [path for verb, path in tested if verb == method and re.fullmatch(shape, path)]
        assert fits, f"{method} {pattern} is not tested here"


def test_what_is_open_to_all_is_open_and_nothing_more(world):
    anybody = world.service.open()
    assert anybody.read("/v1/health")["service"] == "assentd"
    assert anybody.get("/v1/ledger/checkpoint").kind.startswith("text/plain")
    assert anybody.get("/v1/ledger/key").status == 200
    assert anybody.get("/v1/receipts/0").status == 401
    assert anybody.get("/v1/nothing").status == 404
    assert anybody.post("/v1/health").status == 405
    refused = anybody.call("DELETE", "/v1/devices")
    assert (refused.status, refused.headers["Allow"]) == (405, "GET, POST")
    assert anybody.get("/v1/devices").headers["WWW-Authenticate"] == 'Bearer realm="assent"'
