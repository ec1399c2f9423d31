"""Debian's openNDS as packaging/opennds/install sets it up, in a network of its own: devices behind
it, and beyond it this machine, which is the portal (a real assentd behind nginx) and the internet. It
sees a copy of /etc, other processes do not see it, and it ends with the test. Needs root."""

import os
import signal
import socket
import socketserver
import subprocess
import threading

import pytest

from certificates import Authority
from edge_fixture import SECRET, Edge
from network_namespace import Namespace, ip
from portal_fixture import PortalWorld, all_day
from service_fixture import SOURCE, Service, wait_for
from slapd_fixture import free_port

INSTALL = SOURCE / "packaging/opennds/install"
INTERNET = "198.18.0.1"  # for tests of networks alone (RFC 2544)
ECHO_PORT, WEB_PORT, OTHER_WEB_PORT = 7, 80, 8080
DEVICES = {"phone": "02:00:00:00:00:21", "tablet": "02:00:00:00:00:22"}

# Debian's iptables cannot have the chains that openNDS 9.10 makes; it restarts services, edits /etc
# and looks for leases where dnsmasq is configured by itself to keep them.
INSIDE = """
set -e
mount -t overlay overlay -o lowerdir=/etc,upperdir={folder}/etc,workdir={folder}/work /etc
mount -t tmpfs tmpfs /run
mount -t tmpfs tmpfs /var/lib/misc
mkdir /run/tmpfiles.d
cp {folder}/leases /var/lib/misc/dnsmasq.leases
export PATH={folder}/bin:$PATH SSL_CERT_FILE={ca} ASSENT_CUT_EVERY=2
{install} --url {url} --portal-ip {portal} --interface br0 --secret {folder}/faskey \\
    --libdir {folder}/lib --unitdir {folder}/units
sed -i 's/^checkinterval .*/checkinterval 2/' /etc/opennds/opennds.conf
{folder}/lib/assent-cut &
exec opennds -f -d 1
"""

FLOW = """
import socket, sys, time
kind = socket.SOCK_STREAM if sys.argv[1] == "tcp" else socket.SOCK_DGRAM
line = socket.socket(socket.AF_INET, kind)
line.connect((sys.argv[2], int(sys.argv[3])))
line.settimeout(2)
while True:
    line.send(b".")
    line.recv(100)
    print(time.time(), flush=True)
    time.sleep(0.1)
"""


class Echo(socketserver.BaseRequestHandler):
    def handle(self):
        while said := self.request.recv(100):
            self.request.sendall(said)


class EchoOnce(socketserver.BaseRequestHandler):
    def handle(self):
        said, line = self.request
        line.sendto(said, self.client_address)


class Web(socketserver.StreamRequestHandler):
    def handle(self):
        while self.rfile.readline().strip():
            pass
        self.wfile.write(b"HTTP/1.0 200 OK\r\nContent-Type: text/plain\r\n\r\nthe internet")


class Internet:
    """What visitors want to reach."""

    def __init__(self):
        socketserver.ThreadingMixIn.daemon_threads = True
        tcp, udp = socketserver.ThreadingTCPServer, socketserver.ThreadingUDPServer
        tcp.allow_reuse_address = True
        self.servers = [tcp((INTERNET, ECHO_PORT), Echo), udp((INTERNET, ECHO_PORT), EchoOnce),
                        tcp((INTERNET, WEB_PORT), Web), tcp((INTERNET, OTHER_WEB_PORT), Web)]
        for server in self.servers:
            threading.Thread(target=server.serve_forever, daemon=True).start()

    def end(self):
        for server in self.servers:
            server.shutdown()
            server.server_close()


class Flow:
    """A connection that a device keeps open, and when it last got an answer."""

    def __init__(self, device, kind):
        self.process = subprocess.Popen(
            device.command("python3", "-c", FLOW, kind, INTERNET, str(ECHO_PORT)),
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.last = 0
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self):
        for line in self.process.stdout:
            self.last = float(line)

    def has_ended(self):
        return self.process.poll() is not None


class Device:
    """Something with a card of its own behind the gateway."""

    def __init__(self, gateway, number, mac):
        self.mac, self.address = mac, f"{gateway.network}.{50 + number}"
        self.holder = subprocess.Popen(["unshare", "--net", "sh", "-c", "echo; exec cat"],
                                       stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.holder.stdout.readline()
        gateway.run("ip", "link", "add", f"dev{number}", "type", "veth", "peer", "name", "card",
                    "netns", str(self.holder.pid))
        gateway.run("ip", "link", "set", f"dev{number}", "master", "br0", "up")
        for words in (("link", "set", "lo", "up"), ("link", "set", "card", "address", mac, "up"),
                      ("address", "add", self.address + "/24", "dev", "card"),
                      ("route", "add", "default", "via", f"{gateway.network}.1")):
            subprocess.run(self.command("ip", *words), check=True)

    def command(self, *arguments):
        return ["nsenter", f"--net=/proc/{self.holder.pid}/ns/net", "--", *arguments]

    def curl(self, *arguments):
        """What it gets, and whence in the end."""
        done = subprocess.run(self.command("curl", "-sk", "--max-time", "5", "-w", "\n%{url_effective}",
                                           *arguments), capture_output=True, text=True)
        body, _, url = done.stdout.rpartition("\n")
        return body, url

    def flows(self):
        return [Flow(self, kind) for kind in ("tcp", "udp")]

    def end(self):
        self.holder.stdin.close()
        self.holder.wait(20)


class Gateway:
    def __init__(self, folder):
        self.folder, self.namespace, self.process = folder, Namespace(), None
        here = os.getpid()
        self.network = f"10.{192 + (here >> 8) % 60}.{here % 256}"
        self.portal = self.namespace.outside
        ip("address", "add", INTERNET + "/32", "dev", self.namespace.card)
        ip("route", "add", self.network + ".0/24", "via", self.namespace.address)
        for words in (("ip", "link", "add", "br0", "type", "bridge"),
                      ("ip", "address", "add", self.network + ".1/24", "dev", "br0"),
                      ("ip", "link", "set", "br0", "up"),
                      ("ip", "route", "add", "default", "via", self.portal),
                      ("sysctl", "-qw", "net.ipv4.ip_forward=1")):
            self.run(*words)
        self.devices = {name: Device(self, number, mac)
                        for number, (name, mac) in enumerate(DEVICES.items())}

    def run(self, *words):
        subprocess.run(self.namespace.command(*words), check=True)

    def start(self, url, ca, faskey):
        for name in ("etc", "work", "bin"):
            (self.folder / name).mkdir()
        for name in ("iptables", "iptables-save"):
            (self.folder / "bin" / name).symlink_to("/usr/sbin/xtables-legacy-multi")
        (self.folder / "bin/systemctl").symlink_to("/bin/true")
        (self.folder / "faskey").write_text(faskey)
        (self.folder / "leases").write_text("".join(
            f"4102444800 {each.mac} {each.address} device *\n" for each in self.devices.values()))
        script = INSIDE.format(folder=self.folder, ca=ca, install=INSTALL, url=url,
                               portal=self.portal)
        self.log = self.folder / "opennds.log"
        self.process = subprocess.Popen(
            self.namespace.command("unshare", "--mount", "--propagation", "private", "--pid",
                                   "--fork", "--kill-child", "--mount-proc", "bash", "-c", script),
            stdout=self.log.open("w"), stderr=subprocess.STDOUT)
        wait_for("openNDS", self._redirects, 60)

    def _redirects(self):
        assert self.process.poll() is None, self.log.read_text(errors="replace")
        _, url = self.devices["tablet"].curl("--max-time", "1", "-o", "/dev/null", "-L",
                                             f"http://{INTERNET}/")
        return "/portal/" in url

    def end(self):
        if self.process:
            self.process.kill()  # and with it all that runs inside
            self.process.wait(20)
        for device in self.devices.values():
            device.end()
        self.namespace.end()


GATEWAY = """
[[gateway]]
name        = "hall"
kind        = "opennds"
secret_file = "faskey"
address     = ["{wan}", "{lan}"]
clients     = "{clients}"
"""


class World:
    """A school whose visitors stand behind the gateway."""

    def __init__(self, folder):
        inside = folder / "gateway"
        inside.mkdir()
        self.gateway = Gateway(inside)
        table = GATEWAY.format(wan=self.gateway.namespace.address, lan=self.gateway.network + ".1",
                               clients=self.gateway.network + ".0/24")
        for name, text in (("faskey", "0a1b2c3d4e5f6071"), ("edge.secret", SECRET)):
            (folder / name).write_text(text)
            (folder / name).chmod(0o600)
        self.service = Service(folder, schools=("kingsmead",),
                               edit=lambda name, toml: all_day(name, toml) + table)
        self.service.config.write_text('edge_secret = "edge.secret"\n'
                                       + self.service.config.read_text())
        self.edge = self.internet = None

    def start(self):
        self.service.start().fill()
        folder = self.service.folder / "edge"
        folder.mkdir()
        authority = Authority(folder)
        certificate, key = authority.issue("server", [self.gateway.portal])
        certificate.rename(folder / "server.pem")
        port = free_port()
        self.edge = Edge(folder, port, self.service.port, self.gateway.portal)
        self.internet = Internet()
        self.host = f"{self.gateway.portal}:{port}"
        self.gateway.start(f"https://{self.host}/portal/kingsmead/hall", authority.file,
                           (self.service.folder / "faskey").read_text())
        self.portal = PortalWorld(self.service)
        return self

    def end(self):
        self.gateway.end()
        for each in (self.edge, self.internet):
            if each:
                each.end()
        self.service.end(signal.SIGKILL)


@pytest.fixture(scope="module")
def opennds(tmp_path_factory):
    world = World(tmp_path_factory.mktemp("opennds"))
    try:
        yield world.start()
    finally:
        world.end()
