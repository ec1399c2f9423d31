"""What a million people cost: memory, the first answer after a start, and an import."""
import contextlib, http.client, os, pathlib, statistics, time

from gate import check_everybody, session_of
from measure import at_most, memory_kib, reported
from service import Assentd, Folder, filled_folder, make_folder

PIECE = 500_000           # bytes of a roster that are sent at once
FIRST_ANSWER_SECONDS = 20


def memory(bench):
    resident = {}
    for people in (bench.sizes.many, bench.sizes.most):
        bench.progress(f"memory: {people} people, each checked once")
        folder = filled_folder(bench.programs, bench.data, people, 0)
        with Assentd(bench.programs, folder) as service:
            check_everybody(bench, service, people)
            resident[people] = memory_kib(service.process.pid)
    many, most = bench.sizes.many, bench.sizes.most
    slope = (resident[most] - resident[many]) * 1024 / (most - many)
    return [at_most(f"assentd: resident at {many:,} people", resident[many] / 1024, "MB", 20),
            reported(f"assentd: resident at {most:,} people", resident[most] / 1024, "MB"),
            at_most(f"assentd: a person more, up to {most:,}", slope, "bytes", 100)]


def forget_pages(path):
    """As after a start of the machine: the file is read from the disk again."""
    file = os.open(path, os.O_RDONLY)
    with contextlib.closing(os.fdopen(file)):
        os.fsync(file)
        os.posix_fadvise(file, 0, 0, os.POSIX_FADV_DONTNEED)


def ask_until_clear(port, session, login, since):
    while time.monotonic() - since < FIRST_ANSWER_SECONDS:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        with contextlib.closing(connection), contextlib.suppress(ConnectionError):
            connection.request("POST", "/v1/gate/check",
                               f'{{"login":"{login}","channel":"pam:sshd"}}',
                               {"Authorization": f"Bearer {session}",
                                "Content-Type": "application/json"})
            reply = connection.getresponse().read()
            if b'"verdict":"clear"' not in reply:
                raise RuntimeError(f"the first answer is wrong: {reply}")
            return (time.monotonic() - since) * 1e3
    raise TimeoutError("no answer")


def start(bench):
    people = bench.sizes.most
    bench.progress(f"start: {people} people")
    folder = filled_folder(bench.programs, bench.data, people, 0)
    with Assentd(bench.programs, folder) as service:
        session = session_of(bench, service)
    took = []
    for number in range(bench.sizes.rounds):
        forget_pages(folder.database)
        since = time.monotonic()
        service = Assentd(bench.programs, folder)
        try:
            login = f"p{people * (2 * number + 1) // (2 * bench.sizes.rounds):07d}"
            took.append(ask_until_clear(service.port, session, login, since))
        finally:
            service.__exit__()
    return [at_most(f"assentd: first answer after exec, {people:,} people",
                    statistics.median(took), "ms", 500)]


def roster(rows, name):
    yield b"mis_id,login,name,role,year,stage,form,groups,kind\n"
    for i in range(rows):
        year = 7 + i % 7
        yield f"{100000 + i},user{i},{name} Surname{i},student,{year},ks3,{year}B,,\n".encode()


def pieces(lines):
    piece = b""
    for line in lines:
        if len(piece) + len(line) > PIECE:
            yield piece
            piece = b""
        piece += line
    yield piece


def import_rows(service, sent, rows, kind):
    """Seconds from the first call to the applied roster."""
    since = time.monotonic()
    name = service.post("/v1/roster/imports", {"source": "csv"})["import"]
    for piece in sent:
        service.post(f"/v1/roster/imports/{name}/rows", piece, "text/csv")
    report = service.post(f"/v1/roster/imports/{name}/apply", {})
    if report[kind] != rows:
        raise RuntimeError(f"the import did something else: {report}")
    return time.monotonic() - since


def imports(bench):
    rows, first, again, peak = bench.sizes.rows, [], [], []
    sent = {name: list(pieces(roster(rows, name))) for name in ("Amira", "Amina")}
    base = make_folder(bench.programs, bench.data / "empty")
    for number in range(bench.sizes.rounds):
        bench.progress(f"import: {rows} rows, round {number + 1} of {bench.sizes.rounds}")
        with Assentd(bench.programs, base.copy(bench.data / "import")) as service:
            first.append(import_rows(service, sent["Amira"], rows, "joins"))
            again.append(import_rows(service, sent["Amina"], rows, "changes"))
            peak.append(memory_kib(service.process.pid, "VmHWM") / 1024)
    return [at_most(f"import: {rows:,} rows", statistics.median(first), "s", 5),
            at_most(f"import: {rows:,} rows, every name changed", statistics.median(again), "s", 5),
            at_most(f"import: {rows:,} rows twice, most memory", max(peak), "MB", 100)]
