"""From the login screen to the web filter, all of it real: login(1) with pam_assent, assent-agent,
assentd, slapd, and Squid as packaging/squid sets it up (docs/filters.md; R22)."""

import time

import pexpect
import pytest
from lab import Lab, wait_for as wait_in_lab
from real_gate import PROGRAMS, SERVICE, RealGate

from pam_lab_fixture import module_path
from service_fixture import wait_for
from slapd_fixture import GROUPS, Slapd
from squid_fixture import LESSON, PORT, SEES_GROUPS_WITHIN, SIGNING_PAGE, SOCIAL, Squid
from test_pam_sshd import answer, give_password

PEOPLE = ("amira", "tomasz", "jo")
LEVELS = """
levels = ["unsigned", "ks3", "staff"]
level = [
  { state = "unsigned", level = "unsigned" },
  { audience = "staff", level = "staff" },
  { audience = "student", level = "ks3" },
]
"""
SCHOOL = """title = "Oakfield"
audience = [{{ who = "role:student", owes = ["student"] }}, {{ who = "role:staff", owes = ["staff"] }}]
{levels}
[filter]
group_prefix = "nsw-"
sees_groups_within = "1m"
[stage]
ks2 = "ks2"
[policy.student]
enforcement = "enforce"
on_decline = "level:unsigned"
on_help = "level:unsigned"
[roster]
source = "ldap"
{directory}
"""


class DirectoryGate(RealGate):
    """The real service and agent, with people and levels in a directory of the same machine."""

    def __init__(self, lab):
        folder = lab.folder / "slapd"
        folder.mkdir()
        self.slapd = Slapd(folder, inside=lab.inside).start()
        for login in PEOPLE:
            self.slapd.add_person(login, "students", employeeNumber=login, userPassword="pw",
                                  departmentNumber="Year 4")
        self.school = SCHOOL.format(levels=LEVELS, directory=self.slapd.section())
        super().__init__(lab, wait_in_lab)

    def enrol_people(self):
        path = "/v1/roster/imports/" + self.post("/v1/roster/imports", {"source": "ldap"})["import"]
        wait_for("the directory", lambda: self.call("GET", path)["ready"])
        self.post(path + "/apply", {})
        wait_for("first levels", lambda: self.level("amira")["applied"]["done"])

    enforced = True  # from the version's first day

    def level(self, login):
        return self.call("GET", f"/v1/people/{login}/level")


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    folder = tmp_path_factory.mktemp("filter")
    folder.chmod(0o755)
    folder.parent.chmod(0o755)
    private = Lab(folder, module_path(), DirectoryGate)
    private.squid = Squid(private, private.gate.slapd)
    yield private
    private.close()


def gets(lab, login, host, status):
    """Waits until the browser gets `status`, and says how long that took and where it was sent."""
    begun, seen = time.monotonic(), []

    def there():
        seen.append(lab.squid.browse(login, host))
        return seen[-1][0] == status
    try:
        wait_for(f"{status} for {login} at {host}", there)
    except AssertionError as late:
        raise AssertionError(f"{late}; it got {sorted(set(seen))}") from None
    return time.monotonic() - begun, seen[-1][1]


def test_who_has_not_signed_is_sent_to_the_page_and_gets_through_once_they_have(lab):
    _, sent_to = gets(lab, "amira", LESSON, "302")
    assert sent_to == f"http://{SIGNING_PAGE}/"
    assert lab.squid.browse("amira", SIGNING_PAGE)[0] == "200"
    terminal = lab.terminal(["login", "-h", "localhost", "amira"])
    give_password(terminal)
    answer(terminal, "agree")
    terminal.expect(r"Your websites should be open by \d\d:\d\d\.")
    terminal.expect(r"\$ ")
    took, _ = gets(lab, "amira", LESSON, "200")
    print(f"websites were open {took:.1f} s after the answer; the filter sees groups within "
          f"{SEES_GROUPS_WITHIN} s")
    terminal.close(force=True)
    assert lab.gate.answers("amira") == [("agree", False, True)]
    assert lab.squid.browse("amira", SOCIAL)[0] == "403"  # ks3 has no social sites
    assert lab.squid.browse("tomasz", LESSON)[0] == "302"  # and nobody else was let through


def test_a_level_that_is_changed_by_hand_closes_it_until_it_is_put_right(lab):
    member = "uid=tomasz,ou=students,ou=people,dc=school,dc=test"
    lab.gate.post("/v1/people/tomasz/answers", {"act": "agree", "policy": "student", "how": "paper"})
    gets(lab, "tomasz", LESSON, "200")
    lab.gate.slapd.change(f"dn: cn=nsw-unsigned,{GROUPS}\nchangetype: modify\nadd: member\n"
                          f"member: {member}\n")
    gets(lab, "tomasz", LESSON, "302")
    lab.gate.post("/v1/levels/reconcile", {})
    gets(lab, "tomasz", LESSON, "200")


def probe(lab, password):
    """assentctl watching the filter as jo, with `password` given at its prompt."""
    watch = lab.terminal([PROGRAMS / "assentctl", "--url", SERVICE, "--token-file",
                          lab.gate.folder / "token", "level", "drift", "--probe", "jo", "--page",
                          f"http://{LESSON}/", "--proxy", f"127.0.0.1:{PORT}", "--within", "5m"])
    watch.expect("Password of jo at the proxy: ")
    watch.sendline(password)
    return watch


def test_how_long_the_filter_takes_is_measured(lab):
    watch = probe(lab, "pw")
    watch.expect(f"answers 302 to http://{SIGNING_PAGE}/")
    watch.expect("Ctrl-C ends the watch")
    watch.expect("waiting for the level to change")
    lab.gate.post("/v1/people/jo/answers", {"act": "agree", "policy": "student", "how": "paper"})
    watch.expect("unsigned, then ks3, in the directory at ")
    watch.expect(f"302 to http://{SIGNING_PAGE}/, then 200")
    watch.expect(r"at most (\d+) seconds?")
    assert 1 <= int(watch.match[1]) <= SEES_GROUPS_WITHIN + 8  # looks are a second apart
    watch.expect(r'sees_groups_within = "1m"')
    watch.expect("the longest")


def test_a_probe_that_is_stopped_or_refused_changes_nothing(lab):
    refused = probe(lab, "wrong")
    refused.expect("the proxy does not accept this login and password")
    before = lab.gate.level("jo")
    watch = probe(lab, "pw")
    watch.expect("waiting for the level to change")
    watch.sendintr()
    watch.expect(pexpect.EOF)
    assert lab.gate.level("jo") == before


def test_a_wrong_password_and_a_directory_that_is_away_let_nobody_through(lab):
    assert lab.squid.browse("amira", LESSON, "wrong")[0] == "407"
    lab.gate.slapd.end()
    gets(lab, "tomasz", LESSON, "302")  # Squid still knows the password, and can ask no group
    assert lab.squid.browse("amira", LESSON, "another")[0] == "407"
    lab.gate.slapd.start()
    gets(lab, "tomasz", LESSON, "200")
