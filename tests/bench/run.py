#!/usr/bin/env python3
"""Measures Assent on this machine and holds each figure to its bar. docs/benchmarks.md says how.

    tests/bench/run.py [--json] [--smoke] [--programs FOLDER] [NAME...]

NAME: gate, acceptance, login, memory, start, import, directory, portal, radius,
logon; all when none is given.
--smoke runs every one
with small numbers, to see that it works, and judges nothing. Ends with 1 when a bar does not hold.
"""
import argparse, pathlib, sys, time

sys.dont_write_bytecode = True  # before our own modules

import acceptance, directory, gate, login, logon, people, portal, radius
from measure import SMOKE, Bench, Sizes, show
from service import SOURCE

MEASUREMENTS = {"gate": gate.measure, "acceptance": acceptance.measure, "login": login.measure,
                "memory": people.memory, "start": people.start, "import": people.imports,
                "directory": directory.measure, "portal": portal.measure, "radius": radius.measure,
                "logon": logon.measure}


def arguments():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", action="store_true", help="one object a line")
    parser.add_argument("--smoke", action="store_true", help="small numbers, one round, no judgement")
    parser.add_argument("--programs", type=pathlib.Path, default=SOURCE / "build/bench/bin")
    parser.add_argument("names", nargs="*", metavar="NAME")
    given = parser.parse_args()
    for name in given.names:
        if name not in MEASUREMENTS:
            parser.error(f"there is no measurement '{name}': {', '.join(MEASUREMENTS)}")
    return given


def main():
    given = arguments()
    started = time.monotonic()
    data = given.programs.resolve().parent / "data"
    data.mkdir(parents=True, exist_ok=True)

    def progress(text):
        print(f"[{time.monotonic() - started:4.0f} s] {text}", file=sys.stderr, flush=True)

    bench = Bench(given.programs.resolve(), data, SMOKE if given.smoke else Sizes(), progress)
    results = []
    for name in given.names or MEASUREMENTS:
        results += MEASUREMENTS[name](bench)
    if given.smoke:
        for result in results:
            result.bar = result.holds = None
    show(results, given.json, not given.smoke)
    return 1 if any(result.holds is False for result in results) else 0


if __name__ == "__main__":
    sys.exit(main())
