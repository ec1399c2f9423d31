"""Filtering levels in a real directory: real assentd, real slapd and Samba (docs/levels.md; R22, A26,
A29)."""

import re
import signal
import sqlite3

import pytest

from directory_fixture import School, imported, on_samba, on_slapd
from service_fixture import assentctl, wait_for
from slapd_fixture import LEVELS, NOBODY

PUPILS = 30


def levels(directory, dn):
    """Of one person, as a web filter would see them."""
    return {level for level in LEVELS if dn in directory.members(level)}


def is_at(directory, dn, level):
    wanted = {level} if level else set()
    wait_for(f"{dn} at {level}", lambda: levels(directory, dn) == wanted)


def by_hand(directory, level, what, dn):
    """Somebody else adds or deletes a member."""
    directory.change(f"dn: {directory.level_group(level)}\nchangetype: modify\n{what}: member\n"
                     f"member: {dn}\n")


@pytest.fixture
def school(directory, folder_for_service, request):
    """Kingsmead, its people in the directory, at the levels of those who have signed nothing. A
    parameter changes its settings."""
    def edit(_, toml):
        toml = request.param(toml) if hasattr(request, "param") else toml
        read_by_hand = 'source = "ldap"\nevery = "never"'
        return toml.replace('source               = "csv"', read_by_hand) + directory.section()
    own = School(folder_for_service(schools=("kingsmead",), edit=edit).start())
    for policy in ("student", "staff"):
        own.admin.publish(policy)
    imported(own.admin)
    own.pc = own.service.device("kingsmead", "LIB-0039", room="Library")
    wait_for("first levels", own.levels_are_put)
    return own


def drift(school):
    return school.admin.read("/v1/levels/drift")


def test_everybody_has_one_level_by_who_they_are(directory, school):
    for number in range(PUPILS):
        assert levels(directory, directory.pupil(number)) == {"unsigned"}
    assert levels(directory, directory.staff(0)) == {"staff-limited"}
    assert levels(directory, directory.person("disabled", "students")) == set()
    assert drift(school)["total"] == 0


@on_slapd
def test_the_member_who_is_nobody_stays(directory, school):
    for level in LEVELS:
        assert NOBODY in directory.find(directory.level_group(level))["member"]
    assert drift(school)["strangers"] == 0


def test_whoever_signs_is_at_their_own_level_at_once(directory, school):
    school.pc.accept("pupil1")
    is_at(directory, directory.pupil(1), "ks3")
    school.pc.accept("staff0")
    is_at(directory, directory.staff(0), "staff")
    assert levels(directory, directory.pupil(2)) == {"unsigned"}
    wait_for("recorded", school.levels_are_put)
    shown = school.admin.read("/v1/people/pupil1/level")
    assert shown["level"] == "ks3" and shown["applied"]["done"]


def test_a_hand_in_the_groups_is_found_told_and_put_right(directory, school):
    size = school.service.size()
    by_hand(directory, "staff", "add", directory.pupil(4))
    by_hand(directory, "unsigned", "delete", directory.pupil(5))
    found = drift(school)
    assert found["total"] == 2 and school.service.size() == size
    held = {one["login"]: (set(one["held"]), one["wanted"]) for one in found["astray"]}
    assert held == {"pupil4": ({"unsigned", "staff"}, "unsigned"), "pupil5": (set(), "unsigned")}
    assert school.admin.do("/v1/levels/reconcile", {})["repaired"] == 2
    assert levels(directory, directory.pupil(4)) == levels(directory, directory.pupil(5)) == {"unsigned"}
    assert school.service.size() == size + 1
    assert drift(school)["total"] == 0


@on_slapd
def test_a_hand_in_the_groups_is_put_right_without_being_asked(slapd, school):
    """The directory tells of the change; without that it is ten minutes."""
    by_hand(slapd, "staff", "add", slapd.pupil(4))
    wait_for("the look", lambda: levels(slapd, slapd.pupil(4)) == {"unsigned"}, 60)
    assert school.levels()["output"]["repaired"] == 1


def test_strangers_are_counted_and_left_alone(directory, school):
    by_hand(directory, "ks4", "add", directory.stranger)
    assert drift(school)["strangers"] == 1
    school.admin.do("/v1/levels/reconcile", {})
    assert directory.members("ks4") == {directory.stranger}


def dump(directory):
    """{level: its members}, by ldapsearch."""
    return {level: sorted(directory.members(level)) for level in LEVELS}


def test_the_access_register_equals_the_directory_K12_R17(directory, school):
    """Per group and user, dated; member for member what a dump of the groups has."""
    school.pc.accept("pupil1")
    school.pc.accept("staff0")
    wait_for("recorded", school.levels_are_put)
    by_hand(directory, "ks4", "add", directory.stranger)
    by_hand(directory, "staff", "add", directory.pupil(4))
    by_hand(directory, "unsigned", "delete", directory.pupil(5))
    register = school.admin.read("/v1/reports/access")
    people = [row for row in register["people"] if row["level"]]
    assert {level: sorted(row["account"] for row in people if row["level"] == level)
            for level in LEVELS} == dump(directory)
    assert {row["level"]: row["people"] for row in register["levels"]} == {
        level: len(members) for level, members in dump(directory).items()}
    assert re.fullmatch(r"\d\d \w{3} \d{4} \d\d:\d\d", register["local"]), register["local"]
    by_login = {(row["level"], row["login"]): row for row in register["people"]}
    assert by_login["ks3", "pupil1"]["wanted"] == "ks3"
    assert by_login["ks3", "pupil1"]["name"] == "Name of pupil1"
    assert by_login["staff", "pupil4"]["wanted"] == "unsigned"
    assert by_login["", "pupil5"]["wanted"] == "unsigned"
    assert not by_login["ks4", ""]["known"]
    told = assentctl(school, "report", "access")
    assert told.returncode == 0 and "nsw-ks4 (level ks4): 1 person" in told.stdout
    assert f"nobody of the roster: - {directory.stranger}" in " ".join(told.stdout.split())
    assert max(map(len, told.stdout.splitlines())) <= 80


def test_there_is_no_access_register_while_the_directory_is_away(directory, school):
    directory.end(signal.SIGKILL)
    refused = school.admin.get("/v1/reports/access")
    assert refused.status == 503 and "an older list is not given" in refused.json()["detail"]
    told = assentctl(school, "report", "access", "--csv")
    assert told.returncode == 5 and told.stdout == "" and "cannot be read now" in told.stderr
    directory.start()
    assert len(school.admin.read("/v1/reports/access")["people"]) > PUPILS


def test_a_renamed_account_keeps_its_level(directory, school):
    directory.rename(directory.pupil(3), "renamed", "staff")
    renamed = directory.person("renamed", "staff")
    school.admin.do("/v1/levels/reconcile", {})  # OpenLDAP leaves the old name in the group
    assert levels(directory, renamed) == {"unsigned"}


@on_slapd
@pytest.mark.parametrize("refint", [True, False])
def test_an_old_name_stays_in_a_group_only_without_refint(directory, school, refint):
    if refint:
        directory.end()
        directory.with_overlay("refint", "refint_attributes member")
        directory.start()
    old = directory.pupil(3)
    directory.rename(old, "renamed", "staff")
    wait_for("refint", lambda: not refint or old not in directory.members("unsigned"))
    school.admin.do("/v1/levels/reconcile", {})
    assert levels(directory, directory.person("renamed", "staff")) == {"unsigned"}
    register = school.admin.read("/v1/reports/access")["people"]
    assert [row["account"] for row in register if row["level"] and not row["known"]] == (
        [] if refint else [old])
    assert levels(directory, old) == (set() if refint else {"unsigned"})


@on_samba
def test_somebody_moved_out_of_the_base_loses_their_level(directory, school):
    """Active Directory takes the membership along; OpenLDAP leaves it with the old name."""
    school.pc.accept("pupil1")
    is_at(directory, directory.pupil(1), "ks3")
    elsewhere = directory.stranger.split(",", 1)[1]
    directory.change(f"dn: {directory.pupil(1)}\nchangetype: modrdn\nnewrdn: CN=pupil1\n"
                     f"deleteoldrdn: 1\nnewsuperior: {elsewhere}\n")
    moved = "CN=pupil1," + elsewhere
    assert levels(directory, moved) == {"ks3"}
    imported(school.admin, accept_leavers=1)
    is_at(directory, moved, None)


def test_a_directory_that_was_away_gets_what_happened_meanwhile(directory, school):
    directory.end(signal.SIGKILL)
    for number in range(8):
        school.pc.accept(f"pupil{number}")
    wait_for("the reason", lambda: "reached" in (school.levels()["output"]["error"] or ""))
    assert school.levels()["waiting"] == 8
    shown = school.admin.read("/v1/people/pupil1/level")
    assert shown["level"] == "ks3" and not shown["applied"]["done"]
    directory.start()
    wait_for("all of them", school.levels_are_put)
    for number in (0, 1, 2, 5, 6, 7):
        assert levels(directory, directory.pupil(number)) == {"ks3"}
    assert drift(school)["total"] == 0


def test_one_that_hangs_keeps_nobody_from_logging_in(directory, school):
    directory.send(signal.SIGSTOP)
    for number in range(4):
        school.pc.accept(f"pupil{number}")
        assert school.pc.check(f"pupil{number}")["verdict"] == "clear"
    directory.send(signal.SIGCONT)
    wait_for("levels", school.levels_are_put)
    assert levels(directory, directory.pupil(0)) == {"ks3"}


def test_a_group_that_is_missing_is_named_and_the_others_go_on(directory, school):
    directory.delete(directory.level_group("ks3"))
    school.pc.accept("pupil1")
    school.pc.accept("staff0")
    wait_for("the others", lambda: directory.staff(0) in directory.members("staff"))
    shown = school.admin.read("/v1/people/pupil1/level")
    assert "nsw-ks3" in shown["applied"]["error"] and directory.pupil(1) in directory.members("unsigned")



def at_night(toml):
    return toml.replace('"at next login"', '"nightly"')


@pytest.mark.parametrize("school", [at_night], indirect=True)
def test_a_filter_that_reads_at_night_keeps_a_no_out_until_it_has_seen_it(directory, school):
    """Signed yesterday, and today's answer to an amendment is no: the filter would still show all."""
    school.pc.accept("pupil1")
    wait_for("recorded", school.levels_are_put)
    school.service.end()
    with sqlite3.connect(school.service.data / "assent.db") as database:  # a night passes
        database.execute("UPDATE level SET applied = applied - 86400000")
    school.service.start()
    school.admin.publish("student", 2)
    refused = school.pc.accept("pupil1", "decline")
    assert not refused["let_in"] and refused["level"] == "supervised"
    assert refused["message"].startswith("The web filter learns of your answer tonight")
    is_at(directory, directory.pupil(1), "supervised")
    assert not school.pc.accept("pupil1", "decline")["let_in"]
    assert school.pc.accept("pupil1", "agree")["let_in"]
