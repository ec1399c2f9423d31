"""What every Windows program of ours is made of."""
import re, subprocess

import pytest

from conftest import PROGRAMS

SYSTEM = {"advapi32", "bcrypt", "crypt32", "gdi32", "kernel32", "msvcrt", "ole32", "secur32", "shlwapi",
          "user32", "winhttp", "ws2_32", "wtsapi32"}
PROGRAMS_OF_OURS = ["http_probe.exe", "provider_under_test.dll"]


def headers(program):
    return subprocess.run(["x86_64-w64-mingw32-objdump", "-p", program], check=True,
                          capture_output=True, text=True).stdout


@pytest.mark.parametrize("program", PROGRAMS_OF_OURS)
def test_nothing_is_loaded_but_windows_own_libraries(program):
    loaded = {name.lower() for name in re.findall(r"DLL Name: (\S+)\.dll", headers(PROGRAMS / program),
                                                  re.IGNORECASE)}
    assert "kernel32" in loaded and loaded <= SYSTEM


@pytest.mark.parametrize("program", PROGRAMS_OF_OURS)
def test_addresses_are_random_and_data_is_no_code(program):
    said = headers(PROGRAMS / program)
    for flag in ("HIGH_ENTROPY_VA", "DYNAMIC_BASE", "NX_COMPAT"):
        assert flag in said, flag
