"""kill -9 of a real assentd under eight writers, again and again: every acceptance that was
acknowledged is there afterwards with the same receipt, and the log only grew.

ROUNDS: how many times (3; 20 where CI is set)."""

import os
import random
import signal
import threading

from gate_device import Device
from http_client import Client
from receipts import checkpoint_of, is_consistent, verified
from service_fixture import SCHOOLS, wait_for

ROUNDS = int(os.environ.get("ROUNDS", "20" if os.environ.get("CI") else "3"))
WRITERS = 8
A_ROUND = 150  # people who are asked in a round
MOST = 60  # answers before the kill


class Writers:
    """Eight clients that answer for people until the service has gone."""

    def __init__(self, device: Device, people):
        self.device, self.people, self.taken = device, iter(people), {}
        self._lock = threading.Lock()
        self.threads = [threading.Thread(target=self._run) for _ in range(WRITERS)]
        for thread in self.threads:
            thread.start()

    def _next(self):
        with self._lock:
            return next(self.people, None)

    def _run(self):
        client = Client(self.device.client.service, self.device.client.token)
        while login := self._next():
            try:
                asked = {"login": login, "channel": "pam:login"}
                shown = client.do("/v1/gate/check", asked)["presentation"]
                receipt = client.do("/v1/gate/answer", self.device.answer_body(shown))
            except OSError:
                return
            self.taken[login] = receipt


def test_every_acknowledged_acceptance_survives_kill_9_with_the_same_receipt(small_world):
    service, device = small_world.service, small_world.devices["kingsmead"]
    admin, chance = small_world.admins["kingsmead"], random.Random(20261121)
    total = ROUNDS * A_ROUND
    rows = "".join(f"L{i},pupil{i},Pupil {i},student,7,ks3,7A,,\n" for i in range(total))
    admin.must(admin.import_csv((SCHOOLS / "kingsmead/people.csv").read_text() + rows))
    key, taken, seen = device.log_key, {}, []
    for number in range(ROUNDS):
        people = [f"pupil{i}" for i in range(number * A_ROUND, (number + 1) * A_ROUND)]
        writers, count = Writers(device, people), chance.randint(1, MOST)
        wait_for("answers", lambda: len(writers.taken) >= count)
        assert service.end(signal.SIGKILL) == -signal.SIGKILL
        for thread in writers.threads:
            thread.join()
        service.start()
        taken |= writers.taken
        for login, receipt in writers.taken.items():
            stored = admin.read(f"/v1/receipts/{receipt['index']}")
            assert stored == {"record": receipt["record"], "proof": receipt["proof"]}, login
            assert device.check(login)["verdict"] == "clear"
        seen.append(checkpoint_of(key, service.open().get("/v1/ledger/checkpoint").body))
        for old in [seen[0], *seen[-8:]]:
            sizes = {"from": old[0], "to": seen[-1][0]}
            proof = service.open().read("/v1/ledger/consistency", **sizes)["proof"]
            assert is_consistent(old, seen[-1], proof)
    indexes = [receipt["index"] for receipt in taken.values()]
    assert len(set(indexes)) == len(indexes) >= ROUNDS
    for login, receipt in list(taken.items())[::max(1, len(taken) // 40)]:
        assert verified(key, receipt)["subject"]["login"] == login
        again = admin.read(f"/v1/receipts/{receipt['index']}")
        assert again == {"record": receipt["record"], "proof": receipt["proof"]}
