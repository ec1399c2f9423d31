"""RADIUS in TLS between a gateway and FreeRADIUS: radsecproxy on the gateway's side (docs/radius.md)."""

import signal
import subprocess

import pytest

from radius_fixture import SERVER_NAME, SHARED, Wifi, free_port, free_udp_port
from service_fixture import wait_for

LISTEN = """\
listen {{
	type = auth+acct
	proto = tcp
	ipaddr = 127.0.0.1
	port = {port}
	virtual_server = assent
	clients = radsec
	limit {{
		max_connections = 16
		lifetime = 0
		idle_timeout = 30
	}}
	tls {{
		private_key_file = {key}
		certificate_file = {certificate}
		ca_file = {authority}
		require_client_cert = yes
		tls_min_version = "1.2"
		tls_max_version = "1.2"
		cipher_list = "HIGH"
	}}
}}
clients radsec {{
	client gateway {{
		ipaddr = 127.0.0.1
		proto = tls
		secret = radsec
	}}
}}
"""
PROXY = """\
ListenUDP 127.0.0.1:{port}
LogLevel 3
LogDestination file://{folder}/radsecproxy.log
TLS default {{
  CACertificateFile {authority}
  CertificateFile {certificate}
  CertificateKeyFile {key}
}}
Client gateway {{
  host 127.0.0.1
  type udp
  secret {secret}
}}
Server assent {{
  host 127.0.0.1
  port {to}
  type tls
  secret radsec
  CertificateNameCheck off
  MatchCertificateAttribute SubjectAltName:DNS:/^{name}$/
}}
Realm * {{
  server assent
  accountingServer assent
}}
"""


@pytest.fixture
def proxied(tmp_path):
    wifi, proxy = Wifi(tmp_path), None
    radius, to, port = wifi.radius, free_port(), free_udp_port()
    certificate, key = radius.authority.issue("gateway", ["gateway.assent.test"])
    (radius.raddb / "sites-enabled/radsec").write_text(LISTEN.format(
        port=to, key=radius.key, certificate=radius.certificate, authority=radius.authority.file))
    config = tmp_path / "radsecproxy.conf"
    config.write_text(PROXY.format(
        port=port, folder=tmp_path, authority=radius.authority.file, certificate=certificate,
        key=key, secret=SHARED, to=to, name=SERVER_NAME.replace(".", r"\.")))
    try:
        wifi.start()
        proxy = subprocess.Popen(["/usr/sbin/radsecproxy", "-f", "-c", config],
                                 stdin=subprocess.DEVNULL)
        radius.auth_port = radius.acct_port = port
        yield wifi
    finally:
        if proxy:
            proxy.terminate()
            proxy.wait(20)
        wifi.end(signal.SIGKILL)


def test_a_guest_gets_in_and_is_reported_through_tls(proxied):
    guest = proxied.guest()
    answer = wait_for("an answer", lambda: (got := proxied.enter(guest, patience=2)).kind and got)
    assert answer.kind == "Access-Accept", answer.output
    report = proxied.radius.report("Start", answer["Class"])
    assert report.kind == "Accounting-Response"
    assert len(proxied.sessions(guest)) == 1
