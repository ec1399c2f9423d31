"""packaging/opennds: what the installer writes, and what assent-cut does with odd answers."""

import os
import subprocess

import pytest

from opennds_fixture import INSTALL
from service_fixture import SOURCE, wait_for

DEBIAN = """# as Debian has it
GatewayInterface wlan0
FirewallRuleSet users-to-router {
    FirewallRule allow udp port 53
}
fas_secure_enabled 1
faskey 1234567890
"""


@pytest.fixture
def gateway(tmp_path):
    (tmp_path / "opennds.conf").write_text(DEBIAN)
    return tmp_path


def install(folder, *more, **options):
    given = {"url": "https://aup.test/portal/kingsmead/hall", "portal-ip": "10.20.0.2",
             "interface": "br0", "conf": folder / "opennds.conf", "secret": folder / "faskey",
             "libdir": folder / "lib", "unitdir": folder / "units", **options}
    words = [word for name, value in given.items() for word in ("--" + name, str(value))]
    return subprocess.run([INSTALL, *words, *more], capture_output=True, text=True)


def test_a_rehearsal_changes_nothing(gateway):
    done = install(gateway, "--dry-run")
    assert done.returncode == 0 and "would write" in done.stdout
    assert os.listdir(gateway) == ["opennds.conf"]
    assert (gateway / "opennds.conf").read_text() == DEBIAN


def test_it_sets_level_three_and_leaves_the_rest(gateway):
    assert install(gateway).returncode == 0
    conf = (gateway / "opennds.conf").read_text()
    key = (gateway / "faskey").read_text()
    for line in ("fas_secure_enabled 3", "GatewayName hall", "fasport 443", "fasremoteip 10.20.0.2",
                 "fasremotefqdn aup.test", "faspath /portal/kingsmead/hall", f"faskey {key}",
                 "enable_serial_number_suffix 0", "    FirewallRule allow udp port 53"):
        assert conf.splitlines().count(line) == 1, line
    assert "1234567890" not in conf and "wlan0" not in conf and len(key) == 24
    for secret in ("opennds.conf", "faskey"):
        assert (gateway / secret).stat().st_mode & 0o777 == 0o600
    assert (gateway / "opennds.conf.before-assent").read_text() == DEBIAN
    assert str(gateway / "lib/assent-cut") in (gateway / "units/assent-cut.service").read_text()


def test_again_it_changes_nothing(gateway):
    install(gateway)
    before = (gateway / "opennds.conf").read_text()
    assert "Nothing to do" in install(gateway).stdout
    assert (gateway / "opennds.conf").read_text() == before


@pytest.mark.parametrize("odd", [{"url": "http://aup.test/portal/kingsmead/hall"},
                                 {"url": "https://aup.test/portal/kingsmead"},
                                 {"url": "https://aup.test/portal/kingsmead/$(id)"},
                                 {"portal-ip": "aup.test"}, {"interface": "br0; id"}],
                         ids=lambda odd: next(iter(odd.values())))
def test_it_refuses_what_would_not_work(gateway, odd):
    assert install(gateway, **odd).returncode == 1
    assert (gateway / "opennds.conf").read_text() == DEBIAN


def test_it_refuses_a_key_that_a_shell_would_read(gateway):
    (gateway / "faskey").write_text("$(reboot)$(reboot)")
    assert install(gateway).returncode == 1


def test_only_hardware_addresses_are_cut_and_only_what_is_off_is_said_to_be(tmp_path):
    """Whatever the portal's answer is: an error's words, or a stranger's."""
    programs = {"ndsctl": 'echo "$@" >> cut; case $2 in *22) echo locked ;; '
                          '*) echo "Client $2 deauthenticated." ;; esac',
                "library": 'echo "$@" >> asked; '
                           'echo "ERROR: 02:00:00:00:00:21 $(id) -x 02:00:00:00:00:22 zz:00:00:00:00:01"'}
    for name, text in programs.items():
        (tmp_path / name).write_text(f"#!/bin/sh\n{text}\n")
        (tmp_path / name).chmod(0o755)
    around = {"PATH": f"{tmp_path}:/usr/bin:/bin", "ASSENT_CUT_LIBRARY": str(tmp_path / "library"),
              "ASSENT_CUT_EVERY": "1"}
    cutter = subprocess.Popen([SOURCE / "packaging/opennds/assent-cut"], env=around, cwd=tmp_path)
    try:
        asked = tmp_path / "asked"
        wait_for("a second round", lambda: asked.exists() and asked.read_text().count("\n") > 1)
    finally:
        cutter.terminate()
        cutter.wait(5)
    cut = set((tmp_path / "cut").read_text().splitlines())
    assert cut == {"deauth 02:00:00:00:00:21", "deauth 02:00:00:00:00:22"}
    assert asked.read_text().splitlines()[:2] == [
        "send_to_fas_custom assent-cut", "send_to_fas_custom assent-cut 02:00:00:00:00:21"]
