"""Stand-ins for gateways that cannot run here. UniFi's controller: its integration API over TLS, as
help.ui.com (External Hotspot API) and its own pages have it. Meraki's cloud: what it appends to a
splash page's address, and what it does with a grant address (Captive Portal API, click-through)."""

import http.server
import json
import re
import ssl
import threading
import time
import urllib.parse

SITE = "88f7af54-98f8-306a-a1c7-c9349722b1f6"
API = f"/proxy/network/integration/v1/sites/{SITE}/clients"


class UniFi:
    def __init__(self, authority, key):
        self.key, self.asked = key, []
        self._clients, self._until = {}, {}
        certificate, secret = authority.issue("unifi", ["127.0.0.1"])
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, secret)
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.server.socket = context.wrap_socket(self.server.socket, server_side=True)
        self.url = f"https://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def join(self, mac, address):
        """A device is on the guest network; unless it was let on, it may only reach the portal."""
        self._clients[mac] = {"type": "WIRELESS", "id": "6f3b6677-" + mac.replace(":", ""),
                              "name": "phone", "macAddress": mac, "ipAddress": address,
                              "access": {"type": "GUEST", "authorized": False}}
        return self.brings(mac)

    def leave(self, mac):
        """It is out of reach. What it was allowed stays."""
        del self._clients[mac]

    @staticmethod
    def brings(mac):
        """The query of /guest/s/default/ as the controller redirects browsers."""
        return urllib.parse.urlencode({"ap": "94:2a:6f:d0:30:57", "id": mac, "t": int(time.time()),
                                       "url": "http://example.test/", "ssid": "School-Guest"})

    def minutes(self, mac):
        """For how long it was let on; None: it is not on."""
        return self._until.get("6f3b6677-" + mac.replace(":", ""))

    def answer(self, method, path, key, body):
        self.asked.append((method, path))
        if key != self.key:
            return 401, {"statusCode": 401, "statusName": "UNAUTHORIZED"}
        url = urllib.parse.urlsplit(path)
        wanted = re.fullmatch(r"macAddress\.eq\('(.*)'\)",
                              urllib.parse.parse_qs(url.query).get("filter", [""])[0])
        if method == "GET" and url.path == API and wanted:
            found = [one for mac, one in self._clients.items() if mac == wanted[1].lower()]
            return 200, {"offset": 0, "limit": 25, "count": len(found), "totalCount": len(found),
                         "data": found}
        ids = {f"{API}/{one['id']}/actions": one["id"] for one in self._clients.values()}
        if method != "POST" or url.path not in ids:
            return 404, {"statusCode": 404, "statusName": "NOT_FOUND"}
        said = json.loads(body)
        if said["action"] == "AUTHORIZE_GUEST_ACCESS":
            assert 1 <= said["timeLimitMinutes"] <= 1_000_000
            self._until[ids[url.path]] = said["timeLimitMinutes"]
        elif said["action"] == "UNAUTHORIZE_GUEST_ACCESS":
            self._until.pop(ids[url.path], None)
        else:
            return 400, {"statusCode": 400}
        return 200, {"action": said["action"]}

    def _handler(self):
        controller = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                status, said = controller.answer(self.command, self.path,
                                                 self.headers.get("X-API-KEY"), body)
                text = json.dumps(said).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(text)))
                self.end_headers()
                self.wfile.write(text)

            do_POST = do_GET

            def log_message(self, *_):
                pass

        return Handler

    def end(self):
        self.server.shutdown()
        self.server.server_close()


class Meraki:
    GRANT = "https://n143.network-auth.com/splash/grant"

    def __init__(self):
        self.granted = {}  # seconds, by the address that came

    def brings(self, mac, address, grant=GRANT):
        return urllib.parse.urlencode({
            "base_grant_url": grant, "user_continue_url": "http://example.test/",
            "node_id": "1301936", "node_mac": "00:18:0a:13:dd:b0", "gateway_id": "1301936",
            "client_ip": address, "client_mac": mac})

    def visit(self, url, address):
        """A browser at that address opens it; where it is sent next."""
        at = urllib.parse.urlsplit(url)
        assert f"{at.scheme}://{at.netloc}{at.path}" == self.GRANT, url
        query = urllib.parse.parse_qs(at.query, strict_parsing=True)
        self.granted[address] = int(query["duration"][0])
        return query.get("continue_url", ["http://example.test/"])[0]
