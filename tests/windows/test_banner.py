"""K7: the rules in short, as the message that stands on Windows' logon screen."""
import re

import pytest

from service_fixture import files_of, version_body

from machine import HOME, SETTINGS, machine, nothing_left_behind  # noqa: F401

NOTICE = r"HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\Policies\System"
NAMES = ("legalnoticecaption", "legalnoticetext")
BEFORE = ("Property of the school", "Misuse is recorded.")


def keep(machine, how="on"):
    return machine.wine.run(HOME + r"\assent-service.exe", "banner", how)


def notice(machine):
    machine.must("reg", "export", NOTICE, r"C:\notice.reg", "/y")
    said = (machine.drive / "notice.reg").read_text("utf-16")  # a console would lose letters
    found = [re.search(rf'"{name}"="(.*)"', said) for name in NAMES]
    return tuple(match and match[1] for match in found)


def publish(machine, text):
    """A version of the students' rules with this as its banner, or with none."""
    machine.version += 1
    files = {path.replace("2/", f"{machine.version}/", 1): content
             for path, content in files_of("student", 2).items()}
    toml = f"{machine.version}/version.toml"
    files[toml] = re.sub(r"(?m)^banner = .*\n", "", files[toml])
    if text:
        files[toml] = f'banner = "{text}"\n' + files[toml]
    machine.admin.do("/v1/policies/student/versions", version_body(machine.version, files))


@pytest.fixture(autouse=True)
def before(machine):
    machine.set("Banner", 1, "REG_DWORD")
    for name, text in zip(NAMES, BEFORE):
        machine.put(name, text, key=NOTICE)
    yield
    assert keep(machine, "off").returncode == 0
    for name in NAMES:
        machine.drop(name, NOTICE)


def test_k7_the_notice_is_what_was_published(machine):
    publish(machine, "Log in as yourself. What you do here is checked. Ŵy a llŷn.")
    done = keep(machine)
    assert done.returncode == 0, done.stderr
    assert notice(machine) == ("Kingsmead School",
                               "Log in as yourself. What you do here is checked. Ŵy a llŷn.")
    publish(machine, "Log in as yourself.")
    assert keep(machine).returncode == 0 and notice(machine)[1] == "Log in as yourself."
    assert keep(machine, "off").returncode == 0 and notice(machine) == BEFORE


def test_k7_what_stood_there_comes_back_when_nothing_is_published_any_more(machine):
    publish(machine, "Log in as yourself.")
    keep(machine)
    publish(machine, None)
    assert keep(machine).returncode == 0 and notice(machine) == BEFORE


def test_a_service_that_is_away_changes_nothing(machine):
    publish(machine, "Log in as yourself.")
    keep(machine)
    machine.stop_service()
    try:
        assert keep(machine).returncode == 1 and notice(machine)[1] == "Log in as yourself."
    finally:
        machine.start_service()


def test_what_stood_there_comes_back_without_the_service_and_without_a_key(machine):
    publish(machine, "Log in as yourself.")
    keep(machine)
    machine.stop_service()
    folder = machine.drive / "ProgramData/Assent"
    away = folder.rename(folder.with_name("Assent-away"))
    try:
        assert keep(machine, "off").returncode == 0 and notice(machine) == BEFORE
        assert machine.wine.run("reg", "query", SETTINGS + r"\Notice").returncode != 0
    finally:
        away.rename(folder)
        machine.start_service()


def test_a_school_that_does_not_want_it_keeps_its_own(machine):
    publish(machine, "Log in as yourself.")
    machine.put("Banner", 0, "REG_DWORD")
    assert keep(machine).returncode == 0 and notice(machine) == BEFORE


def test_a_notice_that_was_not_there_is_not_there_again(machine):
    for name in NAMES:
        machine.drop(name, NOTICE)
    publish(machine, "Log in as yourself.")
    assert keep(machine).returncode == 0 and notice(machine)[1] == "Log in as yourself."
    assert keep(machine, "off").returncode == 0 and notice(machine) == (None, None)
    for name, text in zip(NAMES, BEFORE):
        machine.put(name, text, key=NOTICE)
