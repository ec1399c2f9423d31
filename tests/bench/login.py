"""A login's account phase with module, agent and service, against pam_permit."""
import contextlib, os, pathlib, shutil, statistics, subprocess, time

from measure import more_at_most
from service import LOGIN, Assentd, filled_folder

CONTROL = ("[success=ok ignore=ignore authinfo_unavail=die perm_denied=die module_unknown=ignore "
           "default=bad]")
WRAPPER = "libpam_wrapper.so"
ACCOUNT_RAN = "0"  # PAM_SUCCESS
START_SECONDS = 20


def write_pam_files(bench, folder):
    module = bench.library("security/pam_assent.so")
    pam = folder / "pam.d"
    pam.mkdir(exist_ok=True)
    (pam / "bench-permit").write_text("account required pam_permit.so\n")
    (pam / "bench-assent").write_text(
        f"account {CONTROL} {module} conf=/nonexistent socket={folder / 'pam.sock'}"
        " on_unavailable=deny unproven=deny local_accounts=ask\naccount required pam_permit.so\n")
    return {"LD_PRELOAD": WRAPPER, "PAM_WRAPPER": "1", "PAM_WRAPPER_SERVICE_DIR": str(pam),
            "PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL": "C.UTF-8"}


@contextlib.contextmanager
def agent(bench, service, folder):
    """assent-agent, enrolled with the service."""
    config, state, at = folder / "agent.toml", folder / "agent", folder / "pam.sock"
    shutil.rmtree(state, ignore_errors=True)  # of a run before, on the same folder
    state.mkdir(mode=0o700)
    config.write_text(f'service = "http://127.0.0.1:{service.port}"\nstate_dir = "{state}"\n'
                      f'socket = "{at}"\nlog_level = "warning"\n')
    config.chmod(0o600)
    name = f"BENCH-{os.urandom(4).hex()}"
    code = service.post("/v1/devices", {"name": name, "room": "LIB"})["code"]
    program = [bench.programs / "assent-agent", "--config", config]
    subprocess.run([*program, "enrol", "--code", code], check=True, stdout=subprocess.DEVNULL)
    process = subprocess.Popen(program)
    try:
        end = time.monotonic() + START_SECONDS
        while not at.exists():
            if process.poll() is not None or time.monotonic() > end:
                raise RuntimeError("assent-agent does not start")
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(0.01)
        yield
    finally:
        process.terminate()
        process.wait(10)


def login_ms(service, environment):
    start = time.perf_counter()
    run = subprocess.run(["pamtester", service, LOGIN, "acct_mgmt"], env=environment,
                         capture_output=True, text=True)
    took = (time.perf_counter() - start) * 1e3
    if run.returncode != 0:
        raise RuntimeError(f"{service}: {run.stdout}{run.stderr}")
    return took


def resident_kib(bench, service, environment):
    run = subprocess.run([bench.programs / "pam_host", service, LOGIN], env=environment, check=True,
                         capture_output=True, text=True)
    result, kib = run.stdout.split()
    if result != ACCOUNT_RAN:
        raise RuntimeError(f"{service} said {result}")
    return int(kib)


def measure(bench):
    bench.progress("login: module, agent and service")
    folder = filled_folder(bench.programs, bench.data, bench.sizes.few, 0)
    environment = write_pam_files(bench, folder.path)
    took = {"bench-permit": [], "bench-assent": []}
    resident = {"bench-permit": [], "bench-assent": []}
    with Assentd(bench.programs, folder) as service, agent(bench, service, folder.path):
        for number in range(bench.sizes.logins + 1):  # the first opens the agent's session
            for name in took:
                took[name].append(login_ms(name, environment))
                resident[name].append(resident_kib(bench, name, environment))
    middle = lambda rows, name: statistics.median(rows[name][1:])
    return [
        more_at_most("login: pamtester acct_mgmt, against pam_permit", middle(took, "bench-assent"),
                     "ms", middle(took, "bench-permit"), 1.5),
        more_at_most("login: resident in the host, against pam_permit",
                     middle(resident, "bench-assent") / 1024, "MB",
                     middle(resident, "bench-permit") / 1024, 0.5),
    ]
