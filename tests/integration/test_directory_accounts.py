"""Accounts with an end, which the directory itself holds to (docs/directory.md; A18): the contract over
real servers, what the check says of them, and what the account may not do with its rights."""

import os
import subprocess

import pytest

import samba_fixture
import slapd_fixture
from service_fixture import SOURCE
from slapd_fixture import entry, unit
from test_directory_rights import (PREFIX, ActiveDirectory, OpenLdap, check_of,  # noqa: F401
                                   directory)

POLICY = f"cn=guests,ou=services,{slapd_fixture.BASE}"
CONTRACT = SOURCE / "build/test/bin/real_directory_test"
KIND = {OpenLdap: slapd_fixture, ActiveDirectory: samba_fixture}


class Guests:
    """What accounts with an end stand on, made as docs/directory.md says."""

    def __init__(self, directory):
        self.directory, self.server = directory, directory.server
        self.is_ad = isinstance(directory, ActiveDirectory)
        base = KIND[type(directory)].BASE
        self.unit = f"ou=guests,{base}"
        self.keys = {"unit": self.unit}
        if self.is_ad:
            self.keys["primary_group"] = "Assent-Guests"
            self.server.add(samba_fixture.unit("guests", base))
        else:
            self.keys["policy"] = POLICY
            directory.add((unit("guests", base) + entry(
                POLICY, objectClass=["device", "pwdPolicy"], cn="guests", pwdAttribute="userPassword",
                pwdCheckQuality="2", pwdMinLength="8")).splitlines())

    def table(self):
        return "\n[directory.accounts]\n" + "".join(
            f'{key} = "{value}"\n' for key, value in self.keys.items())

    def add_by_hand(self, login):
        """As somebody would who does not know what the unit is for: without an end."""
        if self.is_ad:
            self.server.add(samba_fixture.person(login, self.unit))
        else:
            self.directory.add(slapd_fixture.person(login, self.unit).splitlines())

    def prepare(self, check):
        """Follows what the check says until nothing is bad."""
        while bad := check("bad"):
            for step in bad:
                self.follow(step)
        note = [step for step in check("note") if step["what"].startswith("make accounts")]
        for step in note:
            self.directory.apply(step["lines"])

    def follow(self, step):
        lines = step["lines"]
        if step["what"] == "find group Assent-Guests":
            self.directory.make_group(lines)
        elif step["what"].startswith("machine quota"):
            assert lines == ["Set-ADDomain school.test -Replace @{'ms-DS-MachineAccountQuota'='0'}"]
            self.server.change(f"dn: {samba_fixture.BASE}\nchangetype: modify\n"
                               "replace: ms-DS-MachineAccountQuota\nms-DS-MachineAccountQuota: 0\n")
        elif step["what"].startswith(("make accounts", "change members of")):
            self.directory.apply(lines)
        else:
            raise AssertionError(step)


@pytest.fixture
def guests(directory):  # noqa: F811
    return Guests(directory)


@pytest.fixture
def check(guests, folder_for_service):
    """Without what it says of levels, which have tests of their own."""
    steps = check_of(guests.directory, folder_for_service, guests.table())
    return lambda state: [step for step in steps(state) if PREFIX not in step["what"]]


def run_contract(guests, folder, tests=None):
    """All of it, but what is of the other kind of directory."""
    tests = tests or ("*" if guests.is_ad else "-ActiveDirectory*")
    school = folder / "school.toml"
    school.write_text('title = "School"\naudience = [{ who = "*", owes = ["student"] }]\n' +
                      guests.server.section() + guests.table())
    return subprocess.run([CONTRACT, "--gtest_filter=" + tests], env={**os.environ, "ASSENT_DIRECTORY": str(school)},
                          capture_output=True, text=True, timeout=120)


def test_the_contract_holds_with_the_rights_that_the_check_prints(guests, check, tmp_path):
    unprepared = run_contract(guests, tmp_path)
    assert "FAILED" in unprepared.stdout
    guests.prepare(check)
    assert check("bad") == []
    held = run_contract(guests, tmp_path)
    assert held.returncode == 0, held.stdout + held.stderr
    guests.add_by_hand("v-basil")
    assert check("bad") == []
    assert f"change accounts below {guests.unit}" in [step["what"] for step in check("good")]
    assert [step["what"].lower() for step in check("note")] == [
        f"end of {'cn' if guests.is_ad else 'uid'}=v-basil,{guests.unit}".lower()]


def test_the_directory_refuses_the_account_everything_beside(guests, check):
    guests.prepare(check)
    directory, server = guests.directory, guests.server  # noqa: F811
    rdn, kind = ("cn", "user") if guests.is_ad else ("uid", "inetOrgPerson")
    person = f"objectClass: {kind}\n" + ("sAMAccountName: x\n" if guests.is_ad else "cn: x\nsn: x\n")
    change = "dn: {}\nchangetype: modify\nreplace: {}\n{}: {}\n"
    end, later = (("accountExpires", "133900000000000000") if guests.is_ad
                  else ("pwdEndTime", "20300101000000Z"))
    password, secret = (("unicodePwd", "IgBTAHQAbwBsAGUAbgAtADEAIgA=") if guests.is_ad
                        else ("userPassword", "c3RvbGVu"))
    somebody = directory.somebody
    refused = {
        "an account elsewhere": f"dn: {rdn}=x,{directory.people}\nchangetype: add\n{person}",
        "an account among groups": f"dn: {rdn}=x,{directory.groups}\nchangetype: add\n{person}",
        "the unit": change.format(guests.unit, "description", "description", "x"),
        "removing the unit": f"dn: {guests.unit}\nchangetype: delete\n",
        "somebody's end": change.format(somebody, end, end, later),
        "somebody's password": change.format(somebody, password, password + ":", secret),
        "removing somebody": f"dn: {somebody}\nchangetype: delete\n",
    }
    if guests.is_ad:
        refused["a group below the unit"] = (f"dn: cn=x,{guests.unit}\nchangetype: add\n"
                                             "objectClass: group\nsAMAccountName: x\n")
        refused["Domain Admins"] = (f"dn: CN=Domain Admins,CN=Users,{samba_fixture.BASE}\n"
                                    f"changetype: modify\nadd: member\nmember: {somebody}\n")
        refused["the quota"] = change.format(samba_fixture.BASE, "ms-DS-MachineAccountQuota",
                                             "ms-DS-MachineAccountQuota", "10")
    else:
        refused["the policy"] = change.format(POLICY, "pwdMinLength", "pwdMinLength", "1")
    allowed = {what: code for what, ldif in refused.items()
               if (code := directory.try_change(ldif)) != 50}
    assert allowed == {}


def test_without_what_it_stands_on_no_account_is_made(guests, check, tmp_path):
    guests.prepare(check)
    directory = guests.directory  # noqa: F811
    if guests.is_ad:
        guests.server.change(f"dn: {samba_fixture.BASE}\nchangetype: modify\n"
                             "replace: ms-DS-MachineAccountQuota\nms-DS-MachineAccountQuota: 10\n")
        what, why = "machine quota of " + samba_fixture.BASE, "could join machines"
    else:
        config = directory.server.config
        directory.server.end()
        config.write_text(config.read_text().replace("\noverlay ppolicy", ""))
        directory.server.start()
        what, why = "use policy " + POLICY, "needs the overlay ppolicy"
    step, = check("bad")
    assert step["what"].lower() == what.lower() and why in step["said"]
    made = run_contract(guests, tmp_path, "*MakesAnAccount*")
    assert "FAILED" in made.stdout and why in made.stdout


def test_accounts_are_off_unless_the_schools_file_has_them(directory, folder_for_service):  # noqa: F811
    steps = check_of(directory, folder_for_service)
    assert [step["said"] for step in steps("good") if step["what"] == "accounts with an end"] == [
        "off: the school's file has no [directory.accounts]"]
