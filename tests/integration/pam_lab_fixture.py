"""The `lab` fixture: one private machine for each test file. Needs root, and a built module:
ASSENT_PAM_MODULE, else the newest build/*/lib/security/pam_assent.so."""

import os
import pathlib
import sys

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "support" / "pam_lab"))

from lab import Lab  # noqa: E402


def module_path():
    if "ASSENT_PAM_MODULE" in os.environ:
        return pathlib.Path(os.environ["ASSENT_PAM_MODULE"]).resolve()
    built = list(ROOT.glob("build/*/lib/security/pam_assent.so"))
    assert built, "build the target pam_assent first"
    return max(built, key=lambda path: path.stat().st_mtime)


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    assert os.getuid() == 0, "the private machine needs root"
    folder = tmp_path_factory.mktemp("lab")
    folder.chmod(0o755)
    folder.parent.chmod(0o755)
    private = Lab(folder, module_path())
    yield private
    private.close()
