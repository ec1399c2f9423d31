"""MSCHAPv2 under TLS where the configuration allows it, through a real FreeRADIUS and with a real
supplicant (issue 4, point 2). That it is refused otherwise: test_radius_logins.py."""

import re
import signal
import sqlite3
import subprocess

import pytest

from radius_fixture import PHONE, TABLET, Wifi

WRONG = "maple-robin-tunnel-robin"
INSIDE = [("PEAP", "MSCHAPV2"), ("TTLS", "MSCHAPV2")]


class MschapWifi(Wifi):
    def allow(self, on=True):
        config = self.service.config
        text = config.read_text().replace("mschapv2 = true\n", "")
        if on:
            text = text.replace("[radius]\n", "[radius]\nmschapv2 = true\n")
        config.write_text(text)
        return self

    def phone(self, guest, method="PEAP", inside="MSCHAPV2", words=None, **more):
        return self.radius.eapol(method, inside, guest["account"], words or guest["passphrase"],
                                 **more)

    def kept(self):
        """How many guests have something kept for it."""
        with sqlite3.connect(f"file:{self.service.data}/assent.db?mode=ro", uri=True) as store:
            return store.execute("SELECT count(*) FROM guest_secret WHERE nt <> x''").fetchone()[0]


@pytest.fixture(scope="module")
def wifi(tmp_path_factory):
    wifi = MschapWifi(tmp_path_factory.mktemp("wifi")).allow()
    try:
        yield wifi.start()
    finally:
        wifi.end()


def is_in(said):
    """Whether they are, and not because nobody answered."""
    assert "code=2 (Access-Accept)" in said or "code=3 (Access-Reject)" in said, said[-3000:]
    return said.endswith("SUCCESS\n")


def accepted(said):
    """The attributes of the Access-Accept by number, as eapol_test prints them."""
    return dict(re.findall(r"Attribute (\d+) \(.*\) length=\d+(?:\n      Value: (.*))?",
                           said[said.rindex("code=2"):]))


@pytest.mark.parametrize("method, inside", INSIDE)
def test_a_phone_gets_in_with_what_an_access_point_needs(wifi, method, inside):
    guest = wifi.guest(**{"for": "1h"})
    said = wifi.phone(guest, method, inside)
    assert is_in(said), said[-3000:]
    told = accepted(said)
    # Filter-Id, Class, Session-Timeout, Termination-Action, Tunnel-*, Acct-Interim-Interval
    assert {"11", "25", "27", "29", "64", "65", "81", "85"} <= set(told)
    assert 3590 <= int(told["27"]) <= 3600 and told["81"] == b"210".hex()
    assert not is_in(wifi.phone(guest, method, inside, words=WRONG))


def test_the_other_ways_work_beside_it(wifi):
    guest = wifi.guest(devices=3)
    assert is_in(wifi.phone(guest, "TTLS", "PAP"))
    assert is_in(wifi.phone(guest, "PEAP", "GTC"))
    assert wifi.enter(guest).kind == "Access-Accept"


def test_without_tls_around_it_nobody_gets_in(wifi):
    guest = wifi.guest()
    said = wifi.radius.eapol("MSCHAPV2", "none", guest["account"], guest["passphrase"])
    assert "EAP-MSCHAPV2: Received challenge" in said, said[-2000:]
    assert not is_in(said) and "code=2 (Access-Accept)" not in said


def what_stays_out(wifi):
    gone, held = wifi.guest(), wifi.guest()
    wifi.step(gone, "revoke")
    wifi.step(held, "suspend")
    unknown = {"account": "v-nobody-000", "passphrase": WRONG}
    locked, full = wifi.guest(), wifi.guest(devices=1)
    for _ in range(5):
        wifi.phone(locked, words=WRONG)
    assert is_in(wifi.phone(full, device=TABLET))
    return {"revoked": gone, "suspended": held, "unknown": unknown, "locked": locked,
            "too many devices": full}


def test_whoever_stays_out_looks_as_with_a_wrong_passphrase(wifi):
    wrong = wifi.phone(wifi.guest(), words=WRONG)
    codes = re.findall(r"code=(\d+) \(", wrong)
    assert codes
    for name, guest in what_stays_out(wifi).items():
        said = wifi.phone(guest)
        assert not is_in(said), name
        assert re.findall(r"code=(\d+) \(", said) == codes, name


def test_guessing_locks_the_device_that_guesses(wifi):
    guest = wifi.guest()
    for _ in range(5):
        assert not is_in(wifi.phone(guest, device=TABLET, words=WRONG))
    assert not is_in(wifi.phone(guest, device=TABLET))
    assert is_in(wifi.phone(guest, device=PHONE.replace("01", "78")))


def test_who_has_not_agreed_is_kept_apart(wifi):
    said = wifi.phone(wifi.guest(accept=False))
    assert is_in(said)
    assert accepted(said)["81"] == b"299".hex() and accepted(said)["27"] == "300"


def test_no_more_devices_than_allowed(wifi):
    guest = wifi.guest(devices=1)
    assert is_in(wifi.phone(guest, device="02-00-00-00-12-01"))
    assert not is_in(wifi.phone(guest, device="02-00-00-00-12-02"))


def test_assent_away_is_silence_and_not_a_wrong_passphrase(own_mschap):
    guest = own_mschap.guest()
    own_mschap.service.end(signal.SIGKILL)
    said = own_mschap.phone(guest, patience=4)
    assert said.endswith("FAILURE\n") and "code=3 (Access-Reject)" not in said


def test_it_is_kept_while_it_is_on_and_gone_once_it_is_off(own_mschap):
    wifi = own_mschap
    guest = wifi.guest()
    assert is_in(wifi.phone(guest)) and wifi.kept() == 1
    wifi.service.end()
    wifi.allow(False).service.start()
    assert wifi.kept() == 0
    assert not is_in(wifi.phone(guest)) and is_in(wifi.phone(guest, "TTLS", "PAP"))


def test_neither_passphrase_nor_hash_is_in_a_log_or_in_the_store(wifi):
    guest = wifi.guest()
    assert is_in(wifi.phone(guest))
    hashed = subprocess.run(["openssl", "dgst", "-provider", "legacy", "-provider", "default",
                             "-md4", "-binary"], check=True, capture_output=True,
                            input=guest["passphrase"].encode("utf-16-le")).stdout
    assert len(hashed) == 16
    for path in [*wifi.service.data.rglob("*"), wifi.service.log]:
        if path.is_file():
            held = path.read_bytes()
            for secret in (guest["passphrase"].encode(), hashed, hashed.hex().encode()):
                assert secret not in held, path


@pytest.fixture
def own_mschap(tmp_path):
    wifi = MschapWifi(tmp_path).allow()
    try:
        yield wifi.start()
    finally:
        wifi.end(signal.SIGKILL)
