"""Signing in to sign with the directory's own password (docs/sign-in.md), at real directories: on the
site alone, and never so often that an account is locked (threats A19)."""

import re

import pytest

from directory_fixture import directory, imported, school  # noqa: F401
from portal_fixture import Visitor
from samba_fixture import LOCK_AFTER_THREE, Samba, domain, password, samba  # noqa: F401
from slapd_fixture import PEOPLE, entry, slapd  # noqa: F401

SIGN = "/sign/kingsmead"
LOCKS_AFTER = 5
RIGHT = "Correct-Horse-7"
INSIDE, OUTSIDE = "127.9.0.{}", "127.10.0.1"
POLICY = "cn=pupils," + PEOPLE


def locks(directory, login):  # noqa: F811
    """A pupil with a password, whom the directory locks after some wrong ones."""
    if isinstance(directory, Samba):
        directory.change(LOCK_AFTER_THREE.replace("3", str(LOCKS_AFTER)))
        directory.add_person(login, "students", state="512", unicodePwd=password(RIGHT))
    else:
        directory.change(entry(POLICY, changetype="add", objectClass=["device", "pwdPolicy"], cn="pupils",
                               pwdAttribute="userPassword", pwdLockout="TRUE",
                               pwdMaxFailure=str(LOCKS_AFTER)))
        directory.add_person(login, "students", userPassword=RIGHT, pwdPolicySubentry=POLICY)


def wrong_passwords(directory, login):  # noqa: F811
    found = directory.find(directory.person(login, "students"), "badPwdCount", "pwdFailureTime")
    if isinstance(directory, Samba):
        return int(found.get("badpwdcount", ["0"])[0])
    return len(found.get("pwdfailuretime", ()))


@pytest.fixture
def place(school, directory):  # noqa: F811
    locks(directory, "amira")
    made = school(sign_in={"from": "127.9.0.0/16", "locks_after": LOCKS_AFTER})
    for policy in ("student", "staff"):
        made.admin.publish(policy)
    imported(made.admin)
    made.directory = directory
    return made


def try_to_sign_in(place, secret, address=1, login="amira"):
    visitor = Visitor(place.service, INSIDE.format(address))
    page = visitor.ask("GET", SIGN)
    form = re.search('name="form" value="([^"]*)"', page.text)[1]
    return visitor.send_form(SIGN + "/signin", {"form": form, "login": login, "password": secret})


def test_a_pupil_signs_in_with_the_schools_password_and_signs(place):
    come_in = try_to_sign_in(place, RIGHT)
    assert come_in.status == 303, come_in.text
    cookie = come_in.headers["Set-Cookie"].split(";")[0]
    visitor = Visitor(place.service, INSIDE.format(1))
    page = visitor.ask("GET", SIGN, Cookie=cookie)
    fields = dict(re.findall('<input type="hidden" name="([^"]*)" value="([^"]*)"', page.text))
    said = visitor.send_form(SIGN, {**fields, "say": "yes"}, Cookie=cookie)
    assert said.status == 200 and "Receipt number" in said.text, said.text
    desk = visitor.ask("GET", "/desk/kingsmead", Cookie=cookie)
    assert desk.status in (401, 404), "a password alone is worth nothing at the desk"


def test_wrong_passwords_stop_two_before_the_directory_locks(place):
    words = set()
    for address in range(1, 9):  # many devices, as on a Wi-Fi
        refused = try_to_sign_in(place, "wrong", address)
        assert refused.status == 403
        words.add(re.search(r"<main.*?</main>", refused.text, re.S)[0].split("<form")[0])
    assert wrong_passwords(place.directory, "amira") == LOCKS_AFTER - 2
    assert try_to_sign_in(place, RIGHT, 99).status == 403, "not tried any more"
    assert wrong_passwords(place.directory, "amira") == LOCKS_AFTER - 2
    unknown = try_to_sign_in(place, "wrong", 98, login="nobody-of-that-name")
    words.add(re.search(r"<main.*?</main>", unknown.text, re.S)[0].split("<form")[0])
    assert len(words) == 1, "what is wrong can be told apart"


def test_it_is_offered_on_the_site_alone(place):
    page = Visitor(place.service, OUTSIDE).ask("GET", SIGN)
    assert page.status == 401 and 'name="password"' not in page.text


def test_a_directory_that_is_away_says_so_and_counts_nothing(place):
    place.directory.end()
    away = try_to_sign_in(place, RIGHT)
    assert away.status == 403 and "did not answer" in away.text
    place.directory.start()
    assert try_to_sign_in(place, RIGHT).status == 303
