"""What the service account may do in the directory: the check finds what is missing, the lines it
prints give just that, and the directory refuses everything else (docs/directory.md)."""

import base64
import re
import shlex
import subprocess

import pytest

import samba_fixture
import slapd_fixture
from slapd_fixture import ACCOUNT, Slapd, entry

LEVELS = ("unsigned", "restricted", "supervised", "visitor", "community", "ks3", "ks4", "ks5",
          "staff-limited", "staff")
PREFIX = "flt-"  # the groups of no other test
READ_ONLY = [  # as docs/directory.md has it for a roster
    "access to attrs=userPassword by anonymous auth by self =xw by * none",
    f'access to * by dn.exact="{ACCOUNT}" read by * break']
MEMBER, USER = "bf9679c0-0de6-11d0-a285-00aa003049e2", "bf967aba-0de6-11d0-a285-00aa003049e2"
RESET = "00299570-246d-11d0-a768-00aa006e0529"  # the extended right Reset Password
SDDL = {  # what dsacls makes of its words; the numbers are schemaIDGUIDs
    '/G "assent@school.test:RPWP;member"': f"(OA;;RPWP;{MEMBER};;{{sid}})",
    '/I:T /G "assent@school.test:CCDC;user"': f"(OA;CI;CCDC;{USER};;{{sid}})",
    '/I:S /G "assent@school.test:RPWP;;user"': f"(OA;CIIO;RPWP;;{USER};{{sid}})",
    '/I:S /G "assent@school.test:CA;Reset Password;user"': f"(OA;CIIO;CR;{RESET};{USER};{{sid}})"}


class OpenLdap:
    """slapd whose account has the rights of READ_ONLY, and those that apply() gave it."""

    groups, people = slapd_fixture.GROUPS, slapd_fixture.PEOPLE
    another = f"cn=year-7,{groups}"
    somebody = slapd_fixture.pupil(0)

    def __init__(self, folder):
        self.server = Slapd(folder)
        self.give(READ_ONLY, alone=True)
        self.server.start()

    def give(self, rules, alone=False):
        lines = self.server.config.read_text().splitlines()
        if alone:
            lines = [line for line in lines if not line.startswith("access ")]
        at = next((at for at, line in enumerate(lines) if line.startswith("access ")),
                  lines.index("overlay ppolicy"))
        self.server.config.write_text("\n".join(lines[:at] + rules + lines[at:]) + "\n")

    def apply(self, lines):
        self.give([line for line in lines if line.startswith("access ")])
        self.server.end()
        self.server.start()

    def make_group(self, lines):
        self.add(lines)

    def add(self, lines):
        subprocess.run(["ldapadd", "-x", "-H", self.server.start_tls, *slapd_fixture.ADMIN],
                       input="\n".join(lines) + "\n", text=True, check=True, capture_output=True)

    def dump(self):
        """All there is, with the times and numbers of changes."""
        return subprocess.run(["ldapsearch", "-x", "-LLL", "-H", self.server.start_tls,
                               *slapd_fixture.ADMIN, "-b", slapd_fixture.BASE, "*", "+"],
                              text=True, check=True, capture_output=True).stdout

    def try_change(self, ldif):
        """What the directory answers to the service account."""
        return subprocess.run(
            ["ldapmodify", "-x", "-H", self.server.start_tls, "-D", ACCOUNT, "-w",
             slapd_fixture.SECRET], input=ldif, text=True, capture_output=True).returncode

    def close(self):
        self.server.end()


class ActiveDirectory:
    """A domain controller whose account is an ordinary user."""

    groups, people = samba_fixture.GROUPS, samba_fixture.PEOPLE
    another = f"CN=year-7,{groups}"
    somebody = samba_fixture.pupil(0)

    def __init__(self, folder, domain):
        self.server = samba_fixture.Samba(folder, domain)
        self.server.start()
        self.server.delete("-r", "OU=filter," + self.groups)  # the account may write there
        self.sid = self.read_sid()

    def read_sid(self):
        shown = self.server._as_admin("ldapsearch", "-LLL", "-b", samba_fixture.BASE,
                                      "(sAMAccountName=assent)", "objectSid", check=True).stdout
        data = base64.b64decode(re.search(r"objectSid:: (\S+)", shown)[1])
        parts = [int.from_bytes(data[at:at + 4], "little") for at in range(8, len(data), 4)]
        return "S-1-5-" + "-".join(map(str, parts))

    def give(self, sddl, dn):
        subprocess.run(["samba-tool", "dsacl", "set", "-H", f"{self.server.domain}/private/sam.ldb",
                        "-s", f"{self.server.domain}/smb.conf", f"--objectdn={dn}",
                        f"--sddl={sddl}"], check=True, capture_output=True)

    def apply(self, lines):
        """Windows' dsacls, done with Samba's tool: an access of the same meaning."""
        self.server.end()
        for line in lines:
            dn, grant = re.fullmatch(r'dsacls "([^"]+)" (.*)', line).groups()
            self.give(SDDL[grant].format(sid=self.sid), dn)
        self.server.start()

    def make_group(self, lines):
        line, = lines
        words = dict(zip(*[iter(shlex.split(line)[1:])] * 2))
        assert words["-GroupScope"] == "Global" and words["-GroupCategory"] == "Security"
        name, path = words["-Name"], words["-Path"]
        self.server.add(entry(f"CN={name},{path}", objectClass="group", cn=name,
                              sAMAccountName=name, groupType="-2147483646"))

    def dump(self):
        """Of people and groups; an account that signs in is changed by that."""
        return [self.server._as_admin("ldapsearch", "-LLL", "-b", base, "*", "uSNChanged",
                                      "nTSecurityDescriptor", check=True).stdout
                for base in (self.groups, self.people)]

    def try_change(self, ldif):
        return self.server._as_admin(
            "ldapmodify", by=("-D", "assent@school.test", "-w", samba_fixture.SECRET),
            input=ldif).returncode

    def close(self):
        self.server.close()


@pytest.fixture(params=["openldap", "ad"])
def directory(request, tmp_path_factory):
    folder = tmp_path_factory.mktemp("rights")
    if request.param == "openldap":
        made = OpenLdap(folder)
    else:
        made = ActiveDirectory(folder, request.getfixturevalue("domain"))
    try:
        yield made
    finally:
        made.close()


@pytest.fixture
def openldap(tmp_path_factory):
    made = OpenLdap(tmp_path_factory.mktemp("rights"))
    try:
        yield made
    finally:
        made.close()


@pytest.fixture
def check(directory, folder_for_service):
    return check_of(directory, folder_for_service)


@pytest.fixture
def slapd_rights(openldap, folder_for_service):
    return openldap, check_of(openldap, folder_for_service)


def service_with(directory, folder_for_service, more=""):
    """Of a school whose people are in the directory. `more` ends the school's file."""
    def edit(_, toml):
        toml = toml.replace('source               = "csv"', 'source = "ldap"')
        toml = toml.replace('"nsw-"', f'"{PREFIX}"')
        return toml + directory.server.section(group_base=directory.groups) + more
    return folder_for_service(schools=("kingsmead",), edit=edit).start()


def check_of(directory, folder_for_service, more=""):
    """The steps of a check that are of one state; `steps("bad")`."""
    return steps_of(service_with(directory, folder_for_service, more))


def steps_of(service):
    def steps(state):
        found = service.admins["kingsmead"].read("/v1/directory/check")["steps"]
        return [step for step in found if step["state"] == state]
    return steps


def make_groups(directory, check):
    missing = [step for step in check("bad") if step["what"].startswith("find group")]
    assert [step["what"] for step in missing] == ["find group " + PREFIX + level for level in LEVELS]
    for step in missing:
        directory.make_group(step["lines"])


def give_rights(directory, check):
    make_groups(directory, check)
    bad = check("bad")
    assert len(bad) == len(LEVELS) and all("may not" in step["said"] for step in bad), bad
    directory.apply([line for step in bad for line in step["lines"]])


def test_the_lines_that_the_check_prints_are_enough_and_nothing_is_changed_by_asking(directory, check):
    before = directory.dump()
    assert len(check("bad")) == len(LEVELS)
    assert directory.dump() == before
    give_rights(directory, check)
    before = directory.dump()
    assert check("bad") == [] and check("note") == [], check("note")
    assert directory.dump() == before


def test_the_directory_refuses_the_account_everything_else(directory, check):
    give_rights(directory, check)
    level, member = f"cn={PREFIX}ks3,{directory.groups}", directory.somebody
    change = "dn: {}\nchangetype: modify\n{}: {}\n{}: {}\n"
    assert directory.try_change(change.format(level, "add", "member", "member", member)) == 0
    assert directory.try_change(change.format(level, "delete", "member", "member", member)) == 0
    refused = {
        "another group": change.format(directory.another, "add", "member", "member",
                                       directory.another),
        "taking from another group": change.format(directory.another, "delete", "member", "member",
                                                   member),
        "a level's description": change.format(level, "add", "description", "description", "x"),
        "a level's name": f"dn: {level}\nchangetype: modrdn\nnewrdn: cn=x\ndeleteoldrdn: 1\n",
        "a level itself": f"dn: {level}\nchangetype: delete\n",
        "a person": change.format(member, "replace", "displayName", "displayName", "x"),
        "a person's password": change.format(member, "replace", *directory_password(directory)),
        "a person's place": f"dn: {member}\nchangetype: modrdn\nnewrdn: cn=x\ndeleteoldrdn: 1\n"
                            f"newsuperior: {directory.groups}\n",
        "removing a person": f"dn: {member}\nchangetype: delete\n",
        "a new group": f"dn: cn=new,{directory.groups}\nchangetype: add\n" + new_group(directory),
        "a new person": f"dn: cn=new,{directory.people}\nchangetype: add\n" + new_person(directory),
        "the rules of access": access_change(directory, level),
    }
    allowed = {what: code for what, ldif in refused.items()
               if (code := directory.try_change(ldif)) != 50}
    assert allowed == {}


def directory_password(directory):
    if isinstance(directory, OpenLdap):
        return "userPassword", "userPassword", "stolen"
    return "unicodePwd", "unicodePwd:", "IgBTAHQAbwBsAGUAbgAtADEAIgA="  # "Stolen-1" in quotes


def new_group(directory):
    return ("objectClass: groupOfNames\nmember: " + directory.somebody + "\n"
            if isinstance(directory, OpenLdap) else "objectClass: group\nsAMAccountName: new\n")


def new_person(directory):
    return ("objectClass: inetOrgPerson\nsn: new\n" if isinstance(directory, OpenLdap)
            else "objectClass: user\nsAMAccountName: new\n")


def access_change(directory, level):
    if isinstance(directory, OpenLdap):
        return ("dn: olcDatabase={1}mdb,cn=config\nchangetype: modify\nadd: olcAccess\n"
                "olcAccess: {0}to * by * write\n")
    return (f"dn: {level}\nchangetype: modify\nreplace: nTSecurityDescriptor\n"
            "nTSecurityDescriptor:: AQAEgAAAAAAAAAAAAAAAAAAAAAA=\n")


def test_rights_that_are_not_needed_are_named(directory, check):
    give_rights(directory, check)
    if isinstance(directory, OpenLdap):
        directory.apply([f'access to dn.subtree="{directory.groups}" attrs=member,description by '
                         f'dn.exact="{ACCOUNT}" write by * break',
                         f'access to dn.subtree="{directory.people}" attrs=userPassword by '
                         f'dn.exact="{ACCOUNT}" write by * break'])
    else:
        directory.server.end()
        for unit in (directory.groups, directory.people):
            directory.give(f"(A;CI;RPWP;;;{directory.sid})", unit)
        directory.server.start()
    assert check("bad") == []
    note, = check("note")
    assert note["what"] == "write no more than that" and "take these rights away" in note["said"]
    assert f" of cn={PREFIX}unsigned,{directory.groups}".lower() in note["said"].lower()
    assert " more: " in note["said"]


def test_half_a_right_is_none(slapd_rights):
    """To add and not to delete, and the other way round."""
    directory, check = slapd_rights
    make_groups(directory, check)
    for letter in "az":
        directory.apply([f'access to dn.subtree="{directory.groups}" attrs=member by '
                         f'dn.exact="{ACCOUNT}" =rsc{letter} by * break'])
        assert len([step for step in check("bad") if "may not" in step["said"]]) == len(LEVELS)


def test_the_lines_for_cn_config_are_enough(slapd_rights):
    directory, check = slapd_rights
    make_groups(directory, check)
    lines = [step["lines"] for step in check("bad")]
    server = directory.server
    server.end()
    server.config.write_text(server.config.read_text().replace(
        "database mdb\n", "database config\nrootpw config-secret\ndatabase mdb\n"))
    server.start()
    for step in lines:
        ldif = "\n".join(step[step.index("dn: olcDatabase={1}mdb,cn=config"):]) + "\n"
        subprocess.run(["ldapmodify", "-x", "-H", server.start_tls, "-D", "cn=config", "-w",
                        "config-secret"], input=ldif, text=True, check=True, capture_output=True)
    assert check("bad") == []


def test_a_group_that_would_be_empty_and_one_above_are_named(slapd_rights):
    directory, check = slapd_rights
    give_rights(directory, check)
    ks3 = f"cn={PREFIX}ks3,{directory.groups}"
    directory.server.change(
        f"dn: {ks3}\nchangetype: modify\nreplace: member\nmember: {directory.somebody}\n\n"
        f"dn: {directory.another}\nchangetype: modify\nadd: member\nmember: {ks3}\n")
    last, above = sorted(check("note"), key=lambda step: step["what"])
    assert last["what"] == "empty " + ks3 and "groupOfMembers" in last["said"]
    directory.server.change("\n".join(last["lines"]) + "\n")
    assert directory.another in above["said"]
    assert [step["what"] for step in check("note")] == ["groups above " + ks3]
