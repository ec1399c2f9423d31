"""What somebody's filtering level is: it follows their own answer at the gate at once, differs for staff
and students (R22), and is told for everybody in pages."""

import re

import pytest


@pytest.fixture
def admin(world):
    return world.admins["kingsmead"]


def level(admin, text):
    return admin.read(f"/v1/people/{text}/level")


def test_r22_a_pupil_who_signs_is_at_their_own_level_at_once(world, admin):
    device, login = world.devices["kingsmead"], world.pupil()
    before = level(admin, login)
    assert (before["level"], before["acceptance"]) == ("unsigned", "unsigned")
    assert before["group"] == "nsw-unsigned" and "state unsigned" in before["why"]
    device.accept(login)
    after = level(admin, login)
    assert after["level"] == after["stage"] and after["acceptance"] == "current"
    assert after["filter"] == "Netsweeper" and after["sees_groups_within"] == "at next login"


def test_r22_staff_and_students_have_levels_of_their_own(world, admin):
    teacher = level(admin, "nokafor")
    assert (teacher["audience"], teacher["level"]) == ("staff", "staff-limited")
    world.devices["kingsmead"].accept("nokafor")
    assert level(admin, "nokafor")["level"] == "staff"


def test_a_no_leads_to_the_level_of_its_outcome(world, admin):
    device, login = world.devices["kingsmead"], world.pupil()
    device.client.must(device.answer(device.shown(login), "decline"))
    said = level(admin, login)
    assert (said["level"], said["why"]) == ("supervised", "the outcome of their own answer")
    assert "nsw-supervised (unsigned;" in admin.read(f"/v1/people/{login}/why")["text"]


def test_everybody_is_told_once_in_pages(admin):
    whole = admin.read("/v1/levels")
    assert whole["next"] is None and [row["level"] for row in whole["levels"]][0] == "unsigned"
    assert [row["number"] for row in whole["levels"]] == list(range(1, len(whole["levels"]) + 1))
    logins = [person["login"] for person in whole["people"]]
    assert logins == sorted(set(logins)) and {"akhan", "nokafor", "ict"} <= set(logins)
    paged, after = [], ""
    while after is not None:
        page = admin.read("/v1/levels", after=after, limit=7)
        paged, after = paged + page["people"], page["next"]
    assert paged == whole["people"]


@pytest.mark.parametrize("limit", ["0", "2001", "-1", "x", ""])
def test_a_page_has_a_limit(admin, limit):
    assert admin.get("/v1/levels", limit=limit).problem == "invalid"


def test_a_school_without_a_table_has_no_list(folder_for_service):
    def without(_, toml):
        return re.sub(r"(?ms)^levels = .*?^\]\n|^\[filter\.allows\]\n.*?^\n", "", toml)
    admin = folder_for_service(schools=("carre",), edit=without).start().admins["carre"]
    assert (admin.get("/v1/levels").status, admin.get("/v1/levels").problem) == (409, "conflict")
    said = level(admin, "ict")
    assert (said["level"], said["group"], said["why"]) == ("", "", "the school has no levels")
    assert "Level" not in admin.read("/v1/people/ict/why")["text"]
