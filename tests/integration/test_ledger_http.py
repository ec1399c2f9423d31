"""The log as anybody sees it: its checkpoint verifies with openssl by the commands of
docs/ledger.md, it only grows, and receipts have the same bytes whenever they are asked for."""

import base64
import json
import subprocess

import pytest

from receipts import checkpoint_of, is_consistent, verified
from service_fixture import ORIGIN, SOURCE
from verify_receipt import Refused, open_note


def key_of(world):
    return world.service.open().get("/v1/ledger/key").body.decode()


def checkpoint(world):
    return world.service.open().get("/v1/ledger/checkpoint").body


def documented_commands():
    text = (SOURCE / "docs/ledger.md").read_text()
    return "".join(part.split("```")[0] for part in text.split("```sh\n")[1:])


def test_a_strangers_openssl_verifies_a_receipt_by_the_documented_commands(world, tmp_path):
    receipt = world.devices["kingsmead"].accept(world.pupil())
    (tmp_path / "proof").write_text(receipt["proof"])
    (tmp_path / "record").write_text(receipt["record"])
    (tmp_path / "verifier_key").write_text(key_of(world))
    done = subprocess.run(["sh", "-euc", documented_commands()], cwd=tmp_path, capture_output=True,
                          text=True)
    assert done.stdout == "Signature Verified Successfully\n", done.stderr
    whole = subprocess.run(["sh", SOURCE / "tests/support/verify_receipt.sh", key_of(world).strip(),
                            tmp_path / "proof", tmp_path / "record"],
                           capture_output=True, text=True)
    assert whole.returncode == 0 and "is in the log" in whole.stdout, whole.stderr


def test_the_newest_checkpoint_is_signed_by_the_key_that_devices_pinned(world):
    assert key_of(world) == world.devices["carre"].log_key + "\n"
    assert key_of(world).startswith(ORIGIN + "+")
    size, _ = checkpoint_of(key_of(world), checkpoint(world))
    assert size == world.service.size() > 0


def test_a_changed_checkpoint_is_refused(world):
    note = checkpoint(world).decode()
    lines = note.split("\n")
    lines[1] = str(int(lines[1]) + 1)
    with pytest.raises(Refused):
        open_note("\n".join(lines), key_of(world).strip())


def test_two_checkpoints_are_consistent_by_their_proof(world):
    device, key, seen = world.devices["kingsmead"], key_of(world), []
    for _ in range(6):
        seen.append(checkpoint_of(key, checkpoint(world)))
        device.accept(world.pupil())
    seen.append(checkpoint_of(key, checkpoint(world)))
    anybody = world.service.open()
    for i, old in enumerate(seen):
        for new in seen[i:]:
            sizes = {"from": old[0], "to": new[0]}
            proof = anybody.read("/v1/ledger/consistency", **sizes)["proof"]
            assert is_consistent(old, new, proof)
            if old != new:
                other = (old[0], seen[0][1] if old != seen[0] else seen[1][1])
                assert not is_consistent(other, new, proof)
                assert not is_consistent(old, new, proof + [base64.b64encode(b"x" * 32).decode()])


def test_a_receipt_has_the_same_bytes_at_every_call_while_the_log_grows(world):
    device, admin = world.devices["kingsmead"], world.admins["kingsmead"]
    first = device.accept(world.pupil())
    path = f"/v1/receipts/{first['index']}"
    one = admin.get(path).body
    for _ in range(3):
        device.accept(world.pupil())
        assert admin.get(path).body == one
    assert json.loads(one) == {"record": first["record"], "proof": first["proof"]}


def test_every_record_of_the_log_verifies_and_says_what_it_is(own_world):
    device, admin = own_world.devices["kingsmead"], own_world.admins["kingsmead"]
    shown = device.shown("akhan")
    device.client.must(device.answer(shown))
    admin.publish("student", 2)
    device.accept("akhan", "acknowledge")
    admin.do("/v1/people/bobrien/answers", {"act": "agree", "policy": "student", "how": "paper"})
    own_world.service.device("kingsmead", "GONE-1")
    admin.do("/v1/devices/GONE-1/revoke")
    types, times = [], []
    for index in range(own_world.service.size()):
        for one in own_world.admins.values():  # each school sees its own
            reply = one.get(f"/v1/receipts/{index}")
            if reply.status == 200:
                record = verified(device.log_key, reply.json())
                text = reply.json()["record"]
                assert text == json.dumps(record, sort_keys=True, separators=(",", ":"),
                                          ensure_ascii=False)
                assert record["v"] == 1 and record["trust"] == "test-trust"
                types.append(record["type"])
                times.append(record["t"])
                break
        else:
            raise AssertionError(f"record {index} is nobody's")
    assert times == sorted(times)
    assert types[:3] == ["admin.change"] * 3 and types.count("publish") == 11
    assert types.count("roster.import") == 3 and types.count("device.revoke") == 1
    assert types.count("device.add") == types.count("device.enrol") == 4
    assert types.count("accept") == 3
