"""packaging/freeradius/install over Debian's own configuration."""

import hashlib
import re
import subprocess

import pytest

from radius_fixture import FreeRadius
from service_fixture import SOURCE


@pytest.fixture
def radius(tmp_path):
    return FreeRadius(tmp_path, "http://127.0.0.1:8311", tmp_path / "secret")


def state_of(folder):
    return {path.relative_to(folder).as_posix():
            path.readlink() if path.is_symlink() else hashlib.sha256(path.read_bytes()).digest()
            for path in sorted(folder.rglob("*")) if path.is_symlink() or path.is_file()}


def undone(radius, said):
    for line in said.split("To undo it:\n")[1].splitlines():
        subprocess.run(line.strip(), shell=True, check=True)


def test_a_second_run_changes_nothing(radius):
    (radius.raddb / "mods-enabled/exec").unlink()
    before = state_of(radius.raddb)
    assert radius.install() == "Nothing to do: it is installed.\n"
    assert state_of(radius.raddb) == before


def test_a_rehearsal_changes_nothing_and_undoing_leaves_nothing(radius):
    (radius.raddb / "mods-enabled/exec").unlink()
    for name in ("assent", "assent_eap", "assent_mschap"):
        (radius.raddb / "mods-enabled" / name).unlink()
        (radius.raddb / "mods-available" / name).unlink()
    for path in ("sites-enabled/assent", "sites-available/assent", "policy.d/assent"):
        (radius.raddb / path).unlink()
    for kind, name in (("sites", "default"), ("mods", "exec"), ("mods", "eap")):
        (radius.raddb / f"{kind}-enabled" / name).symlink_to(f"../{kind}-available/{name}")
    before = state_of(radius.raddb)
    would = radius.install("--dry-run")
    assert "would write" in would and state_of(radius.raddb) == before
    said = radius.install()
    assert state_of(radius.raddb) != before
    assert would == "".join("would " + line + "\n"
                            for line in said.split("Now:\n")[0].splitlines())
    undone(radius, said)
    assert state_of(radius.raddb) == before


def test_only_freeradius_reads_the_secret(radius):
    for path in ("policy.d/assent", "mods-available/assent", "sites-available/assent"):
        assert (radius.raddb / path).stat().st_mode & 0o777 == 0o640, path
    assert radius.secret.stat().st_mode & 0o777 == 0o600
    assert len(radius.secret.read_text()) == 64


def test_a_secret_that_a_config_file_would_read_otherwise_is_refused(radius):
    radius.secret.write_text("%{exec:/usr/bin/id}" + "a" * 32)
    with pytest.raises(subprocess.CalledProcessError) as refused:
        radius.install()
    assert "letters and digits" in refused.value.stderr


def test_freeradius_takes_it_without_what_runs_programs(radius):
    (radius.raddb / "mods-enabled/exec").unlink()
    done = subprocess.run(["/usr/sbin/freeradius", "-C", "-d", radius.raddb],
                          capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_mschapv2_passes_on_every_attribute_that_an_access_point_may_be_told():
    table = (SOURCE / "service/domain/radius.cpp").read_text()
    may_be = set(re.findall(r'"reply:([\w:-]+)"', table)) - {"Reply-Message"}
    policy = (SOURCE / "packaging/freeradius/policy.d/assent").read_text()
    assert len(may_be) > 8
    assert set(re.findall(r"&outer\.session-state:([\w:-]+) := &reply:\1\n", policy)) == may_be
    assert set(re.findall(r"&reply:([\w:-]+) := &session-state:\1\n", policy)) == may_be
