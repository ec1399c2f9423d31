"""A clock for assentd alone, which a test sets: libfaketime before the service's own. Only the clock
on the wall is another; what assentd waits for is measured by the machine's, as after a real step."""

import datetime
import pathlib
import time

from service_fixture import Service

LIBRARY = "libfaketime.so.1"


def instant(text):
    """Seconds since 1970 of "2027-03-28T00:30:00Z"."""
    return datetime.datetime.fromisoformat(text.replace("Z", "+00:00")).timestamp()


class SetClock:
    def __init__(self, folder, at=None):
        [library] = pathlib.Path("/usr/lib").glob(f"*/faketime/{LIBRARY}")
        self.file, self.offset = folder / "clock", 0.0
        self.words = ["env", f"LD_PRELOAD={library}", f"FAKETIME_TIMESTAMP_FILE={self.file}",
                      "FAKETIME_NO_CACHE=1", "FAKETIME_DONT_FAKE_MONOTONIC=1",
                      "FAKETIME_DONT_RESET=1", "NO_FAKE_STAT=1"]
        self.set(time.time() if at is None else at)

    def now(self):
        return time.time() + self.offset

    def set(self, at):
        self._keep(at - time.time())

    def step(self, seconds):
        self._keep(self.offset + seconds)

    def _keep(self, offset):
        """Renamed into place, so that nobody reads half of it."""
        self.offset, new = offset, self.file.with_suffix(".new")
        new.write_text(f"{offset:+.6f}\n")
        new.replace(self.file)


def service_at(clock):
    """What Wifi takes in place of Service."""
    class ServiceAtThatTime(Service):
        def command(self, *arguments):
            return [*clock.words, *super().command(*arguments)]

    return ServiceAtThatTime
