"""The Windows package, installed silently: what is there, what an upgrade keeps, what a removal leaves."""
import os

import pytest

from package_fixture import REGISTERED, Machine, failing, knowing_upgrades, package, stand_ins
from windows_settings import ASSENT, PROPERTIES, REG_DWORD, REG_EXPAND_SZ, REG_SZ, VALUES, WINLOGON, text

SERVICE = r"SYSTEM\CurrentControlSet\Services\AssentService"
EVENTS = r"SYSTEM\CurrentControlSet\Services\EventLog\Application\Assent"
FOLDER = r"C:\Program Files\Assent"
OURS = (REG_SZ, text(FOLDER + r"\assent-logon.exe,"))
BEFORE = (REG_EXPAND_SZ, text(r"%SystemRoot%\system32\userinit.exe, C:\Tools\map drives.exe -q"))
WINDOWS = r"SOFTWARE\Microsoft\Windows NT\CurrentVersion"
URL = "SERVICEURL=https://assent.example"
SAID = {"SERVICEURL": "https://assent.example:8443", "SERVICEPIN": "ab" * 32, "BANNER": "1",
        "ONUNAVAILABLE": "closed", "LOCALACCOUNTS": "ask", "HELP": "Room 12; ask Siân, ext. 340"}
OTHERWISE = {"SERVICEURL": "https://elsewhere.example", "SERVICEPIN": "cd" * 32, "BANNER": "0",
             "ONUNAVAILABLE": "open", "LOCALACCOUNTS": "deny", "HELP": "Nobody",
             "CHAIN": "0", "PROVIDER": "1"}
SYSTEM = r"SOFTWARE\Microsoft\Windows\CurrentVersion\Policies\System"
NOTICE = r"SOFTWARE\Assent\Notice"
NOTICES_OWN = ((REG_SZ, text("The school's own")), (REG_EXPAND_SZ, text("%COMPUTERNAME% is watched.")))
NOTICES_OURS = ((REG_SZ, text("A school")), (REG_SZ, text("Its rules")))  # the stand-in's


@pytest.fixture(scope="session")
def packages(tmp_path_factory):
    """The folder, and three versions."""
    folder = tmp_path_factory.mktemp("packages")
    programs = stand_ins(folder / "programs")
    return folder, *(package(programs, folder / each, each) for each in ("0.1.0", "0.2.0", "0.3.0"))


@pytest.fixture(scope="session")
def windows10(wine):
    wine.run("winecfg", "-v", "win10")  # wine says Windows 7 otherwise
    return wine


@pytest.fixture
def machine(windows10):
    made = Machine(windows10)
    made.userinit(*BEFORE)
    yield made
    made.clear()


def userinit(machine):
    return machine.raw(WINLOGON, "Userinit")


def kept(machine):
    return machine.raw(ASSENT, "Userinit")


def say(properties):
    return [f"{name}={words}" for name, words in properties.items()]


def test_what_is_installed(machine, packages):
    assert machine.install(packages[1], URL) == 0
    assert machine.files() == ["assent-logon.exe", "assent-service.exe", "banner-task.xml"]
    assert machine.value(SERVICE, "ImagePath").replace('"', "") == FOLDER + r"\assent-service.exe run"
    assert machine.value(SERVICE, "DisplayName") == "Assent"
    assert machine.value(SERVICE, "ObjectName") == r"NT AUTHORITY\LocalService"
    assert machine.value(SERVICE, "Start") == 2
    assert machine.service_runs()
    assert machine.value(EVENTS, "EventMessageFile") == FOLDER + r"\assent-service.exe"
    assert machine.value(EVENTS, "TypesSupported") == 7
    assert userinit(machine) == OURS and kept(machine) == BEFORE


def test_properties_become_values_and_nothing_else_does(machine, packages):
    assert SAID.keys() == PROPERTIES.keys()
    assert machine.install(packages[1], *say(SAID)) == 0
    for name, words in SAID.items():
        is_number = VALUES[PROPERTIES[name]][0] == REG_DWORD
        assert machine.raw(ASSENT, PROPERTIES[name]) == (
            (REG_DWORD, int(words).to_bytes(4, "little")) if is_number else (REG_SZ, text(words)))


def test_what_was_not_said_is_not_there(machine, packages):
    assert machine.install(packages[1]) == 0
    assert [machine.value(ASSENT, name) for name in PROPERTIES.values()] == [None] * len(PROPERTIES)


def test_a_word_that_nobody_knows_installs_nothing(machine, packages):
    for wrong in ("SERVICEURL=http://assent.example", "SERVICEURL=assent.example", "ONUNAVAILABLE=close",
                  "LOCALACCOUNTS=no", "CHAIN=yes", "PROVIDER=on", "BANNER=2", "BANNER=#1"):
        assert machine.install(packages[1], wrong) != 0, wrong
    assert machine.is_clean() and userinit(machine) == BEFORE


def test_a_windows_on_which_the_logon_program_cannot_start_is_refused(machine, packages):
    own = machine.raw(WINDOWS, "CurrentBuildNumber")
    said = {}
    try:
        for build in ("9600", "10586", "14392", "14393", "26100"):
            machine.write(WINDOWS, "CurrentBuildNumber", text(build))
            said[build] = machine.install(packages[1], URL) == 0
            assert userinit(machine) == (OURS if said[build] else BEFORE)
            machine.clear()
    finally:
        machine.write(WINDOWS, "CurrentBuildNumber", own[1])
    assert [build for build in said if said[build]] == ["14393", "26100"]


def test_without_rollback_nothing_is_installed_or_upgraded(machine, packages):
    assert machine.install(packages[1], URL, "DISABLEROLLBACK=1") != 0
    assert machine.is_clean() and userinit(machine) == BEFORE
    machine.install(packages[1], URL)
    assert machine.install(packages[2], "DISABLEROLLBACK=1") != 0
    assert machine.versions() == {"0.1.0"} and userinit(machine) == OURS
    assert machine.remove(packages[1], "DISABLEROLLBACK=1") == 0
    assert machine.is_clean() and userinit(machine) == BEFORE


def test_removal_leaves_nothing_and_userinit_as_it_was(machine, packages):
    machine.install(packages[1], URL, "PROVIDER=1")
    assert machine.remove(packages[1]) == 0
    assert machine.is_clean() and userinit(machine) == BEFORE


def test_removal_leaves_what_others_made_of_userinit(machine, packages):
    machine.install(packages[1], URL)
    theirs = text(r"C:\Theirs\guard.exe,C:\PROGRA~1\x.exe," + FOLDER + r"\assent-logon.exe")
    machine.userinit(REG_SZ, theirs)
    assert machine.remove(packages[1]) == 0
    stood_for = r"%SystemRoot%\system32\userinit.exe,C:\Tools\map drives.exe -q"
    assert userinit(machine) == (REG_EXPAND_SZ, text(r"C:\Theirs\guard.exe,C:\PROGRA~1\x.exe," + stood_for))
    assert machine.is_clean()


def test_removal_leaves_a_userinit_that_is_not_ours(machine, packages):
    machine.install(packages[1], URL)
    machine.userinit(REG_SZ, text(r"C:\Theirs\only.exe,"))
    assert machine.remove(packages[1]) == 0
    assert userinit(machine) == (REG_SZ, text(r"C:\Theirs\only.exe,"))


def test_an_upgrade_keeps_what_was_said_and_what_stood_in_userinit(machine, packages):
    machine.install(packages[1], URL, "HELP=Room 12", "ONUNAVAILABLE=closed", "PROVIDER=1")
    machine.write(ASSENT, "Disabled", b"\1\0\0\0", REG_DWORD)
    assert machine.install(packages[2], "HELP=Room 13") == 0
    assert machine.value(ASSENT, "Service") == "https://assent.example"
    assert machine.value(ASSENT, "OnUnavailable") == "closed"
    assert machine.value(ASSENT, "Help") == "Room 13"
    assert machine.value(ASSENT, "Disabled") == 1
    assert machine.files() == ["AssentProvider.dll", "assent-logon.exe", "assent-service.exe", "banner-task.xml"]
    assert userinit(machine) == OURS and kept(machine) == BEFORE
    assert machine.service_runs()
    assert machine.versions() == {"0.2.0"}
    assert machine.remove(packages[2]) == 0
    assert userinit(machine) == BEFORE and machine.files() == []


def test_an_older_version_is_refused(machine, packages):
    machine.install(packages[2], URL)
    assert machine.install(packages[1]) != 0
    assert machine.versions() == {"0.2.0"} and userinit(machine) == OURS


def test_without_the_chain_userinit_is_not_touched(machine, packages):
    assert machine.install(packages[1], URL, "CHAIN=0") == 0
    assert userinit(machine) == BEFORE and kept(machine) is None
    assert machine.install(packages[2]) == 0, "an upgrade that is not told"
    assert userinit(machine) == BEFORE
    assert machine.remove(packages[2]) == 0
    assert userinit(machine) == BEFORE and machine.is_clean()


def test_an_upgrade_can_take_the_chain_out_and_put_it_in(machine, packages):
    machine.install(packages[1], URL)
    assert machine.install(packages[2], "CHAIN=0") == 0
    assert userinit(machine) == BEFORE and kept(machine) is None
    assert machine.install(packages[3], "CHAIN=1") == 0
    assert userinit(machine) == OURS and kept(machine) == BEFORE


# Anybody may start a repair.
@pytest.mark.parametrize("before", [SAID, {}], ids=["settings", "no settings"])
@pytest.mark.parametrize("how", ["REINSTALL=ALL", "ADDLOCAL=Provider"])
def test_once_installed_nothing_counts_that_is_said(machine, packages, how, before):
    machine.install(packages[1], *say(before))
    stood = [machine.raw(ASSENT, name) for name in PROPERTIES.values()]
    assert machine.install(packages[1], how, *say(OTHERWISE)) == 0
    assert [machine.raw(ASSENT, name) for name in PROPERTIES.values()] == stood
    assert userinit(machine) == OURS and kept(machine) == BEFORE
    assert ("AssentProvider.dll" in machine.files()) == (how == "ADDLOCAL=Provider")


def test_a_repair_restores_files_and_values_alone(showing, packages):
    os.remove(os.path.join(showing.folder, "assent-logon.exe"))
    showing.wine.run("reg", "delete", "HKLM\\" + EVENTS, "/f")
    showing.wine.run("schtasks", "/delete", "/f", "/tn", "AssentBanner")
    theirs = (REG_SZ, text(r"C:\Theirs\only.exe,"))
    showing.userinit(*theirs)
    assert showing.install(packages[1], "REINSTALL=ALL") == 0
    assert "assent-logon.exe" in showing.files() and showing.value(EVENTS, "TypesSupported") == 7
    assert userinit(showing) == theirs and not showing.task() and notices(showing) == NOTICES_OURS


def test_a_run_with_windows_own_window_keeps_what_a_silent_one_keeps(machine, packages):
    machine.install(packages[1], URL, "PROVIDER=1")
    machine.installed.append(packages[2])
    assert machine.wine.run("msiexec", "/i", packages[2]).returncode == 0
    assert machine.versions() == {"0.2.0"} and userinit(machine) == OURS
    assert "AssentProvider.dll" in machine.files() and machine.value(ASSENT, "Service")


def test_the_provider_comes_when_it_is_asked_for_and_goes_alone(machine, packages):
    machine.install(packages[1], URL, "PROVIDER=0")
    assert "AssentProvider.dll" not in machine.files() and not machine.has_key(REGISTERED)
    assert machine.install(packages[1], "ADDLOCAL=Provider") == 0
    assert "AssentProvider.dll" in machine.files() and machine.has_key(REGISTERED)
    assert machine.install(packages[1], "REMOVE=Provider") == 0
    assert "AssentProvider.dll" not in machine.files() and not machine.has_key(REGISTERED)
    assert userinit(machine) == OURS and "assent-logon.exe" in machine.files()


def test_an_installation_that_fails_has_not_touched_userinit(machine, packages):
    broken = failing(packages[1], packages[0] / "fails-in.msi", "NOT REMOVE", 6550)
    assert machine.install(broken, URL) != 0
    assert userinit(machine) == BEFORE and kept(machine) is None and machine.files() == []


def test_a_removal_that_fails_leaves_us_in_userinit(machine, packages):
    broken = failing(packages[1], packages[0] / "fails-out.msi", "REMOVE AND BREAK", 3400)
    assert machine.install(broken, URL) == 0
    assert machine.remove(broken, "BREAK=1") != 0
    assert userinit(machine) == OURS and kept(machine) == BEFORE
    assert "assent-logon.exe" in machine.files()


def test_an_upgrade_that_fails_never_leaves_userinit_without_its_program(machine, packages):
    machine.install(packages[1], URL)
    broken = failing(packages[2], packages[0] / "fails-up.msi", "NOT REMOVE", 6550)
    assert machine.install(broken) != 0
    assert userinit(machine) == (OURS if "assent-logon.exe" in machine.files() else BEFORE)


def notices(machine):
    return tuple(machine.raw(SYSTEM, name) for name in ("legalnoticecaption", "legalnoticetext"))


def show(machine, msi):
    """Installed, and the message before logon is ours."""
    for name, (type_, data) in zip(("legalnoticecaption", "legalnoticetext"), NOTICES_OWN):
        machine.write(SYSTEM, name, data, type_)
    assert machine.install(msi, URL, "BANNER=1") == 0
    assert machine.wine.run(FOLDER + r"\assent-service.exe", "banner", "on").returncode == 0
    assert notices(machine) == NOTICES_OURS
    return machine


@pytest.fixture
def showing(machine, packages):
    return show(machine, packages[1])


@pytest.fixture
def before_upgrade(machine, packages):
    return show(machine, knowing_upgrades(packages[1], packages[0] / "knows.msi"))


def test_removal_gives_back_the_message_before_logon_and_deletes_its_task(showing, packages):
    assert "<Author>Assent</Author>" in showing.task()
    assert showing.remove(packages[1]) == 0
    assert notices(showing) == NOTICES_OWN and showing.is_clean()


def test_removal_leaves_a_message_that_is_not_ours(machine, packages):
    machine.install(packages[1], URL)
    for name, (type_, data) in zip(("legalnoticecaption", "legalnoticetext"), NOTICES_OURS):
        machine.write(SYSTEM, name, data, type_)
    assert machine.remove(packages[1]) == 0
    assert notices(machine) == NOTICES_OURS


def test_an_upgrade_keeps_the_message_and_its_task(before_upgrade, packages):
    machine = before_upgrade
    assert machine.install(packages[2]) == 0
    assert notices(machine) == NOTICES_OURS and machine.task()
    assert machine.value(ASSENT, "Banner") == 1 and machine.versions() == {"0.2.0"}
    assert machine.remove(packages[2]) == 0
    assert notices(machine) == NOTICES_OWN and not machine.task()


@pytest.mark.parametrize("before, said, after", [
    ("BANNER=1", [], 1), ("BANNER=0", [], 0), ("BANNER=1", ["BANNER=0"], 0), ("BANNER=0", ["BANNER=1"], 1),
    ("HELP=x", [], None)])
def test_an_upgrade_keeps_the_number_that_was_said(machine, packages, before, said, after):
    machine.install(packages[1], URL, before)
    assert machine.install(packages[2], *said) == 0
    assert machine.value(ASSENT, "Banner") == after
    assert machine.remove(packages[2]) == 0 and machine.is_clean()


def test_an_upgrade_brings_the_task_where_there_was_none(showing, packages):
    showing.wine.run("schtasks", "/delete", "/f", "/tn", "AssentBanner")
    assert not showing.task()
    showing.install(packages[2])
    assert showing.task()


def test_a_task_that_cannot_be_made_fails_no_installation(machine, packages):
    machine.task_file.mkdir()
    try:
        assert machine.install(packages[1], URL) == 0
    finally:
        machine.task_file.rmdir()
    assert machine.remove(packages[1]) == 0, "nor one that is not there a removal"


def test_an_installation_that_fails_leaves_no_task(machine, packages):
    broken = failing(packages[1], packages[0] / "fails-task.msi", "NOT REMOVE", 6550)
    assert machine.install(broken, URL) != 0
    assert not machine.task()


@pytest.mark.parametrize("where", [5855, 6550], ids=["before it is written anew", "after"])
def test_an_upgrade_that_fails_leaves_the_message_and_its_task(before_upgrade, packages, where):
    broken = failing(packages[2], packages[0] / f"fails-up-{where}.msi", "NOT REMOVE", where)
    assert before_upgrade.install(broken) != 0
    assert before_upgrade.task() and notices(before_upgrade) == NOTICES_OURS


def test_a_removal_that_fails_leaves_the_message_and_its_task(machine, packages):
    broken = failing(packages[1], packages[0] / "fails-out-task.msi", "REMOVE AND BREAK", 3400)
    assert show(machine, broken).remove(broken, "BREAK=1") != 0
    assert machine.task() and notices(machine) == NOTICES_OURS
    assert machine.raw(NOTICE, "legalnoticetext") == NOTICES_OWN[1]


def test_nothing_is_removed_while_the_message_cannot_be_given_back(showing, packages):
    showing.wine.run("reg", "add", "HKLM\\" + NOTICE + r"\Theirs", "/f")  # so that ours cannot be deleted
    assert showing.remove(packages[1]) != 0
    assert "assent-service.exe" in showing.files() and showing.task()
    assert showing.raw(NOTICE, "legalnoticetext") == NOTICES_OWN[1]
    showing.wine.run("reg", "delete", "HKLM\\" + NOTICE + r"\Theirs", "/f")
