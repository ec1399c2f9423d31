"""Kingsmead with its people in a directory, either kind, and what tests ask of it."""

import contextlib
import time

import pytest

from service_fixture import wait_for

ACCOUNTS = 30 + 6 + 1  # the one whom wrong passwords locked counts

on_slapd = pytest.mark.parametrize("directory", ["slapd"], indirect=True)
on_samba = pytest.mark.parametrize("directory", ["samba"], indirect=True)


@pytest.fixture(params=["slapd", "samba"])
def directory(request):
    return request.getfixturevalue(request.param)


def import_ldap(admin, accept_leavers=None, **query):
    """The last reply of a whole import, and how long the reading took."""
    begun = time.monotonic()
    path = "/v1/roster/imports/" + admin.do("/v1/roster/imports", {"source": "ldap"})["import"]
    wait_for("reading", lambda: admin.read(path)["ready"])
    took = time.monotonic() - begun
    body = {} if accept_leavers is None else {"accept_leavers": accept_leavers}
    return admin.post(path + "/apply", body, **query), took


def imported(admin, **more):
    return admin.must(import_ldap(admin, **more)[0])


class School:
    def __init__(self, service):
        self.service, self.admin = service, service.admins["kingsmead"]

    @contextlib.contextmanager
    def device(self):
        for policy in ("student", "staff"):
            self.admin.publish(policy)
        yield self.service.device("kingsmead", "LIB-0039", room="Library")

    def kept(self):
        """How far people are in step."""
        return self.admin.read("/v1/roster/status")["kept"]

    def in_step(self):
        """Waits until a reading is over and nothing is left to say."""
        def settled():
            now = self.kept()
            waits = now["reading"] or now["error"] or now["deaf"] or now["stopped"]
            return now if now["last_read"] and not waits else None
        return wait_for("people in step", settled)

    def levels(self):
        return self.admin.read("/v1/levels/status")

    def levels_are_put(self):
        """Nobody waits; the admin who was made by hand does not, as the directory does not know
        them."""
        now = self.levels()
        to_do = [sweep for sweep in now["sweeps"] if sweep["cause"] != "yearly renewal"]
        return (now["waiting"], now["unknown"]) == (0, 1) and not to_do and now["output"]["last_pass"]


@pytest.fixture
def school(directory, folder_for_service):
    """Makes one whose people are read by hand, or as often as `every` says; `more` replaces keys of
    its [directory]."""
    def make(url=None, change=lambda toml: toml, every="never", **more):
        def edit(_, toml):
            toml = toml.replace('source               = "csv"',
                                f'source = "ldap"\nevery = "{every}"')
            return change(toml) + directory.section(url, **more)
        return School(folder_for_service(schools=("kingsmead",), edit=edit).start())
    return make
