"""AssentProvider's DLL as Windows finds it: what registering writes, and what the file exports."""
import re

from conftest import PROGRAMS, windows_path
from test_programs import headers

OURS = "{D9E0B3A0-B6BD-49FD-9ACE-32CFDE8812D2}"
WINDOWS = r"HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\Windows\CurrentVersion\Authentication"
PROVIDERS = WINDOWS + r"\Credential Providers"
CLASS = r"HKEY_LOCAL_MACHINE\SOFTWARE\Classes\CLSID" + "\\" + OURS
FILE = PROGRAMS / "provider_under_test.dll"
DLL = windows_path(FILE)


def registry(wine, file):
    """Every key of what is installed, with what is in it."""
    assert wine.run("reg", "export", r"HKLM\SOFTWARE", windows_path(file), "/y").returncode == 0
    parts = re.split(r"^\[(.+)\]$", file.read_text("utf-16"), flags=re.MULTILINE)
    return {key.upper(): text.split("\n") for key, text in zip(parts[1::2], parts[2::2])}


def test_registering_writes_two_keys_and_unregistering_leaves_nothing(wine, tmp_path):
    wine.run("reg", "add", PROVIDERS, "/f")  # every Windows has it
    before = registry(wine, tmp_path / "exported")
    assert wine.run("regsvr32", "/s", DLL).returncode == 0
    registered = registry(wine, tmp_path / "exported")
    assert wine.run("regsvr32", "/s", DLL).returncode == 0, "again"
    added = {key: [line for line in registered[key] if line] for key in registered.keys() - before.keys()}
    assert added == {
        (PROVIDERS + "\\" + OURS).upper(): ['@="Assent"'],
        CLASS.upper(): ['@="Assent"'],
        (CLASS + r"\InprocServer32").upper(): ['@="' + DLL.replace("\\", "\\\\") + '"',
                                               '"ThreadingModel"="Apartment"']}
    assert {key: registered[key] for key in before} == before
    assert wine.run("regsvr32", "/s", "/u", DLL).returncode == 0
    assert registry(wine, tmp_path / "exported") == before
    assert wine.run("regsvr32", "/s", "/u", DLL).returncode == 0, "when there is nothing"


def test_exactly_four_functions_are_exported():
    names = headers(FILE).split("[Ordinal/Name Pointer] Table")[1].split("\n\n")[0]
    assert re.findall(r"\] (\w+)$", names, re.MULTILINE) == [
        "DllCanUnloadNow", "DllGetClassObject", "DllRegisterServer", "DllUnregisterServer"]


# It is loaded into every logon screen.
def test_it_is_small():
    assert FILE.stat().st_size < 1.5e6
