"""Filtering levels in a real directory: real assentd, real slapd (docs/levels.md; R22, A26, A29)."""

import signal
import subprocess

import pytest

from service_fixture import wait_for
from slapd_fixture import ACCOUNT, GROUPS, LEVELS, NOBODY, PEOPLE, SECRET, pupil
from test_directory import School, imported

STAFF = f"uid=staff0,ou=staff,{PEOPLE}"
PUPILS = 30


def is_at(slapd, dn, level):
    wait_for(f"{dn} at {level}", lambda: slapd.levels(dn) == {level})


@pytest.fixture
def school(slapd, folder_for_service):
    """Kingsmead, its people in the directory, at the levels of those who have signed nothing."""
    def edit(_, toml):
        return toml.replace('source               = "csv"', 'source = "ldap"') + slapd.section()
    own = School(folder_for_service(schools=("kingsmead",), edit=edit).start())
    for policy in ("student", "staff"):
        own.admin.publish(policy)
    imported(own.admin)
    own.pc = own.service.device("kingsmead", "LIB-0039", room="Library")
    wait_for("first levels", lambda: settled(own))
    return own


def status(school):
    return school.admin.read("/v1/levels/status")


def settled(school):
    """Nobody waits but the admin who was made by hand: the directory does not know them."""
    now = status(school)
    to_do = [sweep for sweep in now["sweeps"] if sweep["cause"] != "yearly renewal"]
    return now["waiting"] == 1 and not to_do and now["output"]["last_pass"]


def drift(school):
    return school.admin.read("/v1/levels/drift")


def test_everybody_has_one_level_by_who_they_are(slapd, school):
    for number in range(PUPILS):
        assert slapd.levels(pupil(number)) == {"unsigned"}
    assert slapd.levels(STAFF) == {"staff-limited"}
    assert slapd.levels(f"uid=disabled,ou=students,{PEOPLE}") == set()
    for level in LEVELS:
        assert NOBODY in slapd.find(f"cn=nsw-{level},{GROUPS}")["member"]
    assert drift(school)["total"] == 0


def test_whoever_signs_is_at_their_own_level_at_once(slapd, school):
    school.pc.accept("pupil1")
    is_at(slapd, pupil(1), "ks3")
    school.pc.accept("staff0")
    is_at(slapd, STAFF, "staff")
    assert slapd.levels(pupil(2)) == {"unsigned"}
    wait_for("recorded", lambda: settled(school))
    shown = school.admin.read("/v1/people/pupil1/level")
    assert shown["level"] == "ks3" and shown["applied"]["done"]


def test_a_hand_in_the_groups_is_found_told_and_put_right(slapd, school):
    size = school.service.size()
    slapd.change(f"dn: cn=nsw-staff,{GROUPS}\nchangetype: modify\nadd: member\nmember: {pupil(4)}\n")
    slapd.change(f"dn: cn=nsw-unsigned,{GROUPS}\nchangetype: modify\ndelete: member\n"
                 f"member: {pupil(5)}\n")
    found = drift(school)
    assert found["total"] == 2 and school.service.size() == size
    held = {one["login"]: (set(one["held"]), one["wanted"]) for one in found["astray"]}
    assert held == {"pupil4": ({"unsigned", "staff"}, "unsigned"), "pupil5": (set(), "unsigned")}
    assert school.admin.do("/v1/levels/reconcile", {})["repaired"] == 2
    assert slapd.levels(pupil(4)) == slapd.levels(pupil(5)) == {"unsigned"}
    assert school.service.size() == size + 1
    assert drift(school)["total"] == 0


def test_strangers_are_counted_and_left_alone(slapd, school):
    stranger = f"cn=limited,ou=services,{PEOPLE.split(',', 1)[1]}"
    slapd.change(f"dn: cn=nsw-ks4,{GROUPS}\nchangetype: modify\nadd: member\nmember: {stranger}\n")
    assert drift(school)["strangers"] == 1
    school.admin.do("/v1/levels/reconcile", {})
    assert slapd.members("ks4") == {stranger}


def test_a_renamed_account_keeps_its_level(slapd, school):
    slapd.change(f"dn: {pupil(3)}\nchangetype: modrdn\nnewrdn: uid=renamed\ndeleteoldrdn: 1\n"
                 f"newsuperior: ou=staff,{PEOPLE}\n")
    renamed = f"uid=renamed,ou=staff,{PEOPLE}"
    school.admin.do("/v1/levels/reconcile", {})  # slapd leaves the old name in its group
    assert slapd.levels(renamed) == {"unsigned"}


def test_a_directory_that_was_away_gets_what_happened_meanwhile(slapd, school):
    slapd.end(signal.SIGKILL)
    for number in range(8):
        school.pc.accept(f"pupil{number}")
    wait_for("the reason", lambda: "reached" in (status(school)["output"]["error"] or ""))
    assert status(school)["waiting"] == 8 + 1
    shown = school.admin.read("/v1/people/pupil1/level")
    assert shown["level"] == "ks3" and not shown["applied"]["done"]
    slapd.start()
    wait_for("all of them", lambda: settled(school))
    for number in (0, 1, 2, 5, 6, 7):
        assert slapd.levels(pupil(number)) == {"ks3"}
    assert drift(school)["total"] == 0


def test_one_that_hangs_keeps_nobody_from_logging_in(slapd, school):
    slapd.send(signal.SIGSTOP)
    for number in range(4):
        school.pc.accept(f"pupil{number}")
        assert school.pc.check(f"pupil{number}")["verdict"] == "clear"
    slapd.send(signal.SIGCONT)
    wait_for("levels", lambda: settled(school))
    assert slapd.levels(pupil(0)) == {"ks3"}


def test_a_group_that_is_missing_is_named_and_the_others_go_on(slapd, school):
    slapd.delete(f"cn=nsw-ks3,{GROUPS}")
    school.pc.accept("pupil1")
    school.pc.accept("staff0")
    wait_for("the others", lambda: STAFF in slapd.members("staff"))
    shown = school.admin.read("/v1/people/pupil1/level")
    assert "nsw-ks3" in shown["applied"]["error"] and pupil(1) in slapd.members("unsigned")


def test_the_account_may_change_members_of_level_groups_alone(slapd, school):
    refused = [
        f"dn: cn=year-7,{GROUPS}\nchangetype: modify\nadd: member\nmember: {STAFF}\n",
        f"dn: cn=nsw-ks3,{GROUPS}\nchangetype: modify\nadd: description\ndescription: x\n",
        f"dn: cn=nsw-ks3,{GROUPS}\nchangetype: delete\n",
        f"dn: {STAFF}\nchangetype: modify\nreplace: userPassword\nuserPassword: x\n",
        f"dn: {STAFF}\nchangetype: modify\nreplace: sn\nsn: x\n",
        f"dn: uid=new,{PEOPLE}\nchangetype: add\nobjectClass: inetOrgPerson\nuid: new\ncn: n\nsn: n\n",
    ]
    for ldif in refused:
        done = subprocess.run(["ldapmodify", "-x", "-H", slapd.start_tls, "-D", ACCOUNT, "-w",
                               SECRET], input=ldif, text=True, capture_output=True)
        assert done.returncode == 50, (ldif, done)
