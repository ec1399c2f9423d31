"""Filtering levels behind a running service: a roster that would move many is held over a restart
until its number is confirmed, by two people where it is a large part of the school (A26)."""

import pytest

from service_fixture import SCHOOLS, wait_for

KINGSMEAD = (SCHOOLS / "kingsmead/people.csv").read_text()


@pytest.fixture
def service(folder_for_service):
    service = folder_for_service(schools=("kingsmead",))
    service.deputy = service.bootstrap("kingsmead", "deputy")
    service.start()
    service.ict = service.admins["kingsmead"]
    service.ict.import_roster("kingsmead")
    wait_for("levels of all", lambda: done(service)["waiting"] > 45)
    return service


def status(service):
    return service.ict.read("/v1/levels/status")


def done(service):
    """The status once nothing is left to look at but what is held."""
    return wait_for("sweeps", lambda: [s for s in [status(service)] if s["held"] or not s["sweeps"]])[0]


def confirm(admin, moves):
    return admin.post("/v1/levels/reconcile", {"confirm": moves})


def moved(count):
    """The sample roster with so many pupils of key stage 3 in stage 4."""
    return KINGSMEAD.replace(",ks3,", ",ks4,", count)


def test_a_small_move_needs_nobody(service):
    service.ict.must(service.ict.import_csv(moved(3)))
    assert done(service)["held"] is None


def test_a_large_move_is_held_until_its_number_is_confirmed(service):
    service.ict.must(service.ict.import_csv(moved(11)))
    held = done(service)["held"]
    assert (held["moves"], held["cause"], held["two_people"]) == (11, "roster csv", False)
    assert confirm(service.ict, 10).status == 409
    assert service.ict.do("/v1/levels/reconcile", {"confirm": 11})["passed"]
    assert done(service)["held"] is None
    assert confirm(service.ict, 11).status == 409


def test_a_very_large_one_needs_two_people_even_over_a_restart(service):
    service.ict.must(service.ict.import_csv(moved(15)))
    assert done(service)["held"]["two_people"]
    assert not service.ict.do("/v1/levels/reconcile", {"confirm": 15})["passed"]
    assert confirm(service.ict, 15).status == 403
    service.end()
    service.start()
    assert done(service)["held"]["confirmed_by"].startswith("p_")
    assert service.deputy.do("/v1/levels/reconcile", {"confirm": 15})["passed"]
    assert done(service)["held"] is None


def test_a_corrected_roster_takes_the_place_of_the_held_one(service):
    service.ict.must(service.ict.import_csv(moved(15)))
    assert done(service)["held"]
    service.ict.must(service.ict.import_csv(KINGSMEAD))
    wait_for("nothing held", lambda: status(service)["held"] is None)


def test_levels_that_are_put_nowhere_are_said_to_be(service):
    assert status(service)["output"] is None
    assert service.ict.read("/v1/levels/drift")["output"] is None
    assert service.ict.do("/v1/levels/reconcile", {})["repaired"] == 0


def test_the_access_register_is_what_is_wanted_and_comes_in_pages(service):
    whole = service.ict.read("/v1/reports/access")
    assert whole["output"] is None and whole["next"] is None
    counts = {row["level"]: row["people"] for row in whole["levels"]}
    assert sum(counts.values()) == len(whole["people"]) > 45 and counts["ks3"] > 1
    assert next(r for r in whole["levels"] if r["level"] == "unsigned")["allows"].startswith("the")
    page = service.ict.read("/v1/reports/access", reading=whole["reading"], after=10)
    assert page["people"] == whole["people"][10:] and page["at"] == whole["at"]
    for query in ({"reading": 0}, {"reading": 1}, {"after": 1}, {"reading": "x", "after": 1}):
        assert service.ict.get("/v1/reports/access", **query).status == 400, query
    gone = service.ict.get("/v1/reports/access", reading=10**6, after=1)
    assert gone.status == 409 and "read again" in gone.json()["detail"]


def test_a_level_that_is_not_in_the_directory_yet_is_said_to_be_so(service):
    said = service.ict.read("/v1/people/akhan/level")
    assert (said["level"], said["applied"]["done"], said["applied"]["at"]) == ("ks3", False, None)


def test_only_an_admin_may_ask(service):
    for call in (("GET", "/v1/levels/status"), ("GET", "/v1/levels/drift"),
                 ("POST", "/v1/levels/reconcile")):
        assert service.open().call(*call).status == 401


@pytest.mark.parametrize("body", [{"confirm": 0}, {"confirm": -1}, {"confirm": "1"},
                                  {"confirm": 10_000_001}, {"more": 1}])
def test_a_number_that_is_none_confirms_nothing(service, body):
    assert service.ict.post("/v1/levels/reconcile", body).status == 400
