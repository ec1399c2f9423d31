"""Roles by two persons, until a day (R38, K27; design decision 14; A10): at the command line, and at
the desk's page in a real browser, signed in through the edge."""

import datetime
import json
import re

import pytest

from http_client import Client
from phone import Phone
from portal_fixture import all_day
from service_fixture import assentctl
from signin_fixture import served_at_edge, sign_in_page

HEAD, RECEPTION, DEPUTY = "mscott", "kgreen", "jpatel"
HOME = "/desk/kingsmead"
UNTIL = f"{datetime.date.today() + datetime.timedelta(days=20)}"


def with_people(name, toml):
    toml = re.sub(r"(?m)^reception = .*", f'reception = "login:{RECEPTION}"', all_day(name, toml))
    return re.sub(r"(?m)^head .*", f'head = "login:{HEAD}"', toml)


def second_admin(service):
    service.second = service.bootstrap("kingsmead", "second")


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    yield from served_at_edge(tmp_path_factory.mktemp("roles"), edit=with_people,
                              prepare=second_admin)


@pytest.fixture
def own(desk):
    return desk.service.admins["kingsmead"]


def teacher(own):
    token = own.do("/v1/tokens", {"for": DEPUTY, "scope": "staff"})["bearer"]
    return Client(own.service, token, "kingsmead")


def nobody_has_a_role(own):
    for grant in own.read("/v1/roles")["grants"]:
        step = {"waiting": "reject", "held": "end"}.get(grant["standing"])
        if step:
            own.do(f"/v1/roles/{grant['grant']}/steps", {"step": step, "reason": "the next test"})


def may_issue(own):
    order = {"kind": "visitor", "name": "Dr Okafor", "host": RECEPTION, "why": "science week"}
    return teacher(own).do("/v1/guests", order, dry_run=1)["issued"]


def test_a_deputy_is_asked_for_by_one_and_granted_by_another(own):
    """R38: with a day on which it ends, and an entry in the log for each step."""
    size = own.service.size()
    asked = assentctl(own, "role", "ask", "reception", DEPUTY, "--deputy-for", RECEPTION,
                      "--until", UNTIL, "--why", "leave")
    assert asked.returncode == 4, asked.stderr  # waits for a second person
    [name] = set(re.findall(r"r_[a-z2-7]{26}", asked.stdout))
    alone = assentctl(own, "approve", name)
    assert alone.returncode == 3 and "somebody else has to grant it" in alone.stderr
    assert not may_issue(own)
    granted = assentctl(own, "approve", name, who="second")
    assert granted.returncode == 0, granted.stderr
    assert may_issue(own)
    listed = assentctl(own, "role", "list").stdout
    assert re.search(rf"reception .*held .*{name}", listed), listed
    assert "dsl" in listed and "nobody: it has to be granted" in listed
    ended = assentctl(own, "role", "end", name, "--why", "back from leave")
    assert ended.returncode == 0 and not may_issue(own)
    types = [own.read(f"/v1/receipts/{at}") for at in range(size, own.service.size())]
    assert [each for each in map(type_of, types) if each.startswith("role.")] == [
        "role.ask", "role.grant", "role.end"]


def type_of(receipt):
    return json.loads(receipt["record"])["type"]


def test_one_person_with_two_tokens_is_one_person(own):
    """A10: ICT makes a token for a colleague, and acts as both."""
    wish = {"role": "dsl", "person": DEPUTY, "until": UNTIL, "why": "x"}
    made = own.do("/v1/tokens", {"for": "lmurphy", "scope": "admin"})["bearer"]
    colleague = Client(own.service, made, "kingsmead")
    path = f"/v1/roles/{own.do('/v1/roles', wish)['grant']}/steps"
    refused = colleague.post(path, {"step": "grant"})
    assert refused.status == 403 and b"made the token of the other" in refused.body
    own.do(path, {"step": "reject", "reason": "alone"})
    path = f"/v1/roles/{colleague.do('/v1/roles', wish)['grant']}/steps"
    assert own.post(path, {"step": "grant"}).status == 403
    assert own.service.second.do(path, {"step": "grant"})["standing"] == "held"


def test_no_two_at_once_grant_a_role_twice(own):
    wish = {"role": "dsl", "person": "pwright", "until": UNTIL, "why": "x"}
    path = f"/v1/roles/{own.do('/v1/roles', wish)['grant']}/steps"
    said = [own.service.second.post(path, {"step": "grant"}).status for _ in range(3)]
    assert said == [200, 409, 409]


@pytest.mark.parametrize("options", [{}, {"dark": True}], ids=["light", "dark"])
def test_the_head_grants_at_the_desk_what_reception_asked_for(own, desk, options):
    nobody_has_a_role(own)
    with Phone(ignoreHTTPSErrors=True, width=1280, height=900, javaScript=not options,
               **options) as phone:
        sign_in_page(phone, desk.url + HOME, RECEPTION)
        phone.submit(selector=f"a[href='{HOME}/roles']")
        phone.fill(selector="#person", text=DEPUTY)
        phone.fill(selector="#deputy", text=RECEPTION)
        phone.fill(selector="#until", text="yesterday")
        phone.fill(selector="#why", text="hospital")
        assert phone.submit(selector="form[action$='/roles'] button") == 400
        phone.fill(selector="#until", text=UNTIL)
        assert phone.submit(selector="form[action$='/roles'] button") == 200
        shown = phone.text(selector="main")
        assert "Waiting for a second person" in shown and "Somebody else has to grant" in shown
        if not options:
            phone.check_page()
    assert not may_issue(own)
    with Phone(ignoreHTTPSErrors=True, width=1280, height=900, **options) as phone:
        sign_in_page(phone, desk.url + HOME, HEAD)
        phone.submit(selector=f"a[href='{HOME}/roles']")
        phone.check_page()
        assert phone.submit(selector="button[value=grant]") == 200
        assert "Granted roles" in phone.text(selector="main")
        phone.check_page()
        assert may_issue(own)
        phone.fill(selector="tbody input[name=reason]", text="back again")
        assert phone.submit(selector="button[value=end]") == 200
        assert "Ended early" in phone.text(selector="main")
    assert not may_issue(own)
