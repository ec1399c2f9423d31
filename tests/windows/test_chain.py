"""Winlogon's Userinit in a registry: taken, and given back as it was, byte for byte."""
import pytest

from conftest import PROGRAMS
from windows_settings import ASSENT, REG_EXPAND_SZ, REG_MULTI_SZ, REG_SZ, WINLOGON, text

WINDOWS = r"C:\windows\system32\userinit.exe"


class Chain:
    """The registry as bytes, and the verbs, by the probe that stands in for the service's program."""

    def __init__(self, wine, program=PROGRAMS / "chain_probe.exe"):
        self.wine, self.program = wine, program

    def do(self, *words):
        return self.wine.run(self.program, *words)

    def write(self, type_, data, key=WINLOGON):
        done = self.do("write", key, "Userinit", type_, data.hex())
        assert done.returncode == 0, done.stderr

    def read(self, key=WINLOGON):
        said = self.do("read", key, "Userinit").stdout.split()
        return (int(said[0]), bytes.fromhex(said[1]) if len(said) > 1 else b"") if said else None

    def turn(self, way):
        done = self.do("chain", way)
        return done.returncode, done.stderr

    def programs(self):
        return self.do("programs").stdout.splitlines()


@pytest.fixture
def chain(wine):
    made = Chain(wine)
    yield made
    made.write(REG_SZ, text(WINDOWS + ","))
    made.turn("off")


# Where a program is, as it says so itself: the probe lies outside of wine's own drive C.
OURS = "Z:" + str(PROGRAMS / "assent-logon.exe").replace("/", "\\")


@pytest.mark.parametrize("type_, data", [
    pytest.param(REG_SZ, text(WINDOWS + ","), id="as Windows has it"),
    pytest.param(REG_SZ, text(WINDOWS, end=""), id="without its zero"),
    pytest.param(REG_SZ, text("userinit", end="\0\0\0"), id="with three"),
    pytest.param(REG_EXPAND_SZ, text(r"%SystemRoot%\system32\userinit.exe, C:\Ŵ\a.exe -x,"), id="expands"),
    pytest.param(REG_SZ, text(""), id="empty"),
    pytest.param(REG_SZ, b"", id="no bytes"),
    pytest.param(REG_SZ, text("C:\\", end="") + b"\x00\xd8" + text("\\a.exe"), id="no UTF-16")])
def test_what_stood_there_comes_back_byte_for_byte(chain, type_, data):
    chain.write(type_, data)
    assert chain.turn("on") == (0, "")
    assert chain.read() == (REG_SZ, text(OURS + ","))
    assert chain.read(ASSENT) == (type_, data)
    assert chain.turn("on") == (0, "")
    assert chain.read(ASSENT) == (type_, data), "ours was kept as the one before"
    assert chain.turn("off") == (0, "")
    assert chain.read() == (type_, data)
    assert chain.read(ASSENT) is None


def test_off_without_on_changes_nothing(chain):
    chain.write(REG_SZ, text("C:\\theirs.exe"))
    assert chain.turn("off") == (0, "")
    assert chain.read() == (REG_SZ, text("C:\\theirs.exe"))


def test_what_others_wrote_since_stays(chain):
    chain.write(REG_SZ, text(WINDOWS + ","))
    chain.turn("on")
    chain.write(REG_SZ, text(f"C:\\a.exe,{OURS.upper()}, C:\\b.exe"))
    assert chain.turn("off") == (0, "")
    assert chain.read() == (REG_SZ, text(f"C:\\a.exe,{WINDOWS}, C:\\b.exe"))


def test_a_value_that_is_no_text_is_left_alone(chain):
    chain.write(REG_MULTI_SZ, text("a\0b\0"))
    code, words = chain.turn("on")
    assert code == 1 and "nothing was changed" in words
    assert chain.read() == (REG_MULTI_SZ, text("a\0b\0"))
    assert chain.read(ASSENT) is None


def test_what_was_kept_is_what_is_started(chain):
    assert [line.lower() for line in chain.programs()] == [WINDOWS.lower()]
    chain.write(REG_EXPAND_SZ, text(r"%windir%\a b.exe -x,,C:\b.exe,"))
    chain.turn("on")
    assert chain.programs() == [r"C:\windows\a b.exe -x", r"C:\b.exe"]
    chain.turn("off")
    chain.write(REG_SZ, text(r"%windir%\a.exe"))
    chain.turn("on")
    assert chain.programs() == [r"%windir%\a.exe"]
