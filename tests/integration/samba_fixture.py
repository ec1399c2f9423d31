"""A school's Active Directory: Samba as a domain controller in a network namespace of its own, with
its own certificate and the same people as slapd_fixture.py. Making the domain takes ten seconds and
is done once; each test has a copy, which starts in one. It is one process, stopped by its id. The
parts of a controller that are not asked (DNS, Kerberos, files) do not run."""

import os
import re
import shutil
import signal
import subprocess

import pytest

from certificates import Authority
from network_namespace import Namespace
from service_fixture import wait_for
from slapd_fixture import AS_LDIF, LEVELS, entry, section_of, values_of

BASE = "DC=school,DC=test"
PEOPLE = "OU=people," + BASE
GROUPS = "OU=groups," + BASE
FILTER = "OU=filter," + GROUPS  # the level groups: Assent may change their members
SERVICES = "OU=services," + BASE
ADMIN = ("-D", "Administrator@school.test", "-w", "Adm1n-Passw0rd")
SECRET = "Svc-Secret-1"
PROVISION = ("samba-tool", "domain", "provision", "--realm=SCHOOL.TEST", "--domain=SCHOOL",
             "--server-role=dc", "--dns-backend=NONE", "--host-name=dc1", "--host-ip=127.0.0.1",
             "--adminpass=" + ADMIN[3])
ENABLED, DISABLED = "544", "546"  # userAccountControl of accounts that need no password
LONG_AGO = "132223104000000000"   # 1 January 2020 in steps of 100 ns since 1601

# Of the schema: the attribute and the class (Active Directory names them so in an access rule).
MEMBER, GROUP = "bf9679c0-0de6-11d0-a285-00aa003049e2", "bf967a9c-0de6-11d0-a285-00aa003049e2"

CONFIG = """\
[global]
workgroup = SCHOOL
realm = SCHOOL.TEST
netbios name = DC1
server role = active directory domain controller
server services = ldap
private dir = {folder}/private
lock directory = {folder}
state directory = {folder}/state
cache directory = {folder}/cache
binddns dir = {folder}/bind-dns
pid directory = {folder}/run
ncalrpc dir = {folder}/run/ncalrpc
winbindd socket directory = {folder}/run/winbindd
ntp signd socket directory = {folder}/run/ntp
log file = {folder}/log
logging = file
tls cafile = {authority}
tls certfile = {certificate}
tls keyfile = {key}
[sysvol]
path = {folder}/state/sysvol
"""


def unit(name, above):
    return entry(f"OU={name},{above}", objectClass="organizationalUnit", ou=name)


def person(login, above, state=ENABLED, **more):
    return entry(f"CN={login},{above}", objectClass="user", cn=login, sAMAccountName=login,
                 displayName="Name of " + login, userAccountControl=state, **more)


def group(name, members, above=GROUPS):
    return entry(f"CN={name},{above}", objectClass="group", cn=name, sAMAccountName=name,
                 member=members)


def pupil(number):
    return f"CN=pupil{number},OU=year {7 + number % 5},OU=students,{PEOPLE}"


def school_of(pupils):
    """As in slapd_fixture.py."""
    out = "".join(unit(name, BASE) for name in ("people", "groups", "services"))
    out += "".join(unit(name, PEOPLE) for name in ("staff", "students"))
    students = "OU=students," + PEOPLE
    out += "".join(unit(f"year {year}", students) for year in range(7, 12))
    out += entry("CN=assent," + SERVICES, objectClass="user", cn="assent", sAMAccountName="assent",
                 userPrincipalName="assent@school.test", userAccountControl="512",
                 unicodePwd=password(SECRET))
    for number in range(6):
        out += person(f"staff{number}", "OU=staff," + PEOPLE, employeeNumber=f"S{number}")
    for number in range(pupils):
        out += person(f"pupil{number}", pupil(number).split(",", 1)[1],
                      employeeNumber=f"P{number}", department=f"Year {7 + number % 5}")
    out += person("disabled", students, DISABLED)
    out += person("expired", students, accountExpires=LONG_AGO)
    out += person("guessed", students, "512", unicodePwd=password("Guessed-It-1"))
    for year in range(7, 12):
        out += group(f"year-{year}", [pupil(n) for n in range(pupils) if n % 5 == year - 7])
    out += unit("filter", GROUPS) + "".join(group("nsw-" + level, [], FILTER) for level in LEVELS)
    out += group("lower-school", [f"CN=year-{year},{GROUPS}" for year in (7, 8)])
    return out + group("SM-Requested",
                       [f"CN=lower-school,{GROUPS}", f"CN=staff0,OU=staff,{PEOPLE}"])


def password(text):
    """As Active Directory takes one; entry() writes UTF-8, which these bytes are too."""
    return f'"{text}"'.encode("utf-16-le").decode()


LOCK_AFTER_THREE = f"dn: {BASE}\nchangetype: modify\nreplace: lockoutThreshold\nlockoutThreshold: 3\n"


class Samba:
    kind, secret = "ad", SECRET
    base, people, groups, pupil = BASE, PEOPLE, GROUPS, staticmethod(pupil)
    stranger = "CN=assent," + SERVICES

    @staticmethod
    def person(login, unit):
        return f"CN={login},OU={unit},{PEOPLE}"

    def staff(self, number):
        return self.person(f"staff{number}", "staff")

    def __init__(self, folder, domain):
        """Over a copy of `domain`, a folder that make_domain() made."""
        self.folder, self.process = folder, None
        self.domain = folder / "domain"
        shutil.copytree(domain, self.domain, ignore=shutil.ignore_patterns("ldapi"))  # sockets
        self.network = Namespace()
        self.authority = Authority(folder)
        self.password_file = folder / "password"
        self.password_file.write_text(SECRET + "\n")
        self.password_file.chmod(0o600)
        self.use_certificate(*self.authority.issue(
            "server", ["127.0.0.1", self.network.address]))

    def use_certificate(self, certificate, key):
        """Takes effect when it is started again."""
        key.chmod(0o600)
        (self.domain / "smb.conf").write_text(CONFIG.format(
            folder=self.domain, authority=self.authority.file, certificate=certificate, key=key))

    @property
    def server(self):
        """Host and port of TLS."""
        return self.network.address, 636

    @property
    def start_tls(self):
        return "ldap://" + self.network.address

    @property
    def ldaps(self):
        return "ldaps://" + self.network.address

    def start(self):
        for part in ("ncalrpc", "winbindd"):
            (self.domain / "run" / part).mkdir(parents=True, exist_ok=True)
        self.process = subprocess.Popen(
            self.network.command("samba", "--foreground", "--no-process-group", "--model=single",
                                 f"--configfile={self.domain}/smb.conf"),
            stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        wait_for("samba", self._answers)
        return self

    def _answers(self):
        assert self.process.poll() is None, "samba ended: " + (self.domain / "log").read_text()
        return subprocess.run(["ldapsearch", "-x", "-H", self.start_tls, "-s", "base", "-b", "", "1.1"],
                              capture_output=True).returncode == 0

    def send(self, how):
        self.process.send_signal(how)

    def end(self, how=signal.SIGTERM):
        process, self.process = self.process, None
        if process is None:
            return
        process.send_signal(signal.SIGCONT)
        process.send_signal(how)
        process.wait(20)
        process.stdin.close()

    def close(self):
        self.end()
        self.network.end()

    def _as_admin(self, program, *more, by=ADMIN, **how):
        return subprocess.run(
            [program, "-x", "-H", self.ldaps, *by, *more], text=True, capture_output=True,
            env={**os.environ, "LDAPTLS_CACERT": str(self.authority.file)}, **how)

    def change(self, ldif):
        """ldapmodify's language, as the domain's own admin."""
        self._as_admin("ldapmodify", input=ldif, check=True)

    def add(self, ldif):
        self._as_admin("ldapadd", input=ldif, check=True)

    def add_person(self, login, unit, **more):
        self.add(person(login, f"OU={unit},{PEOPLE}", **more))

    def rename(self, name, login, unit):
        """Another login in another unit."""
        self.change(f"dn: {name}\nchangetype: modrdn\nnewrdn: CN={login}\ndeleteoldrdn: 1\n"
                    f"newsuperior: OU={unit},{PEOPLE}\n\ndn: CN={login},OU={unit},{PEOPLE}\n"
                    f"changetype: modify\nreplace: sAMAccountName\nsAMAccountName: {login}\n")

    def leave(self, name):
        """As schools do it: the account is disabled."""
        self.change(f"dn: {name}\nchangetype: modify\nreplace: userAccountControl\n"
                    f"userAccountControl: {DISABLED}\n")

    def delete(self, *names):
        self._as_admin("ldapdelete", *names, check=True)

    def find(self, base, *attributes):
        return values_of(self._as_admin("ldapsearch", *AS_LDIF[1:], "-b", base, *attributes,
                                        check=True).stdout)

    def level_group(self, level):
        return f"CN=nsw-{level},{FILTER}"

    def members(self, level):
        return set(self.find(self.level_group(level), "member").get("member", ()))

    def delegate_members(self):
        """`member` of the groups below FILTER, to Assent's account alone; while it is stopped."""
        sid = self._offline("user", "show", "assent", "--attributes=objectSid")
        account = re.search("S-1-[0-9-]+", sid)[0]
        self._offline("dsacl", "set", "--objectdn=" + FILTER,
                      f"--sddl=(OA;CIIO;RPWP;{MEMBER};{GROUP};{account})")

    def _offline(self, *arguments):
        return subprocess.run(
            ["samba-tool", *arguments, "-H", self.domain / "private/sam.ldb",
             f"--configfile={self.domain}/smb.conf"],
            text=True, check=True, capture_output=True).stdout

    def lock_by_guessing(self, login):
        for _ in range(3):
            tried = self._as_admin("ldapsearch", "-s", "base", by=("-D", login, "-w", "wrong"))
            assert tried.returncode == 49, tried

    def section(self, url=None, **more):
        return section_of({"kind": "ad", "url": url or self.ldaps,
                           "ca_file": str(self.authority.file), "bind_dn": "assent@school.test",
                           "password_file": str(self.password_file), "base": PEOPLE,
                           "group_base": BASE, "timeout_seconds": 2, **more}, form="department")


def make_domain(folder, pupils=30):
    empty = folder / "empty"
    subprocess.run([*PROVISION, f"--targetdir={empty}"], check=True, capture_output=True)
    server = Samba(folder, empty)
    try:
        server.start()
        server.change(LOCK_AFTER_THREE)
        server.add(school_of(pupils))
        server.lock_by_guessing("guessed@school.test")
        server.end()
        server.delegate_members()
    finally:
        server.close()
    return server.domain


@pytest.fixture(scope="session")
def domain(tmp_path_factory):
    assert os.geteuid() == 0 and shutil.which("samba", path="/usr/sbin"), \
        "a domain controller needs root and the packages of ./dev setup test"
    return make_domain(tmp_path_factory.mktemp("domain"))


@pytest.fixture
def samba(domain, tmp_path_factory):
    server = Samba(tmp_path_factory.mktemp("samba"), domain)
    try:
        yield server.start()
    finally:
        server.close()
