"""A school's OpenLDAP: slapd in a folder of its own, on free ports of the loopback, with its own
certificates. It is stopped by its process id, and can be killed, stopped and let go again."""

import base64
import pathlib
import re
import shutil
import signal
import socket
import subprocess

import pytest

from certificates import Authority
from service_fixture import wait_for

BASE = "dc=school,dc=test"
PEOPLE = "ou=people," + BASE
GROUPS = "ou=groups," + BASE
ACCOUNT = "cn=assent,ou=services," + BASE   # reads all of it
LIMITED = "cn=limited,ou=services," + BASE  # the server gives it five entries
BLIND = "cn=blind,ou=services," + BASE      # may not see the groups
NOBODY = "cn=nobody,ou=services," + BASE    # in groups that may not be empty
LEVELS = ("unsigned", "restricted", "supervised", "visitor", "community", "ks3", "ks4", "ks5",
          "staff-limited", "staff")
SECRET = "svc-secret"
ADMIN = ("-D", "cn=admin," + BASE, "-w", "admin-secret")
SLAPD = shutil.which("slapd", path="/usr/sbin:/usr/bin:/usr/local/sbin")
LOCKED_FOR_GOOD = "000001010000Z"

CONFIG = """\
include /etc/ldap/schema/core.schema
include /etc/ldap/schema/cosine.schema
include /etc/ldap/schema/inetorgperson.schema
modulepath /usr/lib/ldap
moduleload back_mdb
moduleload ppolicy
moduleload syncprov
pidfile {folder}/slapd.pid
sizelimit 500
TLSCACertificateFile {authority}
TLSCertificateFile {certificate}
TLSCertificateKeyFile {key}
database mdb
directory {folder}/db
maxsize 4294967296
suffix "{base}"
rootdn "cn=admin,{base}"
rootpw admin-secret
index objectClass,uid,cn,entryUUID,member eq
sortvals member
limits dn.exact="{account}" size=unlimited size.prtotal=unlimited
limits dn.exact="{limited}" size=5 size.prtotal=5
access to attrs=userPassword by anonymous auth by * none
access to dn.regex="^cn=nsw-[^,]+,{groups}$" attrs=member by dn.exact="{account}" write by users read
access to dn.subtree="{groups}" by dn.exact="{blind}" none by users read
access to * by users read by * none
overlay ppolicy
overlay syncprov
"""


def entry(dn, **attributes):
    lines = [f"dn:: {base64.b64encode(dn.encode()).decode()}"]
    for name, values in attributes.items():
        for value in [values] if isinstance(values, str) else values:
            lines.append(f"{name}:: {base64.b64encode(value.encode()).decode()}")
    return "\n".join(lines) + "\n\n"


def unit(name, above):
    return entry(f"ou={name},{above}", objectClass="organizationalUnit", ou=name)


def person(uid, above, **more):
    return entry(f"uid={uid},{above}", objectClass=["inetOrgPerson"], uid=uid, sn=uid, cn=uid,
                 displayName="Name of " + uid, **more)


def group(name, members):
    return entry(f"cn={name},{GROUPS}", objectClass="groupOfNames", cn=name, member=members)


def pupil(number):
    return f"uid=pupil{number},ou=year {7 + number % 5},ou=students,{PEOPLE}"


def school_of(pupils):
    """Five years of pupils, six of staff, groups within groups, and accounts that must not count."""
    out = entry(BASE, objectClass=["dcObject", "organization"], dc="school", o="School")
    for name in ("people", "groups", "services"):
        out += unit(name, BASE)
    for dn in (ACCOUNT, LIMITED, BLIND, NOBODY):
        out += entry(dn, objectClass=["organizationalRole", "simpleSecurityObject"],
                     cn=re.match("cn=([a-z]+)", dn)[1], userPassword=SECRET)
    for name in ("staff", "students"):
        out += unit(name, PEOPLE)
    for year in range(7, 12):
        out += unit(f"year {year}", "ou=students," + PEOPLE)
    for number in range(6):
        out += person(f"staff{number}", "ou=staff," + PEOPLE, employeeNumber=f"S{number}")
    for number in range(pupils):
        out += person(f"pupil{number}", pupil(number).split(",", 1)[1],
                      employeeNumber=f"P{number}", departmentNumber=f"Year {7 + number % 5}")
    students = "ou=students," + PEOPLE
    out += person("disabled", students, pwdAccountLockedTime=LOCKED_FOR_GOOD)
    out += person("expired", students, pwdEndTime="20200101000000Z")
    out += person("guessed", students, pwdAccountLockedTime="20200101000000Z")
    for year in range(7, 12):
        members = [pupil(n) for n in range(pupils) if n % 5 == year - 7]
        out += group(f"year-{year}", members or [ACCOUNT])
    for level in LEVELS:
        out += group("nsw-" + level, [NOBODY])
    out += group("lower-school", [f"cn=year-{year},{GROUPS}" for year in (7, 8)])
    return out + group("SM-Requested", [f"cn=lower-school,{GROUPS}", f"uid=staff0,ou=staff,{PEOPLE}"])


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def section_of(keys, form="departmentNumber"):
    """A [directory] table; `form` is the attribute that holds a pupil's year."""
    def toml(value):
        if isinstance(value, dict):
            return "{ " + ", ".join(f"{key} = {toml(each)}" for key, each in value.items()) + " }"
        return f'"{value}"' if isinstance(value, (str, pathlib.Path)) else value

    lines = [f"{key} = {toml(value)}" for key, value in keys.items()]
    return "\n[directory]\n" + "\n".join(lines) + f"""
attributes = {{ mis_id = "employeeNumber", form = "{form}" }}
rules = [
  {{ who = "ou:Staff", role = "staff" }},
  {{ who = "ou:Students", role = "student", year = "attr:{form}" }},
  {{ who = ["group:year-7", "group:year-8", "group:year-9"], stage = "ks3" }},
]
"""


AS_LDIF = ("-x", "-LLL", "-o", "ldif-wrap=no", "-s", "base")


def values_of(ldif):
    """One entry's values, by attribute in lower case."""
    out = {}
    for name, colons, value in re.findall(r"(?m)^([^:\s]+)(::?) (.*)$", ldif):
        text = base64.b64decode(value).decode(errors="replace") if colons == "::" else value
        out.setdefault(name.lower(), []).append(text)
    return out


class Slapd:
    kind, base, people, groups, pupil = "openldap", BASE, PEOPLE, GROUPS, staticmethod(pupil)
    stranger = LIMITED  # an account that is nobody of the school

    @staticmethod
    def person(login, unit):
        return f"uid={login},ou={unit},{PEOPLE}"

    def staff(self, number):
        return self.person(f"staff{number}", "staff")

    def __init__(self, folder, pupils=30, hosts=("127.0.0.1",), inside=()):
        """`inside` begins every command: where it runs, and who asks it."""
        self.folder, self.inside, self.process = folder, inside, None
        self.port, self.tls_port = free_port(), free_port()
        (folder / "db").mkdir()
        self.authority = Authority(folder)
        self.config = folder / "slapd.conf"
        self.password_file = folder / "password"
        self.password_file.write_text(SECRET + "\n")
        self.password_file.chmod(0o600)
        self.use_certificate(*self.authority.issue("server", hosts))
        subprocess.run([SLAPD, "-T", "add", "-q", "-f", self.config], input=school_of(pupils),
                       text=True, check=True, capture_output=True)

    def use_certificate(self, certificate, key):
        """Takes effect when it is started again."""
        self.config.write_text(CONFIG.format(
            folder=self.folder, authority=self.authority.file, certificate=certificate, key=key,
            base=BASE, account=ACCOUNT, limited=LIMITED, blind=BLIND, groups=GROUPS))

    def without_overlay(self, name):
        """Takes effect when it is started again."""
        self.config.write_text(self.config.read_text().replace("overlay " + name, ""))

    def with_overlay(self, name, *settings):
        """Takes effect when it is started again."""
        text = self.config.read_text().replace("moduleload ppolicy", f"moduleload ppolicy\nmoduleload {name}")
        self.config.write_text(text + "\n".join([f"overlay {name}", *settings]) + "\n")

    @property
    def server(self):
        """Host and port of TLS."""
        return "127.0.0.1", self.tls_port

    @property
    def start_tls(self):
        return f"ldap://127.0.0.1:{self.port}"

    @property
    def ldaps(self):
        return f"ldaps://127.0.0.1:{self.tls_port}"

    def start(self):
        listen = f"{self.start_tls}/ {self.ldaps}/"
        self.process = subprocess.Popen([*self.inside, SLAPD, "-d", "0", "-f", self.config, "-h", listen],
                                        stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        wait_for("slapd", self._answers)
        return self

    def _answers(self):
        assert self.process.poll() is None, "slapd ended"
        return subprocess.run([*self.inside, "ldapsearch", "-x", "-H", self.start_tls, "-s", "base", "-b", "", "1.1"],
                              capture_output=True).returncode == 0

    def send(self, how):
        """By the number that it has where it runs."""
        number = (self.folder / "slapd.pid").read_text().strip()
        subprocess.run([*self.inside, "kill", f"-{int(how)}", number], check=True)
        if how == signal.SIGSTOP:  # it is told to each thread, and one may still answer meanwhile
            running = f"grep -h ^State: /proc/{number}/task/*/status | grep -qv 'T (stopped)'"
            subprocess.run([*self.inside, "sh", "-c", f"while {running}; do :; done"], check=True,
                           timeout=10)

    def end(self, how=signal.SIGTERM):
        process, self.process = self.process, None
        if process is None:
            return
        self.send(signal.SIGCONT)
        self.send(how)
        process.wait(20)

    def change(self, ldif):
        """ldapmodify's language, as the directory's own admin."""
        subprocess.run([*self.inside, "ldapmodify", "-x", "-H", self.start_tls, *ADMIN], input=ldif, text=True,
                       check=True, capture_output=True)

    def find(self, base, *attributes):
        return values_of(subprocess.run(
            [*self.inside, "ldapsearch", *AS_LDIF, "-H", self.start_tls, *ADMIN, "-b", base, *attributes],
            text=True, check=True, capture_output=True).stdout)

    def level_group(self, level):
        return f"cn=nsw-{level},{GROUPS}"

    def members(self, level):
        return set(self.find(self.level_group(level), "member")["member"]) - {NOBODY}

    def add_person(self, login, unit, **more):
        subprocess.run([*self.inside, "ldapadd", "-x", "-H", self.start_tls, *ADMIN], text=True, check=True,
                       input=person(login, f"ou={unit},{PEOPLE}", **more), capture_output=True)

    def rename(self, name, login, unit):
        """Another login in another unit."""
        self.change(f"dn: {name}\nchangetype: modrdn\nnewrdn: uid={login}\ndeleteoldrdn: 1\n"
                    f"newsuperior: ou={unit},{PEOPLE}\n")

    def leave(self, name):
        self.delete(name)

    def delete(self, *names):
        subprocess.run([*self.inside, "ldapdelete", "-x", "-H", self.start_tls, *ADMIN, *names], check=True,
                       capture_output=True)

    def section(self, url=None, **more):
        """The [directory] table that describes it; `more` replaces keys."""
        return section_of({"kind": "openldap", "url": url or self.ldaps,
                           "ca_file": str(self.authority.file), "bind_dn": ACCOUNT,
                           "password_file": str(self.password_file), "base": PEOPLE,
                           "group_base": GROUPS, "placeholder": NOBODY, "timeout_seconds": 2, **more})


@pytest.fixture
def slapd(tmp_path_factory):
    if SLAPD is None:
        pytest.skip("slapd is not installed: ./dev setup test")
    server = Slapd(tmp_path_factory.mktemp("slapd"))
    try:
        yield server.start()
    finally:
        server.end()
