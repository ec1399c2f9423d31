"""A wired 802.1X port by hostapd, with wpa_supplicant behind it in a network of its own. Both are stopped
by their process ids. Needs root."""

import subprocess

from network_namespace import NEIGHBOUR, Namespace
from radius_fixture import ACCESS_POINT, SERVER_NAME, SHARED
from service_fixture import wait_for

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
radius_das_time_window={window}
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

    def __init__(self, folder, wifi, das, window=300):
        """`window`: how many seconds its clock and assentd's may differ."""
        self.folder, self.wifi, self.network, self.running = folder, wifi, Namespace(), []
        config = folder / "hostapd.conf"
        config.write_text(HOSTAPD.format(
            card=self.network.card, folder=folder, name=ACCESS_POINT, secret=SHARED, das=das,
            window=window, auth=wifi.radius.auth_port, acct=wifi.radius.acct_port))
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
