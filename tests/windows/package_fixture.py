"""Packages made of programs that stand in for ours, and a Windows that they are installed on."""
import os, pathlib, re, shutil, subprocess

from conftest import PROGRAMS, SOURCE
from windows_settings import ASSENT, REG_DWORD, REG_SZ, WINLOGON

EPOCH = "1780000000"
UNINSTALL = r"SOFTWARE\Microsoft\Windows\CurrentVersion\Uninstall"
REGISTERED = r"SOFTWARE\AssentProviderTest"  # by the library that stands in for ours
LIBRARY = r"""
#include <windows.h>
#define KEY L"SOFTWARE\\AssentProviderTest"
HRESULT WINAPI DllRegisterServer(void) {
  return RegSetKeyValueW(HKEY_LOCAL_MACHINE, KEY, L"here", REG_SZ, L"yes", 8) ? E_FAIL : S_OK;
}
HRESULT WINAPI DllUnregisterServer(void) { return RegDeleteKeyW(HKEY_LOCAL_MACHINE, KEY) ? E_FAIL : S_OK; }
"""
FAIL = ["INSERT INTO `CustomAction` (`Action`, `Type`, `Source`, `Target`) "
        "VALUES ('Fail', 3090, 'ServiceProgram', 'fail')",
        "INSERT INTO `InstallExecuteSequence` (`Action`, `Condition`, `Sequence`) VALUES ('Fail', '{}', {})"]


def stand_ins(folder):
    """The three programs: the probe twice, and a library that registers itself."""
    folder.mkdir()
    for name in ("assent-service.exe", "assent-logon.exe"):
        shutil.copy(PROGRAMS / "chain_probe.exe", folder / name)
    source = folder / "library.c"
    source.write_text(LIBRARY)
    subprocess.run(["x86_64-w64-mingw32-gcc", "-shared", "-o", folder / "AssentProvider.dll", source,
                    "-Wl,--no-insert-timestamp"], check=True)
    return folder


def package(programs, out, version="0.1.0", **environment):
    """./dev package windows; the package's path."""
    done = subprocess.run([SOURCE / "dev", "package", "windows", "--programs", programs, "--out", out,
                           "--version", version], capture_output=True, text=True,
                          env={**os.environ, "SOURCE_DATE_EPOCH": EPOCH, **environment})
    assert done.returncode == 0, done.stdout + done.stderr
    return out / f"assent-{version}-x64.msi"


def failing(msi, copy, condition, sequence):
    """The same package, which fails at that place in its sequence."""
    shutil.copy(msi, copy)
    subprocess.run(["msibuild", copy, "-q", FAIL[0], FAIL[1].format(condition, sequence)], check=True)
    return copy


def knowing_upgrades(msi, copy):
    """The same package, removed as Windows removes it in an upgrade: wine does not tell it why it goes."""
    shutil.copy(msi, copy)
    subprocess.run(["msibuild", copy, "-q", "INSERT INTO `Property` (`Property`, `Value`) "
                    "VALUES ('UPGRADINGPRODUCTCODE', 'the new one')"], check=True)
    return copy


class Machine:
    PROBE = PROGRAMS / "chain_probe.exe"

    def __init__(self, wine):
        self.wine = wine
        self.installed = []
        drive = os.path.join(wine.environment["WINEPREFIX"], "drive_c")
        self.folder = os.path.join(drive, "Program Files/Assent")
        self.task_file = pathlib.Path(drive, "windows/system32/tasks/AssentBanner")  # wine's schtasks

    def install(self, msi, *properties):
        self.installed.append(msi)
        return self.wine.run("msiexec", "/i", msi, "/qn", *properties).returncode

    def remove(self, msi, *properties):
        return self.wine.run("msiexec", "/x", msi, "/qn", *properties).returncode

    def clear(self):
        """As before all tests, whatever this one has left."""
        for msi in list(reversed(self.installed)):
            if self.files() and not self.versions():
                self.install(msi)  # wine forgets a product whose removal failed
            if self.versions():
                self.remove(msi)
        if self.task():
            self.wine.run("schtasks", "/delete", "/f", "/tn", "AssentBanner")
        if self.has_key(ASSENT):
            self.wine.run("reg", "delete", "HKLM\\" + ASSENT, "/f")
        assert not self.files() and not self.versions() and not self.task()

    def versions(self):
        said = self.wine.run("reg", "query", "HKLM\\" + UNINSTALL, "/s").stdout
        return set(re.findall(r"Assent\s.*?DisplayVersion\s+REG_SZ\s+(\S+)", said, re.DOTALL))

    def raw(self, key, name):
        said = self.wine.run(self.PROBE, "read", key, name).stdout.split()
        return (int(said[0]), bytes.fromhex(said[1]) if len(said) > 1 else b"") if said else None

    def value(self, key, name):
        found = self.raw(key, name)
        if found is None:
            return None
        return int.from_bytes(found[1], "little") if found[0] == REG_DWORD else found[1].decode("utf-16-le")[:-1]

    def write(self, key, name, data, type_=REG_SZ):
        done = self.wine.run(self.PROBE, "write", key, name, type_, data.hex())
        assert done.returncode == 0, done.stderr

    def userinit(self, type_, data):
        self.write(WINLOGON, "Userinit", data, type_)

    def files(self):
        return sorted(os.listdir(self.folder)) if os.path.isdir(self.folder) else []

    def task(self):
        """What wine keeps of the task: no trigger and no action."""
        return self.task_file.read_text() if self.task_file.is_file() else None

    def service_runs(self):
        return "RUNNING" in self.wine.run("sc", "query", "AssentService").stdout

    def has_key(self, key):
        return self.wine.run("reg", "query", "HKLM\\" + key).returncode == 0

    def is_clean(self):
        return (not self.files() and not self.task() and not self.has_key(ASSENT)
                and not self.has_key(r"SYSTEM\CurrentControlSet\Services\AssentService")
                and not self.has_key(r"SYSTEM\CurrentControlSet\Services\EventLog\Application\Assent")
                and not self.has_key(REGISTERED))
