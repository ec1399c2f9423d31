"""Stopping, starting again and not starting: what was acknowledged is there afterwards, and a
damaged or foreign folder is refused in words."""

import os
import pathlib
import shutil
import signal
import subprocess
import threading

import pytest

from http_client import Client
from receipts import verified
from service_fixture import SCHOOLS, logins, wait_for

WRITERS = 8


def load(device, people, taken, answers):
    """One client that accepts for one person after the other until the service has gone."""
    client = Client(device.client.service, device.client.token)
    for login in people:
        try:
            shown = client.do("/v1/gate/check", {"login": login, "channel": "x"})["presentation"]
            reply = client.post("/v1/gate/answer", device.answer_body(shown))
        except (OSError, AssertionError) as gone:
            answers.append(gone)
            return
        answers.append(reply)
        if reply.status == 200:
            taken[login] = reply.json()


def under_load(world, count, stop):
    """Calls `stop` when `count` answers were taken among eight writers: what it gives, what was
    acknowledged, every reply, and the log's size before."""
    device, taken, answers = world.devices["kingsmead"], {}, []
    rows = "".join(f"L{i},pupil{i},Pupil {i},student,7,ks3,7A,,\n" for i in range(3000))
    admin = world.admins["kingsmead"]
    admin.must(admin.import_csv((SCHOOLS / "kingsmead/people.csv").read_text() + rows))
    size = world.service.size()
    shares = [[f"pupil{i}" for i in range(start, 3000, WRITERS)] for start in range(WRITERS)]
    threads = [threading.Thread(target=load, args=(device, share, taken, answers))
               for share in shares]
    for thread in threads:
        thread.start()
    wait_for("some answers", lambda: len(taken) >= count)
    ended = stop()
    for thread in threads:
        thread.join()
    return ended, taken, answers, size


def test_sigterm_under_load_answers_what_is_in_flight_and_loses_nothing(small_world):
    service, device = small_world.service, small_world.devices["kingsmead"]
    ended, taken, answers, before = under_load(small_world, 40, lambda: service.end())
    assert ended == 0 and "stopping" in service.log.read_text()
    for reply in answers:  # an answer, a refusal in words, or no service any more; nothing torn
        if not isinstance(reply, (ConnectionError, AssertionError)):
            assert reply.status in (200, 503), reply
    service.start()
    assert service.size() - before == len(taken)  # nothing was written whose answer was lost
    admin = small_world.admins["kingsmead"]
    for login, receipt in taken.items():
        assert device.check(login)["verdict"] == "clear"
        stored = admin.read(f"/v1/receipts/{receipt['index']}")
        assert stored == {"record": receipt["record"], "proof": receipt["proof"]}
        verified(device.log_key, stored)


def test_a_session_and_a_ticket_outlive_a_restart(small_world):
    service, device = small_world.service, small_world.devices["kingsmead"]
    shown = device.shown("akhan")
    assert service.end() == 0
    service.start()
    assert device.answer(shown).status == 200
    assert device.check("akhan")["verdict"] == "clear"


def test_an_answer_repeated_after_a_restart_gives_the_same_receipt(small_world):
    service, device = small_world.service, small_world.devices["kingsmead"]
    body = device.answer_body(device.shown("akhan"))
    first = device.client.do("/v1/gate/answer", body)
    assert service.end(signal.SIGKILL) == -signal.SIGKILL
    service.start()
    again = device.client.do("/v1/gate/answer", body)
    told = first.pop("message")  # what follows for their websites is for the moment alone
    assert told and again == first


def test_a_second_service_on_the_same_folder_refuses(small_world):
    status, said = small_world.service.refuses_to_start()
    assert status != 0 and "another assentd has the data folder" in said
    assert small_world.service.open().get("/v1/health").status == 200


@pytest.fixture
def stopped(folder_for_service):
    """A service with one record, stopped."""
    service = folder_for_service(schools=("kingsmead",))
    service.start()
    service.admins["kingsmead"].import_roster("kingsmead")
    assert service.end() == 0
    return service


def key_files(service):
    return [service.folder / "keys/log.key", service.data / "keys/ticket.key",
            service.data / "keys/access.key"]


@pytest.mark.parametrize("which", [0, 1, 2])
def test_a_missing_key_is_not_made_anew(stopped, which):
    key = key_files(stopped)[which]
    key.unlink()
    status, said = stopped.refuses_to_start()
    assert status != 0 and str(key) in said and "missing" in said
    assert not key.exists()


@pytest.mark.parametrize("text", [b"", b"x", b"0" * 64, b"0" * 66, b"g" * 64 + b"\n"])
def test_a_damaged_key_is_refused_and_left_alone(stopped, text):
    key = key_files(stopped)[0]
    key.write_bytes(text)
    status, said = stopped.refuses_to_start()
    assert status != 0 and "log.key" in said and key.read_bytes() == text


def test_another_logs_key_is_refused(stopped):
    key_files(stopped)[0].write_text("11" * 32 + "\n")
    status, said = stopped.refuses_to_start()
    assert status != 0 and "not signed by this key" in said


def test_a_key_that_others_can_read_is_refused(stopped):
    key_files(stopped)[0].chmod(0o644)
    status, said = stopped.refuses_to_start()
    assert status != 0 and "readable by its owner alone" in said


def test_keys_and_data_are_for_the_service_alone(stopped):
    for key in key_files(stopped):
        assert key.stat().st_mode & 0o777 == 0o600
    assert stopped.data.stat().st_mode & 0o077 == 0
    for token in stopped.folder.glob("*.token"):
        assert token.stat().st_mode & 0o777 == 0o600


def test_a_damaged_store_is_refused(stopped):
    store = stopped.data / "assent.db"
    store.write_bytes(b"this is no database" * 1000)
    status, said = stopped.refuses_to_start()
    assert status == 1 and "assent.db is damaged" in said and "restore" in said


def test_another_origin_is_another_log_and_refused(stopped):
    text = stopped.config.read_text()
    stopped.config.write_text(text.replace("test.example/log", "other.example/log"))
    status, said = stopped.refuses_to_start()
    assert status != 0 and "not signed by this key over this tree" in said


def test_a_taken_port_is_refused_in_words(stopped, tmp_path_factory):
    stopped.start()
    other = tmp_path_factory.mktemp("other") / "copy"
    shutil.copytree(stopped.folder, other)
    (other / "data/lock").unlink()
    config = other / "assent.toml"
    text = stopped.config.read_text().replace(str(stopped.folder), str(other))
    config.write_text(text.replace("port = 0", f"port = {stopped.port}"))
    done = subprocess.run([*stopped.command()[:1], "--config", config], capture_output=True,
                          text=True, timeout=20)
    assert done.returncode == 75 and "cannot listen" in done.stderr


@pytest.fixture
def small_disk(tmp_path):
    """A file system of 24 MiB that a test may fill."""
    if os.geteuid() != 0:
        pytest.skip("mounting a small file system needs root")
    disk = tmp_path / "disk"
    disk.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", disk], check=True)
    yield disk
    subprocess.run(["umount", "--lazy", disk], check=True)


def test_a_full_disk_is_told_and_reading_goes_on_and_space_mends_it(
        small_disk, folder_for_service):
    service = folder_for_service(schools=("kingsmead",), data=small_disk / "data")
    service.start().fill()
    device, admin = service.device("kingsmead", "LIB-0039"), service.admins["kingsmead"]
    pupils = logins("kingsmead", "student")
    kept, next_one = device.accept(next(pupils)), next(pupils)
    shown = device.shown(next_one)
    filler = small_disk / "filler"
    fill_up(filler)
    refused = device.answer(shown)
    assert (refused.status, refused.problem) == (503, "unavailable")
    assert "disk" in refused.json()["detail"]
    assert admin.post("/v1/devices", {"name": "X-1"}).status == 503
    assert service.process.poll() is None, service.log.read_text()
    assert device.check(next_one)["verdict"] == "ask"
    assert admin.read(f"/v1/receipts/{kept['index']}")["record"] == kept["record"]
    assert service.open().get("/v1/ledger/checkpoint").status == 200
    filler.unlink()
    answer = device.client.must(device.answer(shown))
    verified(device.log_key, answer)
    assert device.check(next_one)["verdict"] == "clear"
    size = service.size()
    assert service.end() == 0
    service.start()
    assert service.size() == size and device.check(next_one)["verdict"] == "clear"


def fill_up(path: pathlib.Path):
    with path.open("wb", buffering=0) as file:
        try:
            while file.write(b"x" * 4096):
                pass
        except OSError:
            pass
