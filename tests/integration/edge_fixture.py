"""nginx with packaging/nginx/assent.conf on the loopback, its files in one folder. Stopped by its
process id. The folder has server.pem, server.key, secret.conf, and what else a test includes."""

import os
import socket
import subprocess

from service_fixture import SOURCE, wait_for

SECRET = "edge-secret-for-tests"


def is_open(port, address="127.0.0.1"):
    try:
        socket.create_connection((address, port), 1).close()
        return True
    except OSError:
        return False


def site(folder, listen, upstream, address="127.0.0.1"):
    """The packaged site with a test's ports and paths."""
    text = (SOURCE / "packaging/nginx/assent.conf").read_text()
    changes = {"127.0.0.1:8310": f"127.0.0.1:{upstream}",
               "listen 443 ssl": f"listen {address}:{listen} ssl", "/etc/assent/edge": str(folder)}
    for old, new in changes.items():
        assert old in text, old
        text = text.replace(old, new)
    temporary = "".join(f"{n}_temp_path {folder}/{n};\n"
                        for n in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    user = "user root;\n" if os.getuid() == 0 else ""
    return (f"{user}daemon off; pid {folder}/pid; error_log {folder}/error.log;\n"
            f"events {{}}\nhttp {{ access_log {folder}/access.log;\n{temporary}{text}}}\n")


class Edge:
    def __init__(self, folder, port, upstream, address="127.0.0.1"):
        self.folder, self.port, self.address = folder, port, address
        (folder / "secret.conf").write_text(f'proxy_set_header X-Assent-Edge "{SECRET}";\n')
        (folder / "nginx.conf").write_text(site(folder, port, upstream, address))
        self.process = subprocess.Popen(
            ["/usr/sbin/nginx", "-p", folder, "-c", folder / "nginx.conf"],
            stderr=(folder / "started.log").open("w"))
        wait_for("nginx", self._serves)

    def _serves(self):
        assert self.process.poll() is None, (self.folder / "started.log").read_text()
        return is_open(self.port, self.address)

    def end(self):
        self.process.terminate()
        self.process.wait(5)
