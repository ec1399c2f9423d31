"""Durable acceptances over HTTP, against a process that does nothing but commit the same rows."""
import shutil

from measure import at_least, median, more_at_most, ratio_at_least, reported
from service import Assentd, filled_folder

CLIENTS = 64
SLOW_RATE = 1_500  # a second, with fsync 10 ms slower


def answer(bench, base, count, clients, preload=None):
    """A round in a fresh copy of `base`: what the clients saw, and the folder afterwards."""
    folder = base.copy(bench.data / "round")
    with Assentd(bench.programs, folder, preload) as service:
        seen = bench.tool("gate_load", "answer", service.port, folder.token(), count, clients)
    return seen, folder


def replay(bench, mode, base, written, preload=None):
    """The yardstick over the rows of the round, also in a fresh copy."""
    bare = base.copy(bench.data / "bare")
    environment = {"LD_PRELOAD": str(preload)} if preload else None
    return bench.tool("replay_rows", mode, bare.database, written.database, env=environment)


def rounds(bench, base, what, modes, count, clients, preload=None):
    """What our rounds saw, then what each of the yardsticks did."""
    ours, bare = [], [[] for _ in modes]
    for number in range(bench.sizes.rounds):
        bench.progress(f"acceptance: {what}, round {number + 1} of {bench.sizes.rounds}")
        seen, written = answer(bench, base, count, clients, preload)
        ours.append(seen)
        for mode, rows in zip(modes, bare):
            rows.append(replay(bench, mode, base, written, preload))
    return ours, *bare


def measure(bench):
    sizes = bench.sizes
    bench.progress("acceptance: people who owe one")
    base = filled_folder(bench.programs, bench.data, sizes.many, sizes.answers)
    slow = bench.library("slow_sync.so")
    try:
        ours, bare, signed = rounds(bench, base, f"{CLIENTS} clients", ["rows", "signed"],
                                    sizes.answers, CLIENTS)
        slow_ours, slow_bare = rounds(bench, base, "slow disk", ["table"], sizes.answers, CLIENTS,
                                      slow)
        alone, one = rounds(bench, base, "one client", ["one"], sizes.answers_alone, 1)
    finally:
        for name in ("round", "bare"):
            shutil.rmtree(bench.data / name, ignore_errors=True)
    batch = median(bare, "records") / median(bare, "commits")
    return [
        ratio_at_least(f"acceptance: {CLIENTS} clients, against the same rows", median(ours, "rate"),
                       "1/s", median(bare, "rate"), 0.5),
        ratio_at_least(f"acceptance: {CLIENTS} clients, against the rows and their signatures",
                       median(ours, "rate"), "1/s", median(signed, "rate"), 0.5),
        reported("acceptance: records in a commit", batch, ""),
        reported("acceptance: p50", median(ours, "p50"), "ms"),
        reported("acceptance: p99", median(ours, "p99"), "ms"),
        ratio_at_least("acceptance: fsync +10 ms, against one table", median(slow_ours, "rate"),
                       "1/s", median(slow_bare, "rate"), 0.5),
        at_least("acceptance: fsync +10 ms", median(slow_ours, "rate"), "1/s", SLOW_RATE),
        more_at_most("acceptance: one client's p50, against a bare commit", median(alone, "p50"),
                     "ms", median(one, "p50"), 1.0),
    ]
