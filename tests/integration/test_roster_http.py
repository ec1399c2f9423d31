"""Importing a roster over HTTP: whole or not at all, with line numbers, and stopped when it looks
half-filled (docs/roster.md)."""

import pytest

from service_fixture import SCHOOLS

KINGSMEAD = (SCHOOLS / "kingsmead/people.csv").read_text()


def without(*wanted):
    """The sample roster without the people whose line holds one of these."""
    return "".join(line for line in KINGSMEAD.splitlines(keepends=True)
                   if not any(text in line for text in wanted))


def plan(admin, text, **columns):
    started = admin.do("/v1/roster/imports", {"source": "csv", **columns})["import"]
    path = f"/v1/roster/imports/{started}"
    admin.must(admin.call("POST", path + "/rows", text.encode(), kind="text/csv"))
    return admin.do(path + "/plan")


@pytest.fixture
def admin(small_world):
    return small_world.admins["kingsmead"]


def people(admin):
    return {person["login"]: person for person in
            admin.read("/v1/people/outstanding")["people"]}


def test_a_dry_run_says_what_would_change_and_changes_nothing(admin, small_world):
    size, before = small_world.service.size(), people(admin)
    changed = without(",bobrien,").replace("Chloe Walker", "Chloë Walker") + \
        "K2000,newcomer,New Comer,student,7,ks3,7A,,\n"
    report = admin.must(admin.import_csv(changed, dry_run=1))
    assert (report["joins"], report["changes"], report["leavers"]) == (1, 1, 1)
    assert report["examples"]["joins"] == ["New Comer (newcomer)"]
    assert report["examples"]["leavers"] == ["Ben O'Brien (bobrien)"]
    assert report["errors"] == [] and report["stops"] is None
    assert small_world.service.size() == size and people(admin) == before


def test_an_import_joins_changes_and_lets_leave_and_the_gate_knows_at_once(admin, small_world):
    device = small_world.devices["kingsmead"]
    assert device.check("newcomer")["verdict"] == "refuse"
    device.accept("cwalker")
    changed = without(",bobrien,").replace("cwalker,Chloe Walker", "cw2,Chloë Walker") + \
        "K2000,newcomer,New Comer,student,7,ks3,7A,,\n"
    report = admin.must(admin.import_csv(changed))
    assert (report["joins"], report["changes"], report["leavers"]) == (1, 1, 1)
    assert device.check("newcomer")["verdict"] == "ask"
    assert device.check("bobrien")["verdict"] == "refuse"
    assert device.check("cwalker")["verdict"] == "refuse"
    assert device.check("cw2")["verdict"] == "clear"  # the same person, so the same acceptance
    again = admin.must(admin.import_csv(changed))
    assert (again["joins"], again["changes"], again["leavers"]) == (0, 0, 0)
    admin.import_roster("kingsmead")
    assert device.check("bobrien")["verdict"] == "ask"


def test_a_login_given_to_somebody_else_brings_no_acceptance_along(admin, small_world):
    device = small_world.devices["kingsmead"]
    device.accept("akhan")
    moved = KINGSMEAD.replace("K1000,akhan,", "K1000,amira2,") + \
        "K2001,akhan,Adam Khan,student,7,ks3,7A,,\n"
    admin.must(admin.import_csv(moved))
    assert device.check("akhan")["verdict"] == "ask"
    assert device.check("amira2")["verdict"] == "clear"


# What is written in place of a part of line 5, or as line 53, and the line that is told.
FAULTS = {
    "a role that nobody has": ("Dylan Davies,student", "Dylan Davies,pupil", 5),
    "a row that is too short": ("ddavies,Dylan Davies,student,7,ks3", "ddavies", 5),
    "a name that is empty": ("Dylan Davies", "", 5),
    "an id that comes twice": (None, "K1000,other,Other,student,7,ks3,7A,,", 53),
    "a login that comes twice": (None, "K2000,akhan,Other,student,7,ks3,7A,,", 53),
    "a quote that is not closed": (None, 'K2000,"x,Other,student,7,ks3,7A,,', 53),
    "a row without an id": (None, ",x,Other,student,7,ks3,7A,,", 53),
    "a login that is none": (None, "K2000,a b,Other,student,7,ks3,7A,,", 53),
    "a kind that is none": (None, "K2000,x,Other,student,7,ks3,7A,,robot", 53),
}


@pytest.mark.parametrize("what", FAULTS)
def test_a_fault_is_told_with_its_line_and_nothing_is_half_imported(world, what):
    admin = world.admins["kingsmead"]
    old, new, line = FAULTS[what]
    text = KINGSMEAD.replace(old, new) if old else KINGSMEAD + new
    text = text.replace("Chloe Walker", "Changed Too")
    size = world.service.size()
    report = plan(admin, text)
    assert [error["line"] for error in report["errors"]][:1] == [line], report
    refused = admin.import_csv(text)
    assert (refused.status, refused.problem) == (400, "invalid")
    assert f"line {line}:" in refused.json()["detail"]
    assert world.service.size() == size
    assert admin.read("/v1/people", find="cwalker")["people"][0]["name"] == "Chloe Walker"


def test_a_header_without_what_is_needed_is_refused(world):
    admin = world.admins["kingsmead"]
    for text in ("", "\n", "name,role\nA,student\n", "mis_id,role\n1,student\n", "nonsense\n"):
        assert admin.import_csv(text).status == 400


def test_too_many_leavers_stop_an_import_until_their_number_is_accepted(admin, small_world):
    device = small_world.devices["kingsmead"]
    few = without("bobrien", "cwalker", "ddavies")  # 3 of 51, more than 5 %
    report = plan(admin, few)
    assert report["leavers"] == 3 and report["stops"]
    size = small_world.service.size()
    for accepted in (None, 0, 2, 4, 1000):
        refused = admin.import_csv(few, accepted)
        assert (refused.status, refused.problem) == (409, "conflict")
        assert "3" in refused.json()["detail"]
    assert small_world.service.size() == size and device.check("bobrien")["verdict"] == "ask"
    assert admin.must(admin.import_csv(few, 3))["leavers"] == 3
    assert device.check("bobrien")["verdict"] == "refuse"


def test_a_whole_year_group_that_leaves_stops_an_import(own_world):
    admin = own_world.admins["carre"]  # its brake is 10 %
    lines = (SCHOOLS / "carre/people.csv").read_text().splitlines(keepends=True)
    year = [line for line in lines if ",Pupil,7," in line]
    assert len(year) == 4
    refused = admin.import_csv("".join(line for line in lines if line not in year))
    assert (refused.status, refused.problem) == (409, "conflict")


def test_a_file_comes_in_pieces_with_a_mark_and_windows_line_ends(admin):
    text = "\ufeff" + KINGSMEAD.replace("\n", "\r\n") + "K2000,newcomer,Zoë New,student,7,ks3,7A,,"
    data, started = text.encode(), admin.do("/v1/roster/imports", {"source": "csv"})["import"]
    path, sent = f"/v1/roster/imports/{started}", 0
    for at in range(0, len(data), 97):  # pieces end in the middle of rows and of letters
        sent += len(data[at:at + 97])
        reply = admin.must(admin.call("POST", path + "/rows", data[at:at + 97], kind="text/csv"))
        assert reply == {"bytes": sent}
    report = admin.do(path + "/apply")
    assert (report["rows"], report["joins"], report["changes"]) == (52, 1, 0)
    assert admin.read("/v1/people/newcomer")["name"] == "Zoë New"
    assert admin.post(path + "/apply").status in (404, 409)  # once


def test_columns_may_be_named_for_one_import(admin):
    text = KINGSMEAD.replace("mis_id,", "Admission No,", 1)
    assert admin.import_csv(text).status == 400
    report = plan(admin, text, columns={"mis_id": "Admission No"})
    assert (report["rows"], report["unchanged"], report["errors"]) == (51, 51, [])


def test_an_import_is_one_entry_in_the_log_and_names_nobody(admin, small_world):
    size = small_world.service.size()
    admin.must(admin.import_csv(KINGSMEAD + "K2000,newcomer,New Comer,student,7,ks3,7A,,\n"))
    assert small_world.service.size() == size + 1
    record = admin.read(f"/v1/receipts/{size}")["record"]
    assert '"type":"roster.import"' in record and '"joins":1' in record
    assert "newcomer" not in record and "New Comer" not in record


def test_a_piece_over_512_kib_is_refused(world):
    admin = world.admins["kingsmead"]
    started = admin.do("/v1/roster/imports", {"source": "csv"})["import"]
    path, big = f"/v1/roster/imports/{started}/rows", b"x" * (512 * 1024 + 1)
    assert admin.call("POST", path, big, kind="text/csv").status == 400


def test_imports_that_were_left_open_keep_nobody_from_starting_another(world):
    for name, admin in world.admins.items():
        for _ in range(20):
            assert admin.do("/v1/roster/imports", {"source": "csv"})["import"]
    assert world.admins["carre"].import_roster("carre")["unchanged"] == 38


def test_a_year_ten_times_as_large_comes_in_and_is_asked(small_world):
    admin, device = small_world.admins["kingsmead"], small_world.devices["kingsmead"]
    rows = "".join(f"L{i},pupil{i},Pupil Number {i},student,{7 + i % 5},ks3,9A,,\n"
                   for i in range(5000))
    assert admin.must(admin.import_csv(KINGSMEAD + rows))["joins"] == 5000
    assert device.check("pupil4999")["verdict"] == "ask"
