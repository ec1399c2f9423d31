"""Guests over RADIUS against FreeRADIUS's own ways, through the same FreeRADIUS: logins a second, how
they depend on the number of guests, and 500 visitors who come within ten seconds."""
import contextlib, hashlib, hmac, os, pathlib, re, select, shutil, socket, struct, subprocess
import sys, time

from measure import at_least, at_most, paired_at_least, reported
from service import SOURCE, Assentd, free_port, make_folder

sys.path.insert(0, str(SOURCE / "tests/integration"))
from radius_fixture import ACCESS_POINT, NAS, SHARED, FreeRadius, many_at_any_hour

AT_ONCE = 32             # requests under way
DEADLINE = 30            # seconds, of one answer
CROWD_SECONDS = 10
RADIUS_THREADS = 1       # as many as the service's own listener has (service/main.cpp)
SQL = pathlib.Path("/etc/freeradius/3.0/mods-config/sql/main/sqlite/schema.sql")

SQL_MODULE = """\
sql {{
	driver = "rlm_sql_sqlite"
	dialect = "sqlite"
	sqlite {{
		filename = "{database}"
		busy_timeout = 200
	}}
	radius_db = "radius"
	acct_table1 = "radacct"
	acct_table2 = "radacct"
	postauth_table = "radpostauth"
	authcheck_table = "radcheck"
	groupcheck_table = "radgroupcheck"
	authreply_table = "radreply"
	groupreply_table = "radgroupreply"
	usergroup_table = "radusergroup"
	client_table = "nas"
	group_attribute = "SQL-Group"
	read_groups = yes
	pool {{
		start = 5
		min = 3
		max = 32
		spare = 10
		uses = 0
		retry_delay = 30
		lifetime = 0
		idle_timeout = 60
	}}
	$INCLUDE ${{modconfdir}}/sql/main/sqlite/queries.conf
}}
"""
SQL_SITE = """\
server assent {{
	listen {{
		type = auth
		ipaddr = 127.0.0.1
		port = {port}
	}}
	authorize {{
		sql
		expiration
		pap
	}}
	authenticate {{
		Auth-Type PAP {{
			pap
		}}
	}}
}}
"""
# What Assent tells of a guest, for a handler that looks nothing up and a table that says the same.
TOLD = {"Session-Timeout": 36000, "Termination-Action": "Default", "Acct-Interim-Interval": 300,
        "Class": "0x" + "61" * 160, "Filter-Id": "visitor", "Tunnel-Type:0": "VLAN",
        "Tunnel-Medium-Type:0": "IEEE-802", "Tunnel-Private-Group-Id:0": "210",
        "WISPr-Bandwidth-Max-Down": 10000000}


def told_as_json():
    return "{" + ",".join(f'"reply:{name}":{{"do_xlat":false,"value":"{value}"}}'
                          for name, value in TOLD.items()) + "}"


def guests_folder(bench, count):
    """A school with so many guests who may be online, and their accounts and passphrases."""
    folder = make_folder(bench.programs, bench.data / f"guests-{count}")
    school = folder.path / "schools/kingsmead.toml"
    school.write_text(many_at_any_hour(school.read_text()) + NAS.format(name=ACCESS_POINT, more=""))
    listing = subprocess.run([bench.programs / "fill_guests", folder.config, str(count)], check=True,
                             capture_output=True, text=True).stdout
    return folder, [line.split() for line in listing.splitlines()]


class Listening(Assentd):
    """assentd with a [radius] listener."""

    def __init__(self, programs, folder, port, secret):
        set_port = folder.set_port

        def with_radius(public):
            set_port(public)
            folder.config.write_text(folder.config.read_text() +
                                     f'[radius]\nport = {port}\nsecret_file = "{secret}"\n')
        folder.set_port = with_radius
        super().__init__(programs, folder)


@contextlib.contextmanager
def freeradius(bench, name, url, change=None):
    folder = bench.data / ("freeradius-" + name)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    radius = FreeRadius(folder, url, bench.data / "radius-secret")
    if change:
        change(radius)
    try:
        yield radius.start(debug=False)
    finally:
        radius.end()


@contextlib.contextmanager
def over_assent(bench, count):
    folder, guests = guests_folder(bench, count)
    port = free_port()
    with freeradius(bench, f"assent-{count}", f"http://127.0.0.1:{port}") as radius:
        with Listening(bench.programs, folder, port, bench.data / "radius-secret"):
            yield radius, guests


@contextlib.contextmanager
def over_nothing(bench):
    """rlm_rest, and a handler that always says the same."""
    port = free_port()
    server = subprocess.Popen([bench.programs / "fixed_server", told_as_json(), str(port),
                               str(RADIUS_THREADS)], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    server.stdout.readline()
    try:
        with freeradius(bench, "nothing", f"http://127.0.0.1:{port}") as radius:
            yield radius
    finally:
        server.stdin.close()
        server.wait(20)


def sql_rows(guests):
    yield SQL.read_text()
    yield "BEGIN;"
    for account, passphrase in guests:
        yield (f"INSERT INTO radcheck (username, attribute, op, value) VALUES "
               f"('{account}', 'Cleartext-Password', ':=', '{passphrase}'), "
               f"('{account}', 'Expiration', ':=', 'January 01 2037 00:00:00');")
        values = ", ".join(f"('{account}', '{name}', ':=', '{value}')"
                           for name, value in TOLD.items() if name != "Session-Timeout")
        yield f"INSERT INTO radreply (username, attribute, op, value) VALUES {values};"
    yield "COMMIT;"


@contextlib.contextmanager
def over_sql(bench, guests):
    database = bench.data / "radius.sqlite"
    database.unlink(missing_ok=True)
    subprocess.run(["sqlite3", database], input="\n".join(sql_rows(guests)), text=True, check=True)

    def change(radius):
        (radius.raddb / "mods-enabled/sql").write_text(SQL_MODULE.format(database=database))
        (radius.raddb / "sites-enabled/assent").unlink()
        (radius.raddb / "sites-enabled/sql").write_text(SQL_SITE.format(port=radius.auth_port))
        (radius.raddb / "mods-enabled/assent_eap").unlink()
    with freeradius(bench, "sql", "http://127.0.0.1:1", change) as radius:
        yield radius


def packets(bench, name, guests, count):
    """A file for radclient: guests in turn, each on a device of their own."""
    path = bench.data / ("packets-" + name)
    with path.open("w") as out:
        for i in range(count):
            account, passphrase = guests[i * 7919 % len(guests)]
            device = f"02-00-00-{i * 7919 % len(guests):06x}"
            device = device[:11] + "-" + device[11:13] + "-" + device[13:]
            out.write(f'User-Name = "{account}"\nUser-Password = "{passphrase}"\n'
                      f'NAS-Identifier = "{ACCESS_POINT}"\nCalling-Station-Id = "{device}"\n'
                      "Message-Authenticator = 0x00\n\n")
    return path


def rate(radius, path, count):
    """Logins a second; every one must get in."""
    begun = time.monotonic()
    done = subprocess.run(["radclient", "-q", "-s", "-p", str(AT_ONCE), "-r", "1", "-t",
                           str(DEADLINE), "-f", path, f"127.0.0.1:{radius.auth_port}", "auth",
                           SHARED], capture_output=True, text=True)
    took = time.monotonic() - begun
    accepted = re.search(r"Accepted\s*:\s*(\d+)", done.stdout)
    if not accepted or int(accepted[1]) != count:
        raise RuntimeError(f"not everybody got in: {done.stdout[-600:]}")
    return count / took


def in_turns(bench, ways, count):
    """The rates of each way, all in the same rounds; the first round, which writes everybody's first
    login, is thrown away."""
    rates = {name: [] for name in ways}
    for round_number in range(bench.sizes.radius_rounds + 1):
        for name, (radius, path) in ways.items():
            measured = rate(radius, path, count)
            if round_number:
                rates[name].append(measured)
    return rates


def attribute(kind, value):
    return struct.pack("!BB", kind, len(value) + 2) + value


def access_request(number, account, passphrase, device):
    """RFC 2865 and 2869: PAP, signed."""
    secret, authenticator = SHARED.encode(), os.urandom(16)
    plain = passphrase.encode().ljust(-(-len(passphrase) // 16) * 16, b"\0")
    hidden, last = b"", authenticator
    for at in range(0, len(plain), 16):
        key = hashlib.md5(secret + last).digest()
        last = bytes(a ^ b for a, b in zip(plain[at:at + 16], key))
        hidden += last
    body = (attribute(1, account.encode()) + attribute(2, hidden) +
            attribute(32, ACCESS_POINT.encode()) + attribute(31, device.encode()))
    head = struct.pack("!BBH", 1, number, 20 + len(body) + 18) + authenticator
    sum_of_all = hmac.new(secret, head + body + attribute(80, bytes(16)), "md5").digest()
    return head + body + attribute(80, sum_of_all)


def crowd(radius, guests):
    """Everybody comes within ten seconds, for the first time. How long each waited; None: lost."""
    sockets, begun, waited, yes = {}, {}, [], 0
    start = time.monotonic()
    while len(waited) < len(guests):
        now = time.monotonic() - start
        while len(begun) < len(guests) and now >= len(begun) * CROWD_SECONDS / len(guests):
            i = len(begun)
            sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            sock.connect(("127.0.0.1", radius.auth_port))
            sock.send(access_request(i % 256, *guests[i], f"02-00-01-00-{i >> 8:02x}-{i % 256:02x}"))
            sockets[sock], begun[i] = i, time.monotonic()
        for sock in select.select(list(sockets), [], [], 0.005)[0]:
            yes += sock.recv(4096)[0] == 2
            waited.append(time.monotonic() - begun[sockets.pop(sock)])
            sock.close()
        if now > CROWD_SECONDS + DEADLINE:
            break
    return sorted(waited), yes


def measure(bench):
    sizes, out = bench.sizes, []
    count = sizes.radius_logins
    bench.progress("radius: rates")
    with contextlib.ExitStack() as stack:
        few = stack.enter_context(over_assent(bench, sizes.few))
        many = stack.enter_context(over_assent(bench, sizes.many))
        nothing = stack.enter_context(over_nothing(bench)), many[1]
        sql = stack.enter_context(over_sql(bench, many[1])), many[1]
        ways = {name: (radius, packets(bench, name, guests, count)) for name, (radius, guests) in
                {"few": few, "many": many, "nothing": nothing, "sql": sql}.items()}
        rates = in_turns(bench, ways, count)
    out.append(paired_at_least("radius: logins, against an empty handler", rates["many"], "/s",
                               rates["nothing"], 0.9))
    out.append(paired_at_least("radius: logins, against rlm_sql and rlm_expiration",
                               rates["many"], "/s", rates["sql"], 1))
    out.append(paired_at_least(f"radius: logins with {sizes.many:,} guests, against {sizes.few:,}",
                               rates["many"], "/s", rates["few"], 0.9))
    bench.progress("radius: a crowd")
    with over_assent(bench, sizes.crowd) as (radius, guests):
        waited, yes = crowd(radius, guests)
    at = lambda share: waited[min(len(waited) - 1, int(len(waited) * share))] * 1000
    out.append(at_least("radius: of a crowd, let in", yes, "guests", sizes.crowd))
    out.append(at_most("radius: of a crowd, p99 of the wait", at(0.99), "ms", 5000))
    out.append(reported("radius: of a crowd, p50 of the wait", at(0.5), "ms"))
    return out
