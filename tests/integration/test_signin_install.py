"""packaging/signin/install: what it writes, what it refuses, and that it can be run again."""

import re
import subprocess

import pytest

from signin_fixture import install

ENTRA = "https://login.microsoftonline.com/5f0c2f6e-1111-4222-8333-944455556666/v2.0"
GOOGLE = "https://accounts.google.com"
SECRET = "a~secret.of_Entra-8Q"


@pytest.fixture
def options(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text(SECRET + "\n")
    return {"issuer": ENTRA, "client_id": "0f7e", "secret": secret, "host": "aup.school.test"}


@pytest.fixture
def root(tmp_path):
    (tmp_path / "root").mkdir()
    return tmp_path / "root"


def files_below(root):
    return {path.relative_to(root).as_posix(): (path.read_bytes(), path.stat().st_mode & 0o777)
            for path in root.rglob("*") if path.is_file()}


def directives(root):
    lines = (root / "etc/assent/signin/apache.conf").read_text().splitlines()
    return [" ".join(line.split()) for line in lines if line.strip() and not line.startswith("#")]


def test_a_dry_run_says_everything_and_does_nothing(root, options):
    said = install(root, "--dry-run", **options)
    assert said.returncode == 0 and files_below(root) == {}
    done = install(root, **options)
    written = [line for line in done.stdout.splitlines() if line.startswith("write ")]
    assert said.stdout.splitlines() == ["would " + line for line in written]
    assert {root.joinpath(name).as_posix() for name in files_below(root)} == {
        line.removeprefix("write ") for line in written}


def test_a_second_run_changes_nothing(root, options):
    install(root, **options)
    before = files_below(root)
    again = install(root, **options)
    assert again.stdout == "Nothing to do: it is installed.\n" and files_below(root) == before


def test_a_new_secret_leaves_the_seal(root, options):
    install(root, **options)
    seal = (root / "etc/assent/signin/secret.conf").read_text().splitlines()[1]
    options["secret"].write_text("another-secret")
    install(root, **options)
    kept = (root / "etc/assent/signin/secret.conf").read_text()
    assert kept.splitlines() == ['OIDCClientSecret "another-secret"', seal]


def test_the_secret_is_in_one_file_of_its_owner(root, options):
    done = install(root, **options)
    holding = {name: mode for name, (text, mode) in files_below(root).items()
               if SECRET.encode() in text}
    assert holding == {"etc/assent/signin/secret.conf": 0o600}
    assert SECRET not in done.stdout + done.stderr
    others = {mode for name, (_, mode) in files_below(root).items() if "secret" not in name}
    assert others == {0o644}


def test_no_name_is_left_to_fill_in(root, options):
    install(root, **options)
    assert [name for name, (text, _) in files_below(root).items()
            if re.search(rb"@[A-Z_]+@", text)] == []


def test_undoing_it_leaves_nothing(root, options):
    said = install(root, **options).stdout
    (undo,) = [line for line in said.splitlines() if line.startswith("  rm -r ")]
    subprocess.run(undo.split(), check=True)
    assert files_below(root) == {}


def test_entra_is_known_by_oid_and_its_tenant(root, options):
    install(root, **options)
    site = directives(root)
    assert f"OIDCProviderIssuer {ENTRA}" in site and f'Require claim "iss:{ENTRA}"' in site
    assert 'Require claim "oid~.+"' in site
    assert 'Header set X-Assent-Subject "expr=%{reqenv:OIDC_CLAIM_oid}"' in site
    assert "OIDCAuthRequestParams prompt=login&max_age=300" in site


def test_google_is_known_by_sub_and_its_domain(root, options):
    done = install(root, **{**options, "issuer": GOOGLE, "hosted_domain": "school.test"})
    assert done.returncode == 0, done.stderr
    site = directives(root)
    assert 'Require claim "hd:school.test"' in site and 'Require claim "sub~.+"' in site
    assert "OIDCAuthRequestParams prompt=select_account" in site


@pytest.mark.parametrize("change, says", [
    ({"issuer": "https://login.microsoftonline.com/common/v2.0"}, "anybody's account"),
    ({"issuer": "https://login.microsoftonline.com/organizations/v2.0"}, "anybody's account"),
    ({"issuer": GOOGLE}, "--hosted-domain"),
    ({"issuer": "http://login.school.test"}, "https://"),
    ({"claim": "email"}, "sub or oid"),
    ({"claim": "preferred_username"}, "sub or oid"),
    ({"again": "none"}, "login or select_account"),
    ({"host": "aup.school.test\nUser root"}, "character"),
    ({"client_id": 'a"b'}, "character"),
    ({"hosted_domain": "school.test>"}, "character"),
    ({"ca": "/nowhere/ca.pem"}, "cannot be read"),
    ({"secret": "/nowhere/secret"}, "cannot be read"),
])
def test_what_would_not_be_safe_is_refused(root, options, change, says):
    done = install(root, **{**options, **change})
    assert done.returncode == 1 and says in done.stderr and files_below(root) == {}


@pytest.mark.parametrize("secret", ["", "two\nlines", 'quo"te', "bl ank", "back\\slash", "$HOME"])
def test_a_secret_that_a_config_file_would_read_otherwise_is_refused(root, options, secret):
    options["secret"].write_text(secret)
    done = install(root, **options)
    assert done.returncode == 1 and "secret" in done.stderr and files_below(root) == {}


def test_a_folder_that_nginx_cannot_pass_is_named(root, options):
    (root / "etc/assent").mkdir(parents=True)
    (root / "etc/assent").chmod(0o750)
    done = install(root, **options)
    assert done.returncode == 1 and f"chmod o+x {root}/etc/assent" in done.stderr
    assert files_below(root) == {}


def test_the_secret_is_needed_once(root, options):
    first = install(root, **{**options, "secret": None})
    assert first.returncode == 1 and "give --secret" in first.stderr and files_below(root) == {}
    install(root, **options)
    before = files_below(root)
    assert install(root, **{**options, "secret": None}).returncode == 0
    assert files_below(root) == before


@pytest.mark.parametrize("missing", ["issuer", "client_id", "host"])
def test_what_is_needed_is_asked_for(root, options, missing):
    done = install(root, **{**options, missing: None})
    assert done.returncode == 64 and done.stderr.startswith("usage: install")
