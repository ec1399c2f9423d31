"""A guest in the school's directory, with real assentd, slapd and Samba: an account with the same end,
at the guests' level, and nobody else's (docs/guests.md, docs/directory.md; design decision 9; A18)."""

import subprocess

import pytest

from directory_fixture import imported
from service_fixture import wait_for
from test_directory_accounts import guests  # noqa: F401
from test_directory_rights import PREFIX, directory, give_rights, service_with, steps_of  # noqa: F401

ORDER = {"kind": "visitor", "name": "Dr A. Okafor", "host": "staff0", "why": "science week"}


@pytest.fixture
def school(guests, folder_for_service):  # noqa: F811
    """Prepared as the check says, and with a password policy of the guests' own."""
    service = service_with(guests.directory, folder_for_service, guests.table())
    steps = steps_of(service)
    guests.prepare(lambda state: [s for s in steps(state) if PREFIX not in s["what"]])
    give_rights(guests.directory, lambda state: [s for s in steps(state) if PREFIX in s["what"]])
    assert steps("bad") == []
    if guests.is_ad:
        let_words_be_passwords(guests.server)
    service.admin = service.admins["kingsmead"]
    for policy in ("student", "staff", "visitor"):
        service.admin.publish(policy)
    imported(service.admin)
    return service


def let_words_be_passwords(samba):
    """docs/directory.md: four words have no capital and no digit."""
    samba.end()
    for words in (["create", "guests", "1", "--complexity=off", "--min-pwd-length=20"],
                  ["apply", "guests", "Assent-Guests"]):
        subprocess.run(["samba-tool", "domain", "passwordsettings", "pso", *words, "-H",
                        f"{samba.domain}/private/sam.ldb", "-s", f"{samba.domain}/smb.conf"],
                       check=True, capture_output=True)
    samba.start()


def signs_in(guests, guest, words=None):  # noqa: F811
    account = guest["account"]
    name = f"{account}@school.test" if guests.is_ad else f"uid={account},{guests.unit}"
    url = guests.server.ldaps if guests.is_ad else guests.server.start_tls
    return subprocess.run(
        ["ldapsearch", "-x", "-H", url, "-D", name, "-w", words or guest["passphrase"],
         "-s", "base", "-b", "", "1.1"],
        env={"LDAPTLS_CACERT": str(guests.server.authority.file), "PATH": "/usr/bin"},
        capture_output=True).returncode == 0


def is_in_level(guests, guest):  # noqa: F811
    rdn = "CN" if guests.is_ad else "uid"
    group = guests.server.find(f"cn={PREFIX}visitor,{guests.directory.groups}", "member")
    members = {member.lower() for member in group.get("member", ())}
    return f"{rdn}={guest['account']},{guests.unit}".lower() in members


def level_is_put(admin, guest):
    """As the service says: a domain controller that is asked all the time has no time for it."""
    applied = admin.read(f"/v1/people/{guest['account']}/level")["applied"]
    return applied and applied["done"]


def test_a_guest_is_there_with_the_same_end_and_gone_when_it_is_over(school, guests):  # noqa: F811
    admin = school.admin
    [guest] = admin.do("/v1/guests", {**ORDER, "for": "2h"})["guests"]
    wait_for("the account", lambda: admin.read("/v1/guests/directory")["held"] == 1)
    assert signs_in(guests, guest)
    wait_for("the level", lambda: level_is_put(admin, guest))
    assert is_in_level(guests, guest)
    assert not signs_in(guests, guest, "maple-robin-tunnel-sixpence")
    people = len(admin.read("/v1/people", find="okafor")["people"])
    imported(admin)  # a guest in the directory is nobody of the roster
    assert len(admin.read("/v1/people", find="okafor")["people"]) == people
    new = admin.do(f"/v1/guests/{guest['account']}/secret")
    wait_for("the new words", lambda: signs_in(guests, new))
    assert admin.read("/v1/levels/drift")["strangers"] == 0
    admin.do(f"/v1/guests/{guest['account']}/steps", {"step": "revoke", "reason": "left early"})
    wait_for("gone", lambda: not signs_in(guests, new))
    wait_for("no account", lambda: admin.read("/v1/guests/directory")["held"] == 0)


def test_a_directory_that_was_away_has_the_guest_when_it_is_back(school, guests):  # noqa: F811
    admin = school.admin
    guests.server.end()
    [guest] = admin.do("/v1/guests", {**ORDER, "for": "2h"})["guests"]
    wait_for("told", lambda: admin.read("/v1/guests/directory")["error"])
    guests.server.start()
    wait_for("the account", lambda: signs_in(guests, guest), deadline=60)
    assert admin.read("/v1/guests/directory")["without"] == []
