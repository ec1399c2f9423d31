"""Levels in a school's directory against the directory's own tools, over the servers of the
integration tests: reading everybody, moving everybody, and how soon a signature is applied."""
import contextlib, os, re, shutil, sqlite3, statistics, subprocess, sys, time

from measure import at_most, memory_kib, ratio_at_least, reported
from service import SOURCE, Assentd, make_folder

sys.path.insert(0, str(SOURCE / "tests/integration"))
from samba_fixture import Samba, make_domain
from slapd_fixture import ACCOUNT, Slapd

YEAR_OF = {7: "ks3", 8: "ks4", 9: "ks5", 10: "community", 11: "visitor"}  # each year a level
BATCHES = (4_000, 10_000, 20_000)  # of the yardstick, which is the best of them
TRIES = 3
SETTLE_SECONDS = 300


def by_year(section):
    """The school's file: five years and the staff, each at a level of their own."""
    def edit(toml):
        rules = "".join(f'  {{ stage = "y{year}", level = "{level}" }},\n'
                        for year, level in YEAR_OF.items())
        toml = re.sub(r"(?ms)^level = \[.*?^\]\n",
                      f'level = [\n{rules}  {{ level = "staff" }},\n]\n', toml)
        # Guests may have no looser level than pupils, and here is no level for them.
        toml = re.sub(r"(?ms)^\[guest\.[^\n]*\n.*?(?=^\[)", "", toml)
        stages = "".join(f'  {{ who = "attr:departmentNumber=Year {year}", stage = "y{year}" }},\n'
                         f'  {{ who = "attr:department=Year {year}", stage = "y{year}" }},\n'
                         for year in YEAR_OF)
        return with_directory(section)(toml).replace(
            '  { who = ["group:year-7", "group:year-8", "group:year-9"], stage = "ks3" },\n', stages)
    return edit


def with_directory(section):
    def edit(toml):
        assert 'source               = "csv"' in toml
        return toml.replace('source               = "csv"', 'source = "ldap"\nevery = "never"') + section
    return edit


@contextlib.contextmanager
def empty_folder(path):
    shutil.rmtree(path, ignore_errors=True)
    path.mkdir(parents=True)
    yield path
    shutil.rmtree(path, ignore_errors=True)


@contextlib.contextmanager
def school(bench, name, edit):
    """A service whose school's file was changed by `edit`."""
    folder = make_folder(bench.programs, bench.data / name)
    file = folder.path / "schools/kingsmead.toml"
    file.write_text(edit(file.read_text()))
    with Assentd(bench.programs, folder) as service:
        yield service


def wait(what, happened, seconds=SETTLE_SECONDS):
    end = time.monotonic() + seconds
    while not happened():
        if time.monotonic() > end:
            raise TimeoutError(what)
        time.sleep(0.01)


def read_everybody(service):
    """Seconds that a whole reading takes, and the import that holds it."""
    begun = time.monotonic()
    path = "/v1/roster/imports/" + service.post("/v1/roster/imports", {"source": "ldap"})["import"]
    wait("reading", lambda: service.get(path)["ready"])
    return time.monotonic() - begun, path


def import_everybody(service):
    _, path = read_everybody(service)
    service.post(path + "/apply", {})

    def settled():
        now = service.get("/v1/levels/status")
        later = all(sweep["cause"] == "yearly renewal" for sweep in now["sweeps"])
        return now["waiting"] == 0 and later and now["output"]["last_pass"]
    wait("levels", settled)


def reconcile(service):
    """Seconds from the command to the last change."""
    begun = time.monotonic()
    now = service.post("/v1/levels/reconcile", {})
    while now["left"]:
        time.sleep(0.01)
        now = service.get("/v1/levels/status")["output"]
    assert not now["failed"], now
    return time.monotonic() - begun, now["repaired"]


class Tools:
    """The directory's own programs, signed in as Assent is."""

    def __init__(self, server, account):
        self.server = server
        self.how = ["-x", "-H", server.ldaps, "-D", account, "-w", server.password_file.read_text().strip()]
        self.environment = {**os.environ, "LDAPTLS_CACERT": str(server.authority.file)}

    def run(self, *command, **options):
        begun = time.monotonic()
        subprocess.run([*map(str, command)], env=self.environment, check=True,
                       stdout=subprocess.DEVNULL, **options)
        return time.monotonic() - begun

    def search_everybody(self, *attributes):
        return self.run("ldapsearch", *self.how, "-LLL", "-E", "pr=1000/noprompt", "-b",
                        self.server.people, "(objectClass=person)", *attributes)

    def modify(self, ldif):
        return self.run("ldapmodify", *self.how, "-f", ldif)


def up_a_year(server, pupils, batch, path):
    """LDIF that moves every pupil into the group of the year above."""
    years = sorted(YEAR_OF)
    with path.open("w") as out:
        def change(what, level, members):
            for at in range(0, len(members), batch):
                out.write(f"dn: {server.level_group(level)}\nchangetype: modify\n{what}: member\n")
                out.writelines(f"member: {dn}\n" for dn in members[at:at + batch])
                out.write("\n")
        for what in ("add", "delete"):
            for year in years:
                above = years[(years.index(year) + 1) % len(years)]
                members = [server.pupil(n) for n in range(pupils) if n % 5 == year - 7]
                change(what, YEAR_OF[above if what == "add" else year], members)
    return path


def groups_changed(server, do):
    """How many level groups the directory wrote while `do` ran."""
    stamps = lambda: [server.find(server.level_group(level), "entryCSN", "uSNChanged")
                      for level in {*YEAR_OF.values(), "staff"}]
    before = stamps()
    do()
    return sum(old != new for old, new in zip(before, stamps()))


def moved_and_put_back(bench, server, service, tools, pupils, batch):
    """Seconds of the yardstick, which moves everybody, and of ours, which puts them back."""
    forth = up_a_year(server, pupils, batch, bench.data / "moves.ldif")
    for _ in range(TRIES):  # a directory that tells of changes may be put right meanwhile
        yardstick = tools.modify(forth)
        ours, repaired = reconcile(service)
        if repaired == pupils:
            return yardstick, ours
    raise AssertionError(f"{repaired} of {pupils} were put back")


def moves(bench, server, service, tools, pupils, name, bar):
    """The best batch of the yardstick is looked for; then both in turns, with that one."""
    def in_turns(batch):
        return moved_and_put_back(bench, server, service, tools, pupils, batch)
    by_batch = {batch: in_turns(batch) for batch in BATCHES}
    best = min(by_batch, key=lambda batch: by_batch[batch][0])
    rounds = [in_turns(best) for _ in range(bench.sizes.rounds)]
    again = groups_changed(server, lambda: reconcile(service))
    bench.progress(f"{name}: seconds of ldapmodify and of ours, by batch {by_batch}; then {rounds}")
    yardstick, rate = (pupils / statistics.median(one) for one in zip(*rounds))
    return [ratio_at_least(f"{name}, everybody moved", rate, "people/s", yardstick, bar),
            at_most(f"{name}, groups written by a second pass", again, "groups", 0)]


def openldap(bench):
    pupils = bench.sizes.directory
    with empty_folder(bench.data / "slapd") as path:
        bench.progress(f"directory: slapd with {pupils} pupils")
        server = Slapd(path, pupils=pupils)
        server.without_overlay("syncprov")  # nothing but the command puts levels right
        server.start()
        try:
            tools = Tools(server, ACCOUNT)
            with school(bench, "directory", by_year(server.section())) as service:
                attributes = ("entryUUID", "uid", "displayName", "cn", "employeeNumber",
                              "departmentNumber", "pwdEndTime", "pwdAccountLockedTime")
                both = [(tools.search_everybody(*attributes), read_everybody(service)[0])
                        for _ in range(bench.sizes.rounds)]
                yardstick, ours = (pupils / statistics.median(one) for one in zip(*both))
                before = memory_kib(service.process.pid)
                import_everybody(service)
                out = [ratio_at_least("directory, everybody read", ours, "people/s", yardstick, 0.8)]
                out += moves(bench, server, service, tools, pupils, "OpenLDAP", 0.8)
                grown = (memory_kib(service.process.pid) - before) * 1024 / pupils
                return out + [reported("directory, VmRSS after all of it", grown, "B/person more")]
        finally:
            server.end()


def active_directory(bench):
    pupils = bench.sizes.domain
    with empty_folder(bench.data / "samba") as path:
        bench.progress(f"directory: Samba with {pupils} pupils, 30 a second")
        (path / "made").mkdir()
        (path / "used").mkdir()
        server = Samba(path / "used", make_domain(path / "made", pupils)).start()
        try:
            tools = Tools(server, "assent@school.test")
            with school(bench, "domain", by_year(server.section())) as service:
                import_everybody(service)
                return moves(bench, server, service, tools, pupils, "Samba", 0.8)
        finally:
            server.close()


def applied(bench):
    """From a committed acceptance to its group: one after the other, then so many in a minute."""
    count = bench.sizes.directory_answers
    with empty_folder(bench.data / "slapd") as path:
        server = Slapd(path, pupils=count).start()
        try:
            with school(bench, "applied", with_directory(server.section())) as service:
                import_everybody(service)
                few = count // 20
                bench.progress(f"directory: {few} acceptances alone, {count - few} within a minute")
                for number in range(few):
                    accept(service, number)
                    wait("applied", lambda: service.get("/v1/levels/status")["waiting"] == 0)
                alone = delays(service)
                paced(count - few, bench.sizes.directory_seconds,
                      lambda n: accept(service, few + n))
                wait("applied", lambda: service.get("/v1/levels/status")["waiting"] == 0)
                all_of_them = delays(service)
        finally:
            server.end()
    assert len(all_of_them) == count, len(all_of_them)
    crowd = all_of_them  # the few were sooner: they make it no better than it is by a twentieth
    return [at_most("acceptance to group, alone, median", statistics.median(alone), "ms", 300),
            at_most("acceptance to group, alone, p99", high(alone), "ms", 2_000),
            at_most(f"acceptance to group, {count} in a minute, p99", high(crowd), "ms", 10_000)]


def accept(service, number):
    service.post(f"/v1/people/pupil{number}/answers",
                 {"act": "agree", "policy": "student", "how": "paper"})


def paced(count, seconds, do):
    begun = time.monotonic()
    for number in range(count):
        time.sleep(max(0.0, begun + number * seconds / count - time.monotonic()))
        do(number)


def delays(service):
    """Of everybody who signed: milliseconds from deciding the level to having it."""
    with contextlib.closing(sqlite3.connect(f"file:{service.folder.database}?mode=ro", uri=True)) as db:
        rows = db.execute("SELECT applied - decided FROM level WHERE swept = 0 AND applied IS NOT NULL"
                          " AND applied_change = change AND level != 'unsigned'")
        return [row[0] for row in rows]


def high(values):
    return sorted(values)[int(len(values) * 0.99)]


def measure(bench):
    return openldap(bench) + applied(bench) + active_directory(bench)
