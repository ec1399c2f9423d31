"""The Windows logon program, from its start to a desktop for who owes nothing, against a program that asks
the service the same thing by WinHTTP and does nothing else. Both under wine, in turns, in a network
namespace of their own."""
import contextlib, json, pathlib, re, statistics, subprocess, sys, tempfile, time

from measure import Result, at_most
from service import SOURCE

PROGRAMS = SOURCE / "build/windows/bin"
AT_LOGON = ("assent-logon.exe", "AssentProvider.dll")  # what a logon waits for
MOST_SIZE, MOST_WORKING_SET = 1.5, 15  # MB


def milliseconds(machine, program):
    start = time.perf_counter()
    program = machine.wine.start(*program, stdin=subprocess.DEVNULL)
    code = program.wait()  # with a time limit it would look every 50 ms alone
    took = (time.perf_counter() - start) * 1e3
    if code != 0:
        raise RuntimeError(f"{program.args}: {code}")
    return took


def enrolled_machine(folder):
    """wine, with the service running, and the person's acceptance recorded."""
    from conftest import Wine
    from machine import PERSON, Machine, roster
    from service_fixture import Service
    prefix = folder / "wine"
    wine = Wine(prefix, "")
    wine.run("wineboot", "-i")
    wine.stop()
    wine.begin()
    service = Service(folder, schools=("kingsmead",)).start()
    admin = service.admins["kingsmead"]
    admin.must(admin.import_csv(roster()))  # and no policy: nobody owes anything
    machine = Machine(wine, service)
    machine.enrol("BENCH-1")
    # The clock stops at the answer: there is no desktop to start.
    machine.put("Userinit", r"C:\nobody.exe,")
    machine.start_service()
    device = service.device("kingsmead", "BENCH-2")
    question = json.dumps({"login": PERSON, "channel": "windows:console"})
    bare = (PROGRAMS / "bare_check.exe", service.port, device.client.token, question)
    return machine, bare


def memory_mb(machine, program, field):
    """The most that a program had of it while it ran, by what Linux says of its process."""
    running, most = machine.wine.start(*program, stdin=subprocess.DEVNULL), 0
    name = pathlib.PureWindowsPath(str(program[0]).replace("/", "\\")).name
    while running.poll() is None:
        for process in pathlib.Path("/proc").glob("[0-9]*"):
            with contextlib.suppress(OSError):
                if name in (process / "cmdline").read_text():
                    found = re.search(rf"{field}:\s+(\d+) kB", (process / "status").read_text())
                    most = max(most, int(found[1]) if found else 0)
    return most / 1024


def figures(folder, rounds):
    from machine import LOGON
    machine, bare = enrolled_machine(folder)
    try:
        pairs = [(milliseconds(machine, [LOGON]), milliseconds(machine, bare))
                 for _ in range(rounds + 2)][2:]  # the first ones are cold
        return {"pairs": pairs, "own": memory_mb(machine, [LOGON], "RssAnon"),
                "whole": memory_mb(machine, [LOGON], "VmHWM"),
                "least": memory_mb(machine, bare, "VmHWM")}
    finally:
        machine.remove()
        machine.service.end()
        machine.wine.end()


# Wine's WinHTTP sends headers and body apart and leaves Nagle's algorithm on: on a connection that is
# kept, the body waits 40 ms for Linux' delayed acknowledgement of the headers. So here, and here
# alone, the loopback acknowledges at once.
AT_ONCE = """ip link set lo up && for to in 127.0.0.0/8 127.0.0.1; do
  ip route change local $to dev lo proto kernel scope host src 127.0.0.1 table local quickack 1 || exit
done && exec "$@\""""


def measure(bench):
    bench.progress("logon: a Windows, with the service on it")
    with tempfile.TemporaryDirectory(dir=bench.data) as folder:
        run = subprocess.run(["unshare", "--net", "sh", "-c", AT_ONCE, "sh", sys.executable, __file__,
                              folder, str(bench.sizes.windows_logons)], stdout=subprocess.PIPE,
                             check=True, text=True)
    found = json.loads(run.stdout)
    ours, theirs = zip(*found["pairs"])
    ratio = statistics.median(a / b for a, b in found["pairs"])
    sizes = {name: (PROGRAMS / name).stat().st_size / 1e6 for name in AT_LOGON}
    return [Result("logon, nothing owed", statistics.median(ours), "ms", statistics.median(theirs), ratio,
                   "ratio <= 1.3", ratio <= 1.3),
            at_most("logon, memory of its own", found["own"], "MB", MOST_WORKING_SET),
            # Wine's own share is in both.
            Result("logon, working set under wine", found["whole"], "MB", found["least"],
                   found["whole"] / found["least"]),
            *(at_most(f"size of {name}", size, "MB", MOST_SIZE) for name, size in sizes.items())]


if __name__ == "__main__":
    sys.path[:0] = [str(SOURCE / "tests/windows"), str(SOURCE / "tests/integration")]
    print(json.dumps(figures(pathlib.Path(sys.argv[1]), int(sys.argv[2]))))
