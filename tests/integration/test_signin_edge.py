"""Staff sign in at the edge with their school account: packaging/signin, docs/sign-in.md. What
others try there is in test_signin_attacks.py."""

import json
import signal
import subprocess
import time
import urllib.parse

import pytest

from edge_fixture import SECRET
from oidc_fixture import DOMAIN, OID
from signin_fixture import arrived

PATIENCE = 5  # seconds until somebody has a page, whatever the provider does


# Who it is

def test_who_signed_in_arrives_in_four_headers(signin):
    before = int(time.time())
    told = dict(arrived(signin.come_in(signin.browser())))
    assert before - 1 <= int(told.pop("x-assent-auth-time")) <= time.time() + 1
    assert told == {"x-assent-edge": SECRET, "x-assent-client": "127.0.0.1",
                    "x-assent-issuer": signin.provider.issuer, "x-assent-subject": OID,
                    "x-assent-login": "rsmith@school.test"}


def test_the_provider_is_asked_with_pkce_a_nonce_and_for_the_password(signin):
    sent = signin.browser().ask(signin.url + "/signin?to=/desk").location
    asked = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(sent).query))
    assert asked["code_challenge_method"] == "S256" and len(asked["code_challenge"]) == 43
    assert len(asked["nonce"]) >= 20 and len(asked["state"]) >= 20
    assert asked["response_type"] == "code" and asked["prompt"] == "login"
    assert asked["redirect_uri"] == signin.url + "/signin/callback"


def test_cookies_are_for_this_host_and_no_script(signin):
    browser = signin.browser()
    signin.callback(browser)
    signin.come_in(browser)
    kept = [cookie for cookie in browser.cookies if "assent" in cookie.name]
    assert any("state" in c.name for c in kept) and any("signin" in c.name for c in kept)
    for cookie in kept:
        assert cookie.name.startswith("__Host-") and cookie.secure and cookie.path == "/"
        assert cookie.has_nonstandard_attr("HttpOnly") and not cookie.domain_specified
        assert cookie.get_nonstandard_attr("SameSite") in ("Lax", "Strict")


def test_the_page_that_was_asked_for_comes_back_whole(signin):
    to = "%2Fdesk%3Fday%3D1%26who%3Da%2520b&x=1"
    answer = signin.come_in(signin.browser(), to=to)
    assert json.loads(answer.body)["path"] == "/signin?to=" + to


def test_sub_names_a_person_where_no_other_claim_is_set(own_signin):
    everything = own_signin()
    assert dict(arrived(everything.come_in(everything.browser())))["x-assent-subject"] == "rsmith"
    told = dict(arrived(everything.come_in(everything.browser(), "jones")))
    assert told["x-assent-login"] == "jones@school.test"
    told = dict(arrived(everything.come_in(everything.browser(), "nobody")))
    assert "x-assent-login" not in told and told["x-assent-subject"] == "nobody"
    told = dict(arrived(everything.come_in(everything.browser(), "éowyn")))
    assert told["x-assent-login"].encode("latin-1").decode() == "éowyn@school.test"


def test_who_lacks_the_claim_is_refused_in_plain_words(signin):
    answer = signin.come_in(signin.browser(), "jones")
    assert answer.status == 403 and "cannot sign in here with that account" in answer.body


def test_other_domains_are_refused_and_can_come_again_with_their_own(own_signin):
    everything = own_signin(hosted_domain=DOMAIN)
    browser = everything.browser()
    for login in ("stranger", "nobody"):
        assert everything.come_in(browser, login).status == 403
        browser.cookies.clear("127.0.0.1")  # signed out at the provider
    assert dict(arrived(everything.come_in(browser)))["x-assent-subject"] == "rsmith"


def test_an_issuer_that_says_another_name_is_refused(own_signin):
    everything = own_signin()
    other = everything.provider.issuer.replace("127.0.0.1", "localhost")
    everything.apache.end()
    for before, after in (("MetadataURL ", other), ("Issuer ", other)):
        everything.apache.change(f"OIDCProvider{before}{everything.provider.issuer}",
                                 f"OIDCProvider{before}{after}")
    everything.apache.start()
    answer = everything.come_in(everything.browser())
    assert answer.status >= 400 and "headers" not in answer.body, answer


# Out again

def test_signing_out_ends_it_for_copies_too(signin):
    browser, thief = signin.browser(), signin.browser()
    signin.come_in(browser)
    for name, value in browser.cookie("__Host-assent_signin").items():
        thief.put_cookie(name, value, "localhost.local")
    assert arrived(thief.ask(signin.url + "/signin"))
    answer = browser.ask(signin.url + "/signout", {"csrf": "token"})
    assert json.loads(answer.body)["path"] == "/signout"
    assert signin.asks(browser) and signin.asks(thief)


def test_after_signing_out_the_password_is_asked_for_again(signin):
    browser = signin.browser()
    signin.come_in(browser)
    browser.ask(signin.url + "/signout", {})
    url = signin.url + "/signin"
    while (page := browser.ask(url)).location:
        url = page.location
    assert 'name="prompt" value="login"' in page.body


# Something is away

def says_it_is_away(signin, browser, url):
    """A page in plain words, with its status, in time."""
    begun = time.monotonic()
    answer = browser.ask(url)
    assert time.monotonic() - begun < PATIENCE
    assert answer.status == 503 and "You cannot sign in just now" in answer.body, answer
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGSTOP])
def test_a_provider_that_is_away_gives_a_page_in_time(own_signin, how):
    everything = own_signin()
    everything.provider.send(how)
    says_it_is_away(everything, everything.browser(), everything.url + "/signin?to=/desk")
    everything.raw("/v1/guests", [])


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGSTOP])
def test_a_provider_that_goes_away_in_the_middle_gives_a_page_in_time(own_signin, how):
    everything = own_signin()
    browser, signed_in = everything.browser(), everything.browser()
    arrived(everything.come_in(signed_in))
    callback = everything.callback(browser)
    everything.provider.send(how)
    begun = time.monotonic()
    answer = browser.ask(callback)
    assert time.monotonic() - begun < PATIENCE
    assert answer.status == 503 and "You cannot sign in just now" in answer.body
    assert arrived(signed_in.ask(everything.url + "/signin"))


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGSTOP])
def test_without_apache_nobody_signs_in_and_everything_else_goes_on(own_signin, how):
    everything = own_signin()
    browser = everything.browser()
    everything.come_in(browser)
    everything.apache.send(how)
    says_it_is_away(everything, browser, everything.url + "/signin?to=/desk")
    everything.raw("/v1/guests", [])
    answer = browser.ask(everything.url + "/signout", {"csrf": "token"})
    assert json.loads(answer.body)["path"] == "/signout"


# Where it listens

def test_apache_listens_on_the_loopback_alone(signin):
    heard = subprocess.run(["ss", "-ltnpH"], capture_output=True, text=True, check=True).stdout
    own = [line.split()[3] for line in heard.splitlines()
           if f"pid={signin.apache.process.pid}," in line]
    assert own == [f"127.0.0.1:{signin.apache.port}"]
