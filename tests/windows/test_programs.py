"""What every Windows program of ours is made of."""
import pathlib, re, subprocess

import pytest

from conftest import PROGRAMS, SOURCE

SYSTEM = {"advapi32", "bcrypt", "crypt32", "gdi32", "kernel32", "msvcrt", "ole32", "secur32", "shell32",
          "shlwapi", "user32", "uxtheme", "winhttp", "ws2_32", "wtsapi32"}
PROGRAMS_OF_OURS = ["assent-service.exe", "assent-logon.exe", "AssentProvider.dll", "provider_under_test.dll"]
BUILD = SOURCE / "build/windows"


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


def commands(program):
    """How ninja makes it: compilations first, and the link at the end."""
    said = subprocess.run(["ninja", "-C", BUILD, "-t", "commands", "bin/" + program], check=True,
                          capture_output=True, text=True).stdout
    return [line for line in said.splitlines() if not line.startswith("ninja:")]


def built_again(folder, command, made):
    """The same command, its output elsewhere."""
    again = folder / pathlib.PurePath(made).name  # a library has its own name in it
    assert f"-o {made} " in command or f"-o{made} " in command, command
    words = command.replace("/usr/bin/ccache ", "").replace(f"-o {made} ", f"-o {again} ")
    subprocess.run(["sh", "-c", words], check=True, cwd=BUILD, env={"PATH": "/usr/bin:/bin"})
    return again.read_bytes()


@pytest.mark.parametrize("program", ["assent-service.exe", "assent-logon.exe", "AssentProvider.dll"])
def test_the_same_sources_make_the_same_bytes(program, tmp_path):
    *compiled, linked = commands(program)
    assert built_again(tmp_path, linked, "bin/" + program) == (PROGRAMS / program).read_bytes()
    ours = next(line for line in compiled if re.search(r"/winlogon-shim/(logon|service|provider)/", line))
    made = re.search(r" -o (\S+\.obj)", ours)[1]
    assert built_again(tmp_path, ours, made) == (BUILD / made).read_bytes()


@pytest.mark.parametrize("program", ["assent-service.exe", "assent-logon.exe", "AssentProvider.dll"])
def test_nothing_says_where_or_when_it_was_built(program):
    assert str(SOURCE).encode() not in (PROGRAMS / program).read_bytes()
    stamp = re.search(r"Time/Date\s+(.+)", headers(PROGRAMS / program))[1]
    assert "1970" in stamp


def test_windows_finds_the_words_of_what_the_service_logs():
    """The message table that EventMessageFile in the installer promises."""
    found = subprocess.run(["x86_64-w64-mingw32-windres", "-i", PROGRAMS / "assent-service.exe",
                            "-J", "coff", "-O", "rc"], check=True, capture_output=True, text=True).stdout
    assert "RT_MESSAGETABLE" in found and "0x310025L" in found  # "%1"
