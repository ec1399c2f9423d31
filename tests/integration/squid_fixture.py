"""Squid as packaging/squid/assent.conf sets it up, with names and addresses of a test."""

import pathlib
import re
import shutil
import subprocess

from service_fixture import SOURCE, wait_for
from slapd_fixture import BASE, LIMITED, SECRET

SAMPLE = SOURCE / "packaging/squid/assent.conf"
PORT = 3128
SIGNING_PAGE, LESSON, SOCIAL = "aup.school.example", "lesson.example", "chat.social.example"
SEES_GROUPS_WITHIN = 2  # seconds: the ttl
AROUND = """\
http_port 127.0.0.1:{port}
pid_filename none
cache deny all
access_log none
cache_log {folder}/cache.log
coredump_dir {folder}
hosts_file {hosts}
pinger_enable off
shutdown_lifetime 1 seconds
"""


def adapted(text, slapd, password):
    """The sample with the test's names. Each must stand in it, so that it cannot drift away."""
    changes = {"ldaps://ldap.school.example": slapd.ldaps, "dc=school,dc=example": BASE,
               "cn=filter-reader,ou=services," + BASE: LIMITED,
               "/etc/squid/ldap-password": str(password), "302:https://": "302:http://",
               "level filter-": "level nsw-"}
    for old, new in changes.items():
        assert old in text, old
        text = text.replace(old, new)
    text, times = re.subn(r"\bttl=60 negative_ttl=60",
                          f"ttl={SEES_GROUPS_WITHIN} negative_ttl={SEES_GROUPS_WITHIN}", text)
    assert times == 1
    return re.sub(r"children 20 startup=5|children-max=20 children-startup=2",
                  lambda old: re.sub(r"\d+", "2", old[0]), text)


class Squid:
    """Runs in the private machine `lab`, before a web server that has every site."""

    def __init__(self, lab, slapd):
        assert shutil.which("squid", path="/usr/sbin"), "squid is not installed: ./dev setup test"
        self.lab, self.folder = lab, lab.folder / "squid"
        self.folder.mkdir()
        shutil.chown(self.folder, "proxy", "proxy")
        password, hosts = self.folder / "password", self.folder / "hosts"
        password.write_text(SECRET)  # without a line end
        hosts.write_text(f"127.0.0.1 {SIGNING_PAGE} {LESSON} {SOCIAL}\n")
        config = self.folder / "squid.conf"
        config.write_text(AROUND.format(port=PORT, folder=self.folder, hosts=hosts)
                          + adapted(SAMPLE.read_text(), slapd, password))
        site = pathlib.Path(self.folder / "site")
        site.mkdir()
        (site / "index.html").write_text("a page\n")
        lab.start(["python3", "-m", "http.server", "80", "--bind", "127.0.0.1", "--directory", site])
        lab.start(["env", f"LDAPTLS_CACERT={slapd.authority.file}", "/usr/sbin/squid", "-N", "-f",
                   config])
        wait_for("squid", lambda: self.browse("nobody", SIGNING_PAGE)[0] == "200")

    def browse(self, login, host, password="pw"):
        """The status that a browser gets, and where it is sent."""
        got = subprocess.run(self.lab.command(
            ["curl", "-s", "-o", "/dev/null", "-m", "5", "-x", f"http://127.0.0.1:{PORT}", "-U",
             f"{login}:{password}", "-w", "%{http_code} %{redirect_url}", f"http://{host}/"]),
            capture_output=True, text=True).stdout
        status, _, sent_to = got.partition(" ")
        return status, sent_to
