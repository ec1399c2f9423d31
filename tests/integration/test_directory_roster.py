"""People follow their directory by themselves: real assentd, slapd and Samba (docs/directory.md)."""

import json
import subprocess
import time

from directory_fixture import ACCOUNTS, imported, on_slapd
from service_fixture import BIN, wait_for

SOON = 30  # seconds; the figures that are printed are a few


def follows(own, what, happened):
    begun = time.monotonic()
    wait_for(what, happened, SOON)
    print(f"{what}: {time.monotonic() - begun:.1f} s")


def assentctl(own, *words):
    return subprocess.run(
        [BIN / "assentctl", "--url", f"http://127.0.0.1:{own.service.port}", "--token-file",
         own.service.folder / "kingsmead.ict.token", *words], capture_output=True, text=True,
        timeout=60)


def test_people_follow_the_directory(directory, school):
    own = school(every="1h")
    waits = wait_for("a first look", lambda: own.kept()["stopped"])
    assert "by hand" in waits and own.kept()["found"]["joins"] == ACCOUNTS
    imported(own.admin)
    assert own.in_step()["stopped"] == ""
    with own.device() as device:
        directory.rename(directory.pupil(3), "renamed", "students")
        follows(own, "another login", lambda: device.check("renamed")["verdict"] == "ask")
        assert device.check("pupil3")["verdict"] == "refuse"
        directory.add_person("newcomer", "students", employeeNumber="N1")
        follows(own, "somebody who joins", lambda: device.check("newcomer")["verdict"] == "ask")
        directory.leave(directory.pupil(4))
        follows(own, "somebody who leaves", lambda: device.check("pupil4")["verdict"] == "refuse")
    size = own.service.size()
    own.in_step()
    assert imported(own.admin, dry_run=1)["unchanged"] == ACCOUNTS
    assert own.service.size() == size


def test_too_many_leavers_wait_for_somebody(directory, school):
    own = school(every="1h")
    imported(own.admin)
    own.in_step()
    size = own.service.size()
    for number in range(5, 15):
        directory.leave(directory.pupil(number))
    wait_for("a stop", lambda: "10 of 37 people would leave" in own.kept()["stopped"], SOON)
    assert own.admin.read("/v1/people/pupil7")["state"] == "active"
    shown = assentctl(own, "people", "roster")
    assert shown.returncode == 1 and "10 of 37 people would leave" in shown.stdout, shown
    assert imported(own.admin, accept_leavers=10)["leavers"] >= 1
    assert own.in_step()["stopped"] == ""
    assert own.admin.read("/v1/people/pupil7")["state"] == "left"
    assert own.service.size() > size


@on_slapd
def test_a_server_that_tells_nobody_of_changes_is_still_read(slapd, school):
    slapd.end()
    slapd.without_overlay("syncprov")
    slapd.start()
    own = school(every="1h")
    imported(own.admin)
    kept = wait_for("a reading", lambda: own.kept() if own.kept()["last_read"] else None)
    assert "overlay syncprov" in kept["deaf"] and kept["error"] == ""


@on_slapd
def test_assentctl_says_how_far_people_are_in_step(slapd, school):
    own = school(every="15m")
    imported(own.admin)
    own.in_step()
    shown = assentctl(own, "people", "roster")
    assert shown.returncode == 0, shown
    assert "every 15 minutes" in shown.stdout and "37 people" in shown.stdout, shown.stdout
    slapd.end()
    wait_for("an outage", lambda: own.kept()["deaf"], SOON)
    told = json.loads(assentctl(own, "people", "roster", "--json").stdout)
    assert "cannot be reached" in told["kept"]["deaf"] and told["kept"]["age_seconds"] >= 0


@on_slapd
def test_people_are_read_by_hand_alone_where_the_school_says_so(slapd, school):
    own = school(every="never")
    imported(own.admin)
    slapd.leave(slapd.pupil(4))
    kept = own.kept()
    assert kept["every_minutes"] is None and kept["last_read"] is None
    assert "by hand alone" in assentctl(own, "people", "roster").stdout
