"""A gate check with nothing outstanding, against a handler that sends as many bytes."""
import contextlib, http.client, json, pathlib, subprocess

from measure import cpu_seconds, median, ratio_at_least, ratio_at_most, reported
from service import Assentd, filled_folder

CONNECTIONS = 32
CHECKING = 64  # connections that check everybody once, so that the cache is full


@contextlib.contextmanager
def fixed_server(bench, length):
    process = subprocess.Popen([bench.programs / "fixed_server", str(length)], text=True,
                               stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    try:
        yield process, int(process.stdout.readline())
    finally:
        process.stdin.close()
        process.wait(10)


def answer_length(port, session):
    """How long the answer is; also that the connection stays open behind it."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    with contextlib.closing(connection):
        for _ in range(2):
            connection.request("POST", "/v1/gate/check", '{"login":"p0000000","channel":"pam:sshd"}',
                               {"Authorization": f"Bearer {session}",
                                "Content-Type": "application/json"})
            kept = connection.sock
            reply = connection.getresponse()
            body = reply.read()
            if reply.status != 200 or json.loads(body)["verdict"] != "clear":
                raise RuntimeError(f"not clear: {reply.status} {body}")
            if connection.sock is not kept or reply.will_close:
                raise RuntimeError("the service does not keep connections open")
        return len(body)


def accepted_connections():
    names, values = [line.split() for line in pathlib.Path("/proc/net/snmp").read_text().splitlines()
                     if line.startswith("Tcp:")]
    return int(values[names.index("PassiveOpens")])


def load(bench, process, port, session, people):
    """One run of wrk: CPU a request, rate, latencies."""
    cpu, opened = cpu_seconds(process.pid), accepted_connections()
    run = subprocess.run(["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{bench.sizes.seconds}s", "--latency",
                          "-s", pathlib.Path(__file__).with_name("check.lua"),
                          f"http://127.0.0.1:{port}", "--", session, str(people)],
                         check=True, capture_output=True, text=True)
    row = json.loads(run.stdout.split("RESULT", 1)[1])
    if row["bad"] or not row["requests"]:
        raise RuntimeError(f"wrk met errors: {run.stdout}")
    if accepted_connections() - opened > max(200, row["requests"] / 10):
        raise RuntimeError("connections were not kept open")
    return {**row, "cpu": (cpu_seconds(process.pid) - cpu) / row["requests"] * 1e6,
            "rate": row["requests"] / row["seconds"]}


def check_everybody(bench, service, people):
    bench.tool("gate_load", "check", service.port, service.folder.token(), people, CHECKING)


def session_of(bench, service):
    return bench.tool("gate_load", "session", service.port, service.folder.token())["session"]


def measure(bench):
    sizes = bench.sizes
    folders = {}
    for people in (sizes.few, sizes.most):
        bench.progress(f"gate: {people} people with an acceptance each")
        folders[people] = filled_folder(bench.programs, bench.data, people, 0)
    rows = {"fixed": [], sizes.few: [], sizes.most: []}
    with Assentd(bench.programs, folders[sizes.few]) as few, \
            Assentd(bench.programs, folders[sizes.most]) as most:
        sessions = {}
        for people, service in ((sizes.few, few), (sizes.most, most)):
            bench.progress(f"gate: checking all {people} once")
            check_everybody(bench, service, people)
            sessions[people] = session_of(bench, service)
        length = answer_length(few.port, sessions[sizes.few])
        with fixed_server(bench, length) as (fixed, fixed_port):
            for number in range(sizes.rounds):
                bench.progress(f"gate: round {number + 1} of {sizes.rounds}")
                rows["fixed"].append(load(bench, fixed, fixed_port, sessions[sizes.few], sizes.few))
                for people, service in ((sizes.few, few), (sizes.most, most)):
                    rows[people].append(
                        load(bench, service.process, service.port, sessions[people], people))
    return results(sizes, rows)


def results(sizes, rows):
    fixed, few, most = rows["fixed"], rows[sizes.few], rows[sizes.most]
    return [
        ratio_at_most("gate check: server CPU", median(few, "cpu"), "us", median(fixed, "cpu"), 1.35),
        ratio_at_least("gate check: rate", median(few, "rate"), "1/s", median(fixed, "rate"), 0.8),
        ratio_at_most(f"gate check: CPU at {sizes.most:,} against {sizes.few:,} people",
                      median(most, "cpu"), "us", median(few, "cpu"), 1.1),
        reported("gate check: p50", median(few, "p50"), "ms"),
        reported("gate check: p99", median(few, "p99"), "ms"),
    ]
