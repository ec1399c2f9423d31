"""The portal's pages: the service's CPU for each, against a handler that sends as many bytes."""
import contextlib, http.client, json, pathlib, re, subprocess, sys, urllib.parse

from gate import fixed_server
from measure import cpu_seconds, median, ratio_at_most, reported
from service import SOURCE, Assentd, make_folder, policy_files

sys.path.insert(0, str(SOURCE / "tests/integration"))
from portal_fixture import PORTAL, all_day

CONNECTIONS = 8
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
VISITOR = SOURCE / "content/aup/visitor"


def ask(port, body=None):
    """The portal's page, or what its form leads to."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    with contextlib.closing(connection):
        connection.request("POST" if body else "GET", PORTAL, body, FORM if body else {})
        reply = connection.getresponse()
        text = reply.read().decode()
        if reply.status != 200:
            raise RuntimeError(f"{reply.status} {text}")
        return text


def form(page, **fields):
    state = re.search('name="state" value="([^"]*)"', page)[1]
    return urllib.parse.urlencode({"state": state, "language": "en", **fields})


def load(bench, process, port, body):
    """CPU a page."""
    cpu = cpu_seconds(process.pid)
    run = subprocess.run(["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{bench.sizes.seconds}s", "--latency",
                          "-s", pathlib.Path(__file__).with_name("page.lua"),
                          f"http://127.0.0.1:{port}", "--", PORTAL, *([body] if body else [])],
                         check=True, capture_output=True, text=True)
    row = json.loads(run.stdout.split("RESULT", 1)[1])
    if row["bad"] or not row["requests"]:
        raise RuntimeError(f"wrk met errors: {run.stdout}")
    return {"p50": row["p50"], "cpu": (cpu_seconds(process.pid) - cpu) / row["requests"] * 1e6}


def guest_of(service):
    """A visitor's voucher."""
    files = policy_files(VISITOR)
    service.post("/v1/policies/visitor/versions", {"number": 1, "files": files})
    order = {"kind": "visitor", "name": "Dr A. Okafor", "host": "ict", "why": "science week"}
    return service.post("/v1/guests", order)["guests"][0]["voucher"]


def pages_of(port, voucher):
    """Each page by its name: what asks for it, and what it is."""
    code = ask(port)
    rules = ask(port, form(code, do="code", code=voucher))
    again = form(rules, do="usual")
    return {"code": (None, code), "rules": (again, ask(port, again))}


def measure(bench):
    bench.progress("portal: a visitor who has a code")
    folder = make_folder(bench.programs, bench.data / "portal")
    school = folder.path / "schools/kingsmead.toml"
    school.write_text(all_day(None, school.read_text()))
    out = []
    with Assentd(bench.programs, folder) as service:
        pages = pages_of(service.port, guest_of(service))
        for name, (body, page) in pages.items():
            rows = {"fixed": [], "page": []}
            with fixed_server(bench, len(page.encode())) as (fixed, port):
                for number in range(bench.sizes.rounds):
                    bench.progress(f"portal: {name}, round {number + 1} of {bench.sizes.rounds}")
                    rows["fixed"].append(load(bench, fixed, port, body))
                    rows["page"].append(load(bench, service.process, service.port, body))
            out.append(ratio_at_most(f"portal: CPU of the page \"{name}\", {len(page.encode()):,} bytes",
                                     median(rows["page"], "cpu"), "us", median(rows["fixed"], "cpu"), 2))
            out.append(reported(f"portal: page \"{name}\", p50", median(rows["page"], "p50"), "ms"))
    return out
