"""A wired 802.1X port by hostapd, with wpa_supplicant behind it: a guest is on the network, and off it
as soon as somebody ends them (issue 4, point 3). Needs root: the supplicant has a network of its
own."""

import re
import signal
import subprocess
import time

import pytest

from network_namespace import NEIGHBOUR, Namespace
from radius_fixture import ACCESS_POINT, SERVER_NAME, SHARED, Wifi, free_udp_port
from service_fixture import wait_for

AT_ONCE = 5  # seconds

HOSTAPD = """\
interface={card}
driver=wired
ctrl_interface={folder}/hostapd
ieee8021x=1
eap_reauth_period=3600
use_pae_group_addr=0
own_ip_addr=127.0.0.1
nas_identifier={name}
auth_server_addr=127.0.0.1
auth_server_port={auth}
auth_server_shared_secret={secret}
acct_server_addr=127.0.0.1
acct_server_port={acct}
acct_server_shared_secret={secret}
radius_acct_interim_interval=60
radius_das_port={das}
radius_das_client=127.0.0.1 {secret}
radius_das_time_window=300
radius_das_require_event_timestamp=1
radius_das_require_message_authenticator=1
"""
SUPPLICANT = """\
ap_scan=0
network={{
 key_mgmt=IEEE8021X
 eap=TTLS
 identity="{user}"
 anonymous_identity="anonymous@guest"
 password="{password}"
 ca_cert="{authority}"
 domain_suffix_match="{server}"
 phase2="auth=PAP"
 eapol_flags=0
}}
"""


class Port:
    """The port of a switch, and whatever is plugged in."""

    def __init__(self, folder, wifi, das):
        self.folder, self.wifi, self.network, self.running = folder, wifi, Namespace(), []
        config = folder / "hostapd.conf"
        config.write_text(HOSTAPD.format(
            card=self.network.card, folder=folder, name=ACCESS_POINT, secret=SHARED, das=das,
            auth=wifi.radius.auth_port, acct=wifi.radius.acct_port))
        self._run("hostapd", ["/usr/sbin/hostapd", config])
        wait_for("hostapd", lambda: (folder / "hostapd" / self.network.card).exists())

    def _run(self, name, command):
        with (self.folder / f"{name}.log").open("wb") as log:
            self.running.append(subprocess.Popen(command, stdout=log, stderr=log,
                                                 stdin=subprocess.DEVNULL))

    def plug_in(self, guest):
        config = self.folder / "supplicant.conf"
        config.write_text(SUPPLICANT.format(
            user=guest["account"], password=guest["passphrase"], server=SERVER_NAME,
            authority=self.wifi.radius.authority.file))
        self._run("supplicant", self.network.command(
            "/usr/sbin/wpa_supplicant", "-D", "wired", "-i", NEIGHBOUR, "-c", config))

    def is_open(self):
        said = subprocess.run(["hostapd_cli", "-p", self.folder / "hostapd", "-i",
                               self.network.card, "all_sta"], capture_output=True, text=True)
        return "[AUTHORIZED]" in said.stdout

    def end(self):
        for process in reversed(self.running):
            process.terminate()
            process.wait(20)
        self.network.end()


@pytest.fixture
def port(tmp_path):
    das, made = free_udp_port(), None
    (tmp_path / "port").mkdir()
    wifi = Wifi(tmp_path, nas=(
        (f'address = "127.0.0.1"\ncoa_port = {das}\nsecret_file = "secrets/nas0"', ACCESS_POINT),))
    try:
        made = Port(tmp_path / "port", wifi.start(), das)
        yield made
    finally:
        if made:
            made.end()
        wifi.end(signal.SIGKILL)


def open_sessions(wifi, guest):
    return [one for one in wifi.sessions(guest) if not one["ended"]]


@pytest.mark.parametrize("how, cause", [("revoke", "revoked"), ("suspend", "suspended")])
def test_a_guest_is_off_the_network_at_once(port, how, cause):
    wifi, guest = port.wifi, port.wifi.guest()
    port.plug_in(guest)
    wait_for("a session", lambda: open_sessions(wifi, guest))
    assert port.is_open()
    begun = time.monotonic()
    wifi.step(guest, how)
    wait_for("a closed port", lambda: not port.is_open())
    assert time.monotonic() - begun < AT_ONCE
    wait_for("its end", lambda: not open_sessions(wifi, guest))
    assert wifi.sessions(guest)[0]["cause"] == cause
    assert re.search("Disconnect|disconnect|AP-STA-DISCONNECTED",
                     (port.folder / "hostapd.log").read_text())
    assert not port.is_open()


def test_a_session_that_the_port_does_not_know_is_over(port):
    wifi, guest = port.wifi, port.wifi.guest()
    session_class = wifi.enter(guest)["Class"]
    assert wifi.radius.report("Start", session_class).kind == "Accounting-Response"
    wifi.step(guest, "revoke")
    wait_for("its end", lambda: not open_sessions(wifi, guest))
    assert wifi.sessions(guest)[0]["cause"] == "revoked"
