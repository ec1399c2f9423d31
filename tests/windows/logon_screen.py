"""AssentProvider.dll in a logon screen under wine, on a machine of a school."""
import json, shutil, subprocess

import pytest

from conftest import PATIENCE, PROGRAMS, windows_path
from machine import PERSON

NOT_FINISHED, CREDENTIAL = 0, 2  # what GetSerialization says


@pytest.fixture(scope="module")
def screen(machine, tmp_path_factory):
    """Starts the logon screen for a flow; it runs on while somebody reads."""
    folder = tmp_path_factory.mktemp("screen")
    shutil.copy(PROGRAMS / "AssentProvider.dll", folder / "provider_under_test.dll")
    shutil.copy(PROGRAMS / "inner_provider.dll", folder / "inner_provider.dll")
    ours, inner = (windows_path(folder / name) for name in ("provider_under_test.dll",
                                                            "inner_provider.dll"))
    assert machine.wine.run("regsvr32", "/s", ours).returncode == 0

    def start(*flow, login=PERSON):
        machine.wait_for_end_of_session()
        steps = [f"inner_class {inner}", "begin a visit", "usage 1", "users", "tile", "advise",
                 "type 0 .", f"type 1 {login}", "type 2 correct horse", *flow, "end a visit",
                 "inner_class"]
        (folder / "steps").write_text("\n".join(steps) + "\n")
        return machine.wine.start(PROGRAMS / "logon_ui_host.exe", folder / "steps",
                                  windows_path(folder), stdin=subprocess.DEVNULL,
                                  stdout=subprocess.PIPE, text=True)
    yield start
    machine.wine.run("regsvr32", "/s", "/u", ours)


def serialized(program):
    said = [json.loads(line) for line in program.communicate(timeout=PATIENCE)[0].splitlines()]
    assert program.returncode == 0, said[-1:]
    return [step for step in said if step["step"] == "serialize"][-1]
