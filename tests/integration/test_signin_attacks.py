"""What must not work at staff sign-in: headers of one's own, sign-ins that are none, and being sent
elsewhere. Nothing secret is in a log."""

import re
import signal
import urllib.parse

import pytest

from oidc_fixture import CLIENT_SECRET
from service_fixture import wait_for
from signin_fixture import arrived, own_cookies

EVIL = "https://evil.test/"
FOUR = {"X-Assent-Issuer": EVIL, "X-Assent-Subject": "forged", "X-Assent-Login": "forged",
        "X-Assent-Auth-Time": "1"}


# What a client cannot say

SPELLINGS = [str, str.lower, str.upper, lambda name: name.replace("-", "_"),
             lambda name: name.replace("-", "_", 1), str.swapcase]
PATHS = ["/", "/signin/other", "/signout", "/v1/guests", "/v1/devices/session", "/%73ignin/x"]


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("spelling", SPELLINGS)
def test_forged_headers_never_arrive(signin, path, spelling):
    forged = [(spelling(name), value) for name, value in FOUR.items()] * 2
    told = signin.raw(path, forged)
    names = [name.replace("_", "-") for name, _ in told]
    assert names.count("x-assent-edge") == 1
    assert not [name for name in names if name in {n.lower() for n in FOUR}]


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_forged_headers_are_replaced_where_somebody_is_signed_in(signin, spelling):
    browser = signin.browser()
    true = sorted(arrived(signin.come_in(browser)))
    forged = [(spelling(name), value) for name, value in FOUR.items()] * 2
    told = signin.raw("/signin?to=/", [("Cookie", own_cookies(browser)), *forged])
    assert sorted(h for h in told if h[0].replace("_", "-").startswith("x-assent")) == true


def test_what_is_inside_cannot_be_asked_for(signin):
    browser = signin.browser()
    signin.come_in(browser)
    for path in ("/signin/who", "/signin/end", "/signin/away.html", "/signin/callback"):
        assert browser.ask(signin.url + path).status == 404, path
    assert arrived(browser.ask(signin.url + "/signin"))


# Sign-ins that are none

def is_refused(answer):
    return answer.status >= 400 and "That sign-in did not work" in answer.body


def test_another_state_is_refused(signin):
    browser = signin.browser()
    callback = signin.callback(browser)
    assert is_refused(browser.ask(re.sub("state=[^&]*", "state=" + "A" * 27, callback)))
    assert signin.asks(browser)


def test_a_sign_in_ends_in_the_browser_where_it_began(signin):
    callback, victim = signin.callback(signin.browser()), signin.browser()
    assert is_refused(victim.ask(callback))
    assert signin.asks(victim)


def test_a_code_works_once(signin):
    browser = signin.browser()
    callback = signin.callback(browser)
    kept = browser.cookie("__Host-assent_state_")
    assert browser.ask(callback).location == signin.url + "/signin?to=/desk"
    again = signin.browser()
    for name, value in kept.items():
        again.put_cookie(name, value, "localhost.local")
    assert again.ask(callback).status == 503  # the state was right: it is the provider that said no
    assert not again.cookie("__Host-assent_signin")


def test_a_refusal_by_the_provider_is_one_here(signin):
    browser = signin.browser()
    state = re.search("state=([^&]*)", browser.ask(signin.url + "/signin").location)[1]
    said = "<script>alert(1)</script>"
    answer = browser.ask(f"{signin.url}/signin/callback?error=access_denied&state={state}"
                         f"&error_description={urllib.parse.quote(said)}")
    assert is_refused(answer) and "script" not in answer.body
    assert signin.asks(browser)


@pytest.mark.parametrize("value", ["A" * 27, "", "../../etc/passwd", "x" * 1500])
def test_a_forged_cookie_is_none(signin, value):
    browser = signin.browser()
    browser.put_cookie("__Host-assent_signin", value, "localhost.local")
    assert signin.asks(browser)


def test_a_session_ends_by_itself(own_signin):
    everything = own_signin(apache=[("OIDCSessionMaxDuration 300", "OIDCSessionMaxDuration 15")])
    browser = everything.browser()
    arrived(everything.come_in(browser))
    wait_for("the end of the session", lambda: everything.asks(browser), 25)


# Sent nowhere else

@pytest.mark.parametrize("query", [
    f"iss=ISSUER&target_link_uri={EVIL}", f"target_link_uri={EVIL}", f"logout={EVIL}", "logout=get",
    f"logout={EVIL}&state=", f"code=1&logout={EVIL}", f"session=logout&logout={EVIL}",
    "jwks=rsa", "info=json"])
def test_the_callback_has_no_other_use(signin, query):
    browser = signin.browser()
    signin.come_in(browser)
    query = query.replace("ISSUER", signin.provider.issuer)
    answer = browser.ask(f"{signin.url}/signin/callback?{query}")
    assert answer.status == 404 and answer.location is None
    assert arrived(browser.ask(signin.url + "/signin"))


def test_a_callback_that_says_more_is_still_only_that(signin):
    browser = signin.browser()
    callback = signin.callback(browser)
    answer = browser.ask(f"{callback}&logout={EVIL}&target_link_uri={EVIL}")
    assert answer.location in (None, signin.url + "/signin?to=/desk")


@pytest.mark.parametrize("header", ["Host", "X-Forwarded-Host", "Forwarded", "X-Forwarded-Port"])
def test_nobody_is_sent_to_a_host_that_they_name(signin, header):
    browser = signin.browser()
    value = "host=evil.test" if header == "Forwarded" else "evil.test"
    begun = browser.ask(signin.url + "/signin?to=/desk", **{header: value})
    assert "evil" not in urllib.parse.unquote(begun.location)
    for cookie in begun.headers.get_all("Set-Cookie"):  # whatever host the browser thinks it is of
        browser.put_cookie(*cookie.split(";")[0].split("=", 1), "localhost.local")
    back = browser.walk(begun.location, "rsmith", stop_before="/signin?")
    assert back == signin.url + "/signin?to=/desk"


def test_cookies_of_sign_ins_begun_and_left_keep_nobody_out(signin):
    browser = signin.browser()
    longest = "/signin?to=" + "x" * 500
    for _ in range(4):
        assert browser.ask(signin.url + longest).status == 302
    assert browser.ask(signin.url + longest + "xx").status == 414
    assert len(browser.cookie("__Host-assent_state_")) <= 2
    arrived(signin.come_in(browser))


# In no log

def test_no_token_code_or_secret_is_in_a_log(own_signin):
    everything = own_signin()
    secrets = [CLIENT_SECRET, "eyJ"]
    secrets += re.findall('"(.*)"', (everything.apache.folder / "secret.conf").read_text())
    for spoil in (lambda: None, lambda: everything.provider.send(signal.SIGSTOP),
                  everything.apache.end):
        everything.provider.send(signal.SIGCONT)
        browser = everything.browser()
        callback = everything.callback(browser)
        secrets.append(re.search("code=([^&]*)", callback)[1])
        secrets += browser.cookie("__Host-assent").values()
        spoil()
        browser.ask(callback)
        browser.ask(callback.replace("state=", "state=x"))
        browser.ask(everything.url + "/signin")
        secrets += browser.cookie("__Host-assent").values()
    logs = [everything.apache.log, *everything.edge.folder.glob("*.log")]
    text = "\n".join(log.read_text() for log in logs)
    assert "GET /signin " in text and "auth request unexpected status" in text
    assert [secret for secret in secrets if secret in text] == []
