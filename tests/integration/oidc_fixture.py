"""A real OpenID provider (npm's oidc-provider, tests/oidc) on the loopback, and a browser that
signs in there by filling in its pages. The provider is stopped by its process id, and can hang."""

import functools
import http.cookiejar
import json
import os
import re
import signal
import ssl
import subprocess
import urllib.error
import urllib.parse
import urllib.request

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from phone import node_modules
from service_fixture import SOURCE, wait_for
from slapd_fixture import free_port

CLIENT_SECRET = "secret-of-the-client-0123456789"
OID = "5f0c2f6e-1111-4222-8333-944455556666"
DOMAIN = "school.test"
ACCOUNTS = {
    "rsmith": {"oid": OID, "preferred_username": "rsmith@school.test", "email": "r@school.test",
               "hd": DOMAIN},
    "jones": {"email": "jones@school.test", "hd": DOMAIN},
    "nobody": {},
    "éowyn": {"preferred_username": "éowyn@school.test", "hd": DOMAIN},
    "stranger": {"email": "somebody@elsewhere.test", "hd": "elsewhere.test"},
}
HOPS_MAX = 15


@functools.cache
def signing_key():
    """Made once: on a busy machine it takes longer than everything else at a provider's start."""
    return rsa.generate_private_key(65537, 2048).private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())


class Provider:
    def __init__(self, authority, folder, redirect):
        self.port, self.log, self.process = free_port(), folder / "provider.log", None
        self.issuer = f"https://127.0.0.1:{self.port}"
        certificate, key = authority.issue("provider", ["127.0.0.1", "localhost"])
        signing = folder / "signing.key"
        signing.write_bytes(signing_key())
        self.told = {"issuer": self.issuer, "port": self.port, "redirect": redirect,
                     "certificate": str(certificate), "key": str(key), "signing": str(signing),
                     "secret": CLIENT_SECRET, "accounts": ACCOUNTS}

    def start(self):
        modules = dict(os.environ, NODE_PATH=node_modules("tests/oidc"))
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                ["node", SOURCE / "tests/oidc/provider.mjs", json.dumps(self.told)], env=modules,
                stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        wait_for("the provider", self._serves)
        return self

    def _serves(self):
        text = self.log.read_text()
        assert self.process.poll() is None, text
        return "serving" in text

    def send(self, how):
        self.process.send_signal(how)

    def end(self):
        process, self.process = self.process, None
        if process is not None:
            process.send_signal(signal.SIGCONT)
            process.terminate()
            process.wait(20)


class Answer:
    def __init__(self, url, reply):
        self.url, self.status, self.headers = url, reply.status, reply.headers
        self.body = reply.read().decode()

    @property
    def location(self):
        return self.headers["Location"] and urllib.parse.urljoin(self.url, self.headers["Location"])

    def __repr__(self):
        return f"<{self.status} {self.url} {self.location} {self.body[:300]}>"


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


class Browser:
    """Keeps cookies, verifies certificates by `ca`, and follows nothing by itself."""

    def __init__(self, ca):
        self.cookies = http.cookiejar.CookieJar()
        tls = urllib.request.HTTPSHandler(context=ssl.create_default_context(cafile=ca))
        self._opener = urllib.request.build_opener(
            NoRedirect, tls, urllib.request.HTTPCookieProcessor(self.cookies))

    def ask(self, url, form=None, **headers):
        data = urllib.parse.urlencode(form).encode() if form is not None else None
        request = urllib.request.Request(url, data, {"User-Agent": "a browser", **headers})
        try:
            reply = self._opener.open(request, timeout=20)
        except urllib.error.HTTPError as refusal:
            reply = refusal
        with reply:
            return Answer(url, reply)

    def walk(self, url, login, stop_before=None):
        """Goes where it is sent and signs in as `login`. Ends with a page that is no form of the
        provider's, or with the address that has `stop_before`, which is not asked for."""
        for _ in range(HOPS_MAX):
            answer = self.ask(url)
            while form := re.search(r'action="([^"]*/interaction/[^"]*)"', answer.body):
                prompt = re.search(r'name="prompt" value="(\w+)"', answer.body)[1]
                answer = self.ask(form[1], {"prompt": prompt, "login": login, "password": "any"})
            if answer.location is None:
                return answer
            url = answer.location
            if stop_before and stop_before in url:
                return url
        raise AssertionError(f"{url}: sent on and on")

    def cookie(self, beginning):
        """Names and values of the cookies that begin so."""
        return {c.name: c.value for c in self.cookies if c.name.startswith(beginning)}

    def put_cookie(self, name, value, host):
        self.cookies.set_cookie(http.cookiejar.Cookie(
            0, name, value, None, False, host, False, False, "/", True, True, None, False, None,
            None, {}))
