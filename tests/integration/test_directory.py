"""A school whose people come from its directory: real assentd, and real slapd and Samba
(docs/directory.md). Where servers do not differ, or only one can do it, slapd alone is asked."""

import contextlib
import json
import signal
import socket
import threading
import time

import pytest

from certificates import Authority
from directory_fixture import ACCOUNTS, import_ldap, imported, on_samba, on_slapd
from service_fixture import assentctl, wait_for
from slapd_fixture import ACCOUNT, BLIND, LIMITED, PEOPLE

BOUND = 8.0  # seconds: two calls of two seconds each, on a busy machine


def plan_error(admin):
    """What stops an import, and how long finding it out took."""
    reply, took = import_ldap(admin, dry_run=1)
    report = admin.must(reply)
    assert len(report["errors"]) == 1 and report["joins"] == report["leavers"] == 0, report
    return report["errors"][0]["what"], took


def bad_steps(admin):
    found = admin.read("/v1/directory/check")
    bad = [step for step in found["steps"] if step["state"] == "bad"]
    assert found["good"] == (not bad), found
    return bad


@pytest.mark.parametrize("kind", ["ldaps", "start_tls"])
def test_people_come_from_the_directory(directory, school, kind):
    own = school(getattr(directory, kind))
    size = own.service.size()
    assert imported(own.admin, dry_run=1)["joins"] == ACCOUNTS
    assert own.service.size() == size
    assert imported(own.admin)["joins"] == ACCOUNTS
    assert imported(own.admin)["unchanged"] == ACCOUNTS
    assert bad_steps(own.admin) == []
    assert "hear of changes" in [step["what"] for step in
                                 own.admin.read("/v1/directory/check")["steps"]
                                 if step["state"] == "good"]
    with own.device() as device:
        assert device.check("pupil1")["verdict"] == "ask"
        assert device.check("staff1")["verdict"] == "ask"
        for nobody in ("disabled", "expired", "assent", "*", "pupil*", "pupil1)(uid=*"):
            assert device.check(nobody)["verdict"] == "refuse", nobody


def test_groups_within_groups_and_years_become_facts(directory, school):
    own = school()
    imported(own.admin)
    shown = own.admin.read("/v1/people/pupil0")
    assert shown["stage"] == "ks3" and shown["form"] == "Year 7"
    own.admin.publish("student")
    own.admin.publish("staff")
    owed = {person["login"]: person for person in
            own.admin.read("/v1/people/outstanding")["people"]}
    assert owed["pupil4"]["stage"] == ""  # year 11 is in no group of a rule


def test_a_renamed_and_moved_account_stays_the_same_person(directory, school):
    own = school()
    imported(own.admin)
    before = own.admin.read("/v1/people/pupil3")["person"]
    directory.rename(directory.pupil(3), "renamed", "staff")
    report = imported(own.admin)
    assert (report["joins"], report["changes"], report["leavers"]) == (0, 1, 0)
    after = own.admin.read("/v1/people/renamed")
    assert after["person"] == before and after["audience"] == "staff"


def test_a_login_that_is_used_again_is_another_person(directory, school):
    own = school()
    imported(own.admin)
    before = own.admin.read("/v1/people/pupil3")["person"]
    directory.delete(directory.pupil(3))
    directory.add_person("pupil3", "students")
    report = imported(own.admin)
    assert (report["joins"], report["leavers"]) == (1, 1)
    assert own.admin.read("/v1/people/pupil3")["person"] != before


def test_a_half_emptied_directory_stops_the_import(directory, school):
    own = school()
    imported(own.admin)
    directory.delete(*(directory.pupil(number) for number in range(5, 15)))
    reply, _ = import_ldap(own.admin)
    assert reply.status == 409 and "10 of 37 people would leave" in reply.json()["detail"]
    assert imported(own.admin, accept_leavers=10)["leavers"] == 10


@on_slapd
def test_an_answer_that_the_server_cuts_short_changes_nobody(slapd, school):
    own = school()
    imported(own.admin)
    own.service.end()
    toml = own.service.folder / "schools/kingsmead.toml"
    toml.write_text(toml.read_text().replace(ACCOUNT, LIMITED))
    own.service.start()
    assert "only a part" in plan_error(own.admin)[0]
    assert own.admin.read("/v1/people/pupil29")["state"] == "active"


@on_slapd
def test_a_group_that_is_hidden_or_gone_changes_nobody(slapd, school):
    own = school(bind_dn=BLIND)
    assert "correct group_base" in plan_error(own.admin)[0]
    assert "read group SM-Requested" in [step["what"] for step in bad_steps(own.admin)]


@pytest.mark.parametrize("name", ["*", "SM*", "x)(cn=*", "SM-Requested\\\\00", "ü" * 100])
def test_a_name_that_would_change_a_filter_finds_nobody(directory, school, name):
    own = school(change=lambda toml: toml.replace("group:SM-Requested", f"group:{name}"))
    assert "there is no group" in plan_error(own.admin)[0]


@on_slapd
def test_a_wrong_authority_is_explained(slapd, school, tmp_path):
    own = school(ca_file=str(Authority(tmp_path, "Another CA").file))
    step, = bad_steps(own.admin)
    assert "not from the authority in ca_file" in step["said"]
    assert plan_error(own.admin)[1] < BOUND


@on_slapd
@pytest.mark.parametrize("kind", ["ldaps", "start_tls"])
def test_a_wrong_host_name_is_explained(slapd, school, kind):
    certificate = slapd.authority.issue("elsewhere", ["dc9.school.test"])
    slapd.end()
    slapd.use_certificate(*certificate)
    slapd.start()
    own = school(getattr(slapd, kind))
    step, = bad_steps(own.admin)
    assert "for another host" in step["said"]
    plan_error(own.admin)


@on_slapd
def test_an_expired_certificate_is_explained(slapd, school):
    certificate = slapd.authority.issue("old", ["127.0.0.1"], expired=True)
    slapd.end()
    slapd.use_certificate(*certificate)
    slapd.start()
    step, = bad_steps(school().admin)
    assert "has expired" in step["said"]


@on_slapd
def test_a_wrong_port_a_wrong_base_and_a_wrong_password_are_explained(slapd, school):
    own = school(f"ldaps://127.0.0.1:{slapd.port}", base="ou=nowhere," + PEOPLE)
    step, = bad_steps(own.admin)
    assert "speaks no TLS on this port" in step["said"]
    own.service.end()
    toml = own.service.folder / "schools/kingsmead.toml"
    toml.write_text(toml.read_text().replace(f":{slapd.port}", f":{slapd.tls_port}"))
    own.service.start()
    step, = bad_steps(own.admin)
    assert "there is no ou=nowhere" in step["said"]
    slapd.password_file.write_text("wrong\n")
    step, = bad_steps(own.admin)
    assert "the name or the password is wrong" in step["said"] and "LDAP 49" in step["said"]
    slapd.password_file.write_text("\n")
    step, = bad_steps(own.admin)
    assert "is empty" in step["said"]
    slapd.password_file.chmod(0o644)
    step, = bad_steps(own.admin)
    assert "chmod 0600" in step["said"]


@on_slapd
def test_a_server_that_tells_nobody_of_changes_is_a_note(slapd, school):
    slapd.end()
    slapd.without_overlay("syncprov")
    slapd.start()
    found = school().admin.read("/v1/directory/check")
    note, = [step for step in found["steps"] if step["state"] == "note"]
    assert found["good"] and "overlay syncprov" in note["said"], found


@on_samba
def test_a_controllers_refusal_is_explained(directory, school):
    own = school(base=directory.base)  # the server refers to its other parts
    assert imported(own.admin, dry_run=1)["joins"] == ACCOUNTS + len(["Administrator", "assent", "dns-dc1"])
    directory.password_file.write_text("wrong\n")
    step, = bad_steps(own.admin)
    assert "the password is wrong" in step["said"] and "52e" in step["said"]


class Stall(threading.Thread):
    """Accepts, says yes to StartTLS, and then nothing more."""

    YES = bytes.fromhex("300c02010178070a010004000400")

    def __init__(self):
        super().__init__(daemon=True)
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port, self.kept = self.listener.getsockname()[1], []
        self.start()

    def run(self):
        with contextlib.suppress(OSError):
            while True:
                client, _ = self.listener.accept()
                self.kept.append(client)
                if client.recv(4096)[:1] == b"\x30":
                    client.sendall(self.YES)

    def end(self):
        for each in [*self.kept, self.listener]:
            each.close()


@on_slapd
@pytest.mark.parametrize("scheme", ["ldap", "ldaps"])
def test_a_handshake_that_never_ends_is_ended(slapd, school, scheme):
    stall = Stall()
    try:
        own = school(f"{scheme}://127.0.0.1:{stall.port}")
        what, took = plan_error(own.admin)
        assert "no answer in time" in what and took < BOUND
    finally:
        stall.end()


def test_a_stopped_server_is_given_up_and_comes_back(directory, school):
    own = school()
    imported(own.admin)
    directory.send(signal.SIGSTOP)
    with own.device() as device:
        begun = time.monotonic()
        path = own.admin.do("/v1/roster/imports", {"source": "ldap"})["import"]
        slowest = 0.0
        while not own.admin.read("/v1/roster/imports/" + path)["ready"]:
            asked = time.monotonic()
            assert device.check("pupil1")["verdict"] == "ask"
            slowest = max(slowest, time.monotonic() - asked)
            assert time.monotonic() - begun < BOUND
        assert slowest < 0.3
    directory.send(signal.SIGCONT)
    assert imported(own.admin)["unchanged"] == ACCOUNTS


def test_a_killed_server_changes_nobody_and_comes_back(directory, school):
    own = school([directory.ldaps, directory.start_tls])
    imported(own.admin)
    directory.end(signal.SIGKILL)
    assert "cannot be reached" in plan_error(own.admin)[0]
    directory.start()
    assert imported(own.admin)["unchanged"] == ACCOUNTS


@on_slapd
def test_the_next_server_is_asked_when_the_first_is_away(slapd, school):
    own = school(["ldaps://127.0.0.1:1", slapd.ldaps])
    assert imported(own.admin)["joins"] == ACCOUNTS
    assert len(bad_steps(own.admin)) == 1


@on_slapd
def test_assentctl_imports_and_checks(slapd, school):
    own = school()
    planned = assentctl(own, "people", "import", "--from", "ldap", "--dry-run")
    assert planned.returncode == 0 and "37" in planned.stdout, planned
    assert "To go on:  assentctl people import --from ldap" in planned.stdout
    done = assentctl(own, "people", "import", "--from", "ldap")
    assert done.returncode == 0 and "37 joined" in done.stdout, done
    checked = assentctl(own, "directory", "check")
    assert checked.returncode == 0 and "ok    find people below" in checked.stdout, checked
    assert assentctl(own, "people", "import", "--from", "ldap", "file.csv").returncode == 2
    assert assentctl(own, "people", "import", "--from", "csv").returncode == 2
    slapd.end()
    failed = assentctl(own, "directory", "check", "--json")
    assert failed.returncode == 1 and not json.loads(failed.stdout)["good"]
    stopped = assentctl(own, "people", "import", "--from", "ldap")
    assert stopped.returncode == 3 and "cannot be reached" in stopped.stderr, stopped
