"""The package as a file: signed, listed, and the same bytes each time."""
import hashlib, os, re, shutil, subprocess
import xml.etree.ElementTree as xml

import pytest

from conftest import SOURCE
from package_fixture import package, stand_ins
from windows_settings import PROPERTIES

SIGNED = ["assent-service.exe", "assent-logon.exe", "AssentProvider.dll"]


@pytest.fixture(scope="module")
def programs(tmp_path_factory):
    return stand_ins(tmp_path_factory.mktemp("files") / "programs")


@pytest.fixture(scope="module")
def signer(tmp_path_factory):
    """A certificate for code, its key, and both as PKCS #12 with a password in a file."""
    folder = tmp_path_factory.mktemp("signer")
    subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "key.pem", "-out",
                    "certificate.pem", "-days", "9000", "-subj", "/CN=Test signer", "-addext",
                    "extendedKeyUsage=critical,codeSigning", "-addext", "keyUsage=critical,digitalSignature"],
                   cwd=folder, check=True, capture_output=True)
    (folder / "password").write_text("correct horse")
    subprocess.run(["openssl", "pkcs12", "-export", "-in", "certificate.pem", "-inkey", "key.pem", "-out",
                    "both.p12", "-passout", "file:password"], cwd=folder, check=True)
    return folder


@pytest.fixture(scope="module")
def signed(programs, signer, tmp_path_factory):
    return package(programs, tmp_path_factory.mktemp("signed"), ASSENT_SIGN_CERT=str(signer / "certificate.pem"),
                   ASSENT_SIGN_KEY=str(signer / "key.pem"))


def unpacked(msi, folder):
    subprocess.run(["msiextract", "-C", folder, msi], check=True, capture_output=True)
    return {path.name: path for path in folder.rglob("*") if path.is_file()}


def verifies(file, signer):
    done = subprocess.run(["osslsigncode", "verify", "-CAfile", signer / "certificate.pem", "-in", file],
                          capture_output=True, text=True)
    return done.returncode == 0 and "Signature verification: ok" in done.stdout


def test_package_and_programs_are_signed(signed, signer, tmp_path):
    assert verifies(signed, signer)
    inside = unpacked(signed, tmp_path)
    assert sorted(inside) == sorted([*SIGNED, "banner-task.xml"])
    assert all(verifies(inside[name], signer) for name in SIGNED)


def test_one_changed_byte_is_seen(signed, signer, tmp_path):
    inside = unpacked(signed, tmp_path / "inside")
    for name, file in {"package.msi": signed, **{name: inside[name] for name in SIGNED}}.items():
        data = bytearray(file.read_bytes())
        data[len(data) // 2] ^= 1
        (tmp_path / name).write_bytes(data)
        assert not verifies(tmp_path / name, signer), name


def test_a_pkcs12_file_signs_as_well(programs, signer, tmp_path):
    msi = package(programs, tmp_path, ASSENT_SIGN_PKCS12=str(signer / "both.p12"),
                  ASSENT_SIGN_PASSWORD=str(signer / "password"))
    assert verifies(msi, signer)


def test_without_a_certificate_nothing_is_signed(programs, signer, tmp_path):
    assert not verifies(package(programs, tmp_path), signer)


def test_the_list_has_the_hash_of_each_file_that_is_installed(signed, tmp_path):
    listed = dict(reversed(line.split("  ")) for line in (signed.parent / "SHA256SUMS").read_text().splitlines())
    files = {signed.name: signed, **unpacked(signed, tmp_path)}
    assert listed == {name: hashlib.sha256(file.read_bytes()).hexdigest() for name, file in files.items()}


@pytest.mark.parametrize("is_signed", [False, True])
def test_the_same_programs_give_the_same_bytes(programs, signer, tmp_path, is_signed):
    keys = {"ASSENT_SIGN_CERT": str(signer / "certificate.pem"), "ASSENT_SIGN_KEY": str(signer / "key.pem")}
    moved = tmp_path / "elsewhere"
    shutil.copytree(programs, moved)
    for name in SIGNED:
        os.utime(moved / name, (1, 1))
    made = [package(each, tmp_path / str(i), TZ=zone, **(keys if is_signed else {}))
            for i, (each, zone) in enumerate([(programs, "UTC"), (moved, "Asia/Tokyo"), (programs, "UTC")])]
    assert len({msi.read_bytes() for msi in made}) == 1


def told(msi, *words):
    return subprocess.run(["msiinfo", *words[:1], msi, *words[1:]], check=True, capture_output=True,
                          text=True).stdout


def table(msi, name):
    return [dict(zip(rows[0], row)) for rows in [[line.split("\t") for line in
            told(msi, "export", name).splitlines()]] for row in rows[3:]]


# Wine runs what it is given as whoever installs; of these Windows alone knows the difference.
def test_what_changes_the_machine_runs_as_the_system_and_when_it_is_safe(programs, tmp_path):
    msi = package(programs, tmp_path)
    deferred, as_system, at_the_end, to_undo, whatever_comes = 1024, 2048, 512, 256, 64
    program, path = 18, 50
    said = {row["Action"]: int(row["Type"]) for row in table(msi, "CustomAction") if int(row["Type"]) & deferred}
    always = deferred + as_system
    assert said == {
        "ChainOn": program + always + at_the_end, "ChainNot": program + always + at_the_end,
        "ChainOff": program + always, "UndoChainOff": program + always + to_undo + whatever_comes,
        "BannerOff": program + always, "UndoBannerOff": program + always + to_undo + whatever_comes,
        "UndoTaskOn": path + always + to_undo + whatever_comes,
        "UndoTaskOff": path + always + to_undo + whatever_comes,
        **dict.fromkeys(["OwnSid", "StartAgain", "StartAgainOnError", "TaskOn", "EndTask", "TaskOff"],
                        path + always + whatever_comes)}
    [service] = table(msi, "ServiceInstall")
    assert int(service["ErrorControl"]) == 32768 + 1, "no installation without the service"
    assert all(int(row["Attributes"]) & 256 for row in table(msi, "Component")), "64-bit"


# Of sc and schtasks wine has not all that we need.
def test_what_windows_own_programs_are_told(programs, tmp_path):
    msi = package(programs, tmp_path)
    said = {row["Action"]: (row["Source"], row["Target"]) for row in table(msi, "CustomAction")}
    assert said["StartAgain"][0] == said["StartAgainOnError"][0] == "SC"
    assert "restart/5000/restart/30000/restart/60000" in said["StartAgain"][1]
    assert said["StartAgainOnError"][1] == "failureflag AssentService 1"
    make = ("TASKS", '/create /f /tn AssentBanner /xml "[INSTALLDIR]banner-task.xml"')
    delete = ("TASKS", "/delete /f /tn AssentBanner")
    assert said["TaskOn"] == said["UndoTaskOff"] == make
    assert said["TaskOff"] == said["UndoTaskOn"] == delete
    assert said["EndTask"] == ("TASKS", "/end /tn AssentBanner")
    assert said["FindTasks"] == ("TASKS", "[System64Folder]schtasks.exe")


def test_the_task_ends_before_the_message_is_given_back_and_that_before_files_go(programs, tmp_path):
    rows = {row["Action"]: row for row in table(package(programs, tmp_path), "InstallExecuteSequence")}
    order = ["InstallInitialize", "UndoTaskOff", "EndTask", "TaskOff", "UndoBannerOff", "BannerOff", "StopServices",
             "RemoveRegistryValues", "RemoveFiles", "InstallFiles", "UndoTaskOn", "TaskOn", "InstallFinalize"]
    assert sorted(order, key=lambda action: int(rows[action]["Sequence"])) == order
    when = {rows[action]["Condition"] for action in order[1:6]}
    assert when == {'REMOVE~="ALL" AND NOT UPGRADINGPRODUCTCODE'}


# Wine restricts nobody, and shows no console.
def test_whoever_starts_it_can_say_the_settings_and_nothing_that_is_found_out(programs, tmp_path):
    msi = package(programs, tmp_path)
    value = {row["Property"]: row["Value"] for row in table(msi, "Property")}
    assert value["SecureCustomProperties"].split(";") == sorted([*PROPERTIES, "CHAIN", "PROVIDER"])
    as_whoever_starts_it = [row["Action"] for row in table(msi, "InstallUISequence")]
    assert as_whoever_starts_it == ["ExecuteAction"]
    searched = {row["Property"] for row in table(msi, "AppSearch")}
    assert searched | {row["ActionProperty"] for row in table(msi, "Upgrade")} == {
        "WINBUILD", "CHAINED", "OLDER", "NEWER", "KEPTPROVIDER",
        *("KEPT" + name for name in PROPERTIES)}


def test_programs_run_at_installation_upgrade_and_removal_and_in_no_repair(programs, tmp_path):
    msi = package(programs, tmp_path)
    when = {row["Action"]: row["Condition"] for row in table(msi, "InstallExecuteSequence")}
    for row in table(msi, "CustomAction"):
        if int(row["Type"]) & 1024:
            first = when[row["Action"]].split(" AND ")[0]
            assert first in ("NOT Installed", 'REMOVE~="ALL"'), row["Action"]


def test_a_windows_without_rollback_is_refused_before_the_version_before_goes(programs, tmp_path):
    msi = package(programs, tmp_path)
    rows = {row["Action"]: row for row in table(msi, "InstallExecuteSequence")}
    order = ["InstallInitialize", "NoRollback", "RemoveExistingProducts", "ProcessComponents"]
    assert sorted(order, key=lambda action: int(rows[action]["Sequence"])) == order
    assert rows["NoRollback"]["Condition"] == 'RollbackDisabled AND NOT REMOVE~="ALL"'
    [error] = [row for row in table(msi, "CustomAction") if row["Action"] == "NoRollback"]
    assert error["Type"] == "19" and "DISABLEROLLBACK" in error["Target"]


def test_the_task_runs_the_installed_program_as_the_system_each_hour(programs, tmp_path):
    inside = unpacked(package(programs, tmp_path / "made"), tmp_path)
    data = inside["banner-task.xml"].read_bytes()
    assert data.startswith(b"\xff\xfe") and b"encoding=" not in data.replace(b"\0", b"")
    task = xml.fromstring(data)
    said = {each.tag.split("}")[1]: each.text.strip() for each in task.iter() if (each.text or "").strip()}
    assert said["Command"] == r'"%ProgramFiles%\Assent\assent-service.exe"' and said["Arguments"] == "banner on"
    assert said["UserId"] == "S-1-5-18" and said["Author"] == "Assent"
    assert said["SecurityDescriptor"] == "D:P(A;;FA;;;BA)(A;;FA;;;SY)(A;;FR;;;AU)"
    assert said["Interval"] == "PT1H" and "BootTrigger" in data.decode("utf-16")
    assert said["DisallowStartIfOnBatteries"] == said["StopIfGoingOnBatteries"] == "false"


def test_a_version_is_a_product_and_each_content_a_package(programs, tmp_path):
    other = tmp_path / "other"
    shutil.copytree(programs, other)
    shutil.copy(programs / "AssentProvider.dll", other / "assent-logon.exe")
    made = [package(*each) for each in ((programs, tmp_path / "a"), (other, tmp_path / "b"),
                                        (programs, tmp_path / "c", "0.1.1"))]
    product = [re.search(r"ProductCode\t(\S+)", told(msi, "export", "Property"))[1] for msi in made]
    upgrade = {re.search(r"UpgradeCode\t(\S+)", told(msi, "export", "Property"))[1] for msi in made}
    contents = {re.search(r"UUID\): (\S+)", told(msi, "suminfo"))[1] for msi in made}
    assert product[0] == product[1] != product[2]
    assert len(upgrade) == 1 and len(contents) == 3


def test_the_version_is_the_projects(programs, tmp_path):
    done = subprocess.run([SOURCE / "dev", "package", "windows", "--programs", programs, "--out", tmp_path],
                          capture_output=True, text=True, check=True)
    version = re.search(r"project\(assent VERSION (\S+)", (SOURCE / "CMakeLists.txt").read_text())[1]
    assert (tmp_path / f"assent-{version}-x64.msi").is_file(), done.stdout


@pytest.mark.parametrize("wrong, words", [
    (["--version", "1.2"], "takes no version"), (["--version", "256.0.0"], "takes no version"),
    (["--programs", "/nowhere"], "there is no assent-service.exe"), (["--what", "x"], "no option")])
def test_what_cannot_be_packed_is_said(programs, tmp_path, wrong, words):
    done = subprocess.run([SOURCE / "dev", "package", "windows", "--programs", programs, "--out", tmp_path, *wrong],
                          capture_output=True, text=True)
    assert done.returncode != 0 and words in done.stderr
    assert not list(tmp_path.iterdir())
