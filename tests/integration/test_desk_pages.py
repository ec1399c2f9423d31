"""Reception's desk as it is used: a real browser signs in at a real OpenID provider through the edge,
and makes a visitor's account by keyboard alone (docs/guests.md, docs/sign-in.md)."""

import re

import pytest

from phone import Phone
from portal_fixture import Visitor, all_day
from signin_fixture import served_at_edge, sign_in_page

DESK = "/desk/kingsmead"
WHO = "rsmith"  # at the provider, and at the school


def with_reception(name, toml):
    return re.sub(r"(?m)^reception = .*", f'reception = "login:{WHO}"', all_day(name, toml))


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    yield from served_at_edge(tmp_path_factory.mktemp("desk"), edit=with_reception,
                              prepare=lambda service: service.bootstrap("kingsmead", WHO))


def browser(**options):
    return Phone(ignoreHTTPSErrors=True, width=1280, height=900, **options)


def sign_in(phone, desk):
    """From the desk's closed door to the desk."""
    sign_in_page(phone, desk.url + DESK, WHO)


def test_reception_makes_an_account_by_keyboard_alone(desk):
    with browser(javaScript=False) as phone:
        sign_in(phone, desk)
        phone.tab_to("New visitor")
        phone.submit(key="Enter")
        assert phone.focused() == "name"  # nothing to look for: the form begins there
        phone.type(text="Dr A. Okafor")
        phone.press(key="Tab")
        phone.type(text="science week")
        assert phone.submit(key="Enter") == 200
        shown = phone.text(selector="main")
        [guest] = desk.service.admins["kingsmead"].read("/v1/guests", find="okafor")["guests"]
        assert guest["account"] in shown and guest["host"]["login"] == WHO
        assert re.search(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}", shown)
        assert phone.focused() == "Back to visitors"
        phone.submit(key="Enter")
        assert "Dr A. Okafor" in phone.text(selector="main")


@pytest.mark.parametrize("options", [{}, {"dark": True}], ids=["light", "dark"])
def test_every_page_of_the_desk_is_for_everybody(desk, options):
    with browser(**options) as phone:
        phone.goto(url=desk.url + DESK)
        phone.check_page()
        sign_in(phone, desk)
        phone.goto(url=desk.url + DESK + "/new")
        phone.check_page()
        phone.fill(selector="#name", text="Mx B. Other")
        phone.fill(selector="#why", text="interview")
        phone.fill(selector="#until", text="25:00")
        assert phone.submit(selector="main button") == 400
        phone.check_page()
        phone.fill(selector="#until", text="")
        assert phone.submit(selector="main button") == 200
        phone.check_page()
        phone.submit(selector="main a[role=button]")
        phone.check_page()
        phone.submit(selector="table a")
        phone.check_page()


def test_a_sponsor_compares_the_code_and_lets_a_visitor_in(desk):
    """A21, from the visitor's phone to the desk."""
    phone = Visitor(desk.service, "127.8.1.1")
    form = phone.post(phone.come(), do="ask")
    waits = phone.post(form, do="request", kind="visitor", name="Mx B. Walker", visits=WHO, why="interview")
    code = re.search(r'slip__secret">([0-9A-Z]{4})<', waits.text)[1]
    with browser() as screen:
        sign_in(screen, desk)
        screen.check_page()
        assert "Waiting for an answer: 1" in screen.text(selector="main")
        screen.tab_to("Mx B. Walker")
        screen.submit(key="Enter")
        screen.check_page()
        assert f"Their screen shows {code}: let them in" in screen.text(selector="main")
        assert phone.come().title.startswith("Waiting")  # looking lets nobody in
        screen.tab_to("let-in")
        assert screen.submit(key="Enter") == 200
    assert phone.post(phone.come(), do="go").title.startswith("Visitor rules")


def test_signing_out_ends_it_here_and_at_the_edge(desk):
    with browser() as phone:
        sign_in(phone, desk)
        phone.submit(selector="footer button")
        assert "signed out" in phone.text(selector="main")
        assert phone.goto(url=desk.url + DESK) == 401
        phone.submit(selector="main a[role=button]")
        assert "/interaction/" in phone.url()  # asked again, by the provider


def test_nobody_else_gets_in(desk):
    with browser() as phone:
        for path in ("", "/new", "/guests/g_aaaaaaaaaaaaaaaaaaaaaaaaaa"):
            assert phone.goto(url=desk.url + DESK + path) == 401
    stranger = desk.come_in(desk.browser(), login="stranger", to=DESK)
    assert stranger.status == 403, stranger


def test_supply_is_online_in_eight_keystrokes(desk):
    """08:25, and somebody who was here before: an account of the pool, with new words."""
    admin = desk.service.admins["kingsmead"]
    lent = admin.do("/v1/guests", {"kind": "supply", "name": "Ms Olga Kade", "host": "kgreen",
                                   "why": "maths cover"})["guests"][0]
    admin.do(f"/v1/guests/{lent['account']}/steps", {"step": "give-back"})
    with browser() as phone:
        sign_in(phone, desk)
        keys = ["Tab", "Tab", "Tab", "k", "a", "d"]
        for key in keys:
            phone.press(key=key)
        assert phone.focused() == "lend-supply"
        assert phone.submit(key="Enter") == 200
        assert phone.focused() == "Ms Olga Kade"
        phone.check_page()
        assert phone.submit(key="Enter") == 200
        assert len(keys) + 2 <= 8
        shown = phone.text(selector="main")
        assert "supply01" in shown and re.search(r"[a-z]+(-[a-z]+){3}", shown)
    [now, before] = [each for each in admin.read("/v1/guests", find="kade", state="all")["guests"]]
    assert (now["account"], now["why"], now["standing"]) == ("supply01", "maths cover", "online")
    assert before["standing"] == "given-back"
    admin.do("/v1/guests/supply01/steps", {"step": "give-back"})
