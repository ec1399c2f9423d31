"""assentctl as people see it: transcripts (*.txt) of commands, what they say and how they end.

  # a remark              not compared
  $ assentctl …           run without a shell, in a folder with content/, schools/ and files/
  words                   standard output
  ! words                 standard error
  ? 3                     the exit status, when it is not 0
  …                       any lines; inside a line, any text

Those in offline/ need no service; each of those in service/ gets one of its own. ASSENT_BIN names
the folder with the programs; default: the newest build/*/bin that holds them."""
import os, pathlib, re, shlex, shutil, subprocess, time
import pytest

HERE = pathlib.Path(__file__).resolve().parent
SOURCE = HERE.parents[1]
DEADLINE = 60  # seconds, for one command or for the service to start


def missing(what):
    """Skips on a desk; where everything must be there, it fails."""
    if os.environ.get("CI"):
        pytest.fail(what)
    pytest.skip(what)


def programs(*names):
    if "ASSENT_BIN" in os.environ:
        return pathlib.Path(os.environ["ASSENT_BIN"])
    found = [path.parent for path in SOURCE.glob(f"build/*/bin/{names[0]}")
             if all((path.parent / name).exists() for name in names)]
    if not found:
        missing("not built: " + " ".join(names))
    return max(found, key=lambda folder: (folder / names[0]).stat().st_mtime)


def steps(path):
    """(line number, command, expected lines) for each command of a transcript."""
    out = []
    for number, line in enumerate(path.read_text().splitlines(), 1):
        if line.startswith("$ "):
            out.append((number, line[2:], []))
        elif out and not line.startswith("# "):
            out[-1][2].append(line)
    return out


def pattern(lines):
    """A regular expression for lines in which … stands for anything."""
    out = ""
    for line in lines:
        if line == "…":
            out += r"(?:[^\n]*\n)*"
        else:
            out += ".*".join(re.escape(part) for part in line.split("…")) + "\n"
    return out


def expectation(lines):
    while lines and not lines[-1]:  # an empty line before the next command
        lines = lines[:-1]
    status = [int(line[2:]) for line in lines if line.startswith("? ")]
    errors = [line[2:] for line in lines if line.startswith("! ")]
    words = [line for line in lines if not line.startswith(("? ", "! "))]
    return status[0] if status else 0, pattern(words), pattern(errors)


def play(transcript, folder, program, environment):
    for number, command, lines in steps(transcript):
        words = shlex.split(command)
        assert words[0] == "assentctl", f"{transcript.name}:{number}"
        ran = subprocess.run([program, *words[1:]], cwd=folder, env=environment, text=True,
                             stdin=subprocess.DEVNULL, capture_output=True, timeout=DEADLINE)
        status, out, errors = expectation(lines)
        said = f"{transcript.name}:{number}: {command}\n{ran.stdout}{ran.stderr}[{ran.returncode}]"
        assert ran.returncode == status, said
        assert re.fullmatch(out, ran.stdout), said
        assert re.fullmatch(errors, ran.stderr), said


@pytest.fixture
def desk(tmp_path):
    """A folder as an admin has it, and an environment that holds nothing of ours."""
    shutil.copytree(SOURCE / "content", tmp_path / "content")
    shutil.copytree(HERE / "files", tmp_path / "files")
    shutil.copytree(SOURCE / "tests/support/schools", tmp_path / "schools")
    return tmp_path, {"HOME": str(tmp_path), "PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"}


@pytest.fixture
def service(desk):
    folder, environment = desk
    daemon = programs("assentd", "assentctl") / "assentd"
    home = folder / "service"
    (home / "schools").mkdir(parents=True)
    shutil.copy(folder / "schools/kingsmead/school.toml", home / "schools/kingsmead.toml")
    (home / "keys").mkdir()
    config = home / "assent.toml"
    config.write_text(f'origin = "aup.test/log"\ntrust = "test"\nport = 0\n'
                      f'log_key = "{home}/keys/log.key"\ndata = "{home}/data"\n')
    token = home / "token"
    subprocess.run([daemon, "--config", config, "bootstrap", "--school", "kingsmead", "--login",
                    "ict", "--name", "ICT", "--token-file", token], check=True, timeout=DEADLINE)
    log = home / "assentd.log"
    with log.open("w") as out:
        running = subprocess.Popen([daemon, "--config", config], stdout=out, stderr=out)
    try:
        yield folder, environment | {"ASSENT_URL": f"http://{address(log, running)}",
                                     "ASSENT_TOKEN_FILE": str(token)}
    finally:
        running.terminate()
        running.wait(DEADLINE)


def address(log, running):
    until = time.monotonic() + DEADLINE
    while time.monotonic() < until and running.poll() is None:
        if found := re.search(r"serving on (\S+)", log.read_text()):
            return found[1]
        time.sleep(0.05)
    raise AssertionError("assentd did not start:\n" + log.read_text())


@pytest.mark.parametrize("name", sorted(path.name for path in (HERE / "offline").glob("*.txt")))
def test_without_a_service(name, desk):
    play(HERE / "offline" / name, desk[0], programs("assentctl") / "assentctl", desk[1])


@pytest.mark.parametrize("name", sorted(path.name for path in (HERE / "service").glob("*.txt")))
def test_with_a_service(name, service):
    play(HERE / "service" / name, service[0], programs("assentd", "assentctl") / "assentctl",
         service[1])


@pytest.mark.parametrize("shell,check", [("bash", ["bash", "-n"]), ("zsh", ["zsh", "-n"]),
                                         ("fish", ["fish", "--no-execute"])])
def test_completions_are_scripts_of_their_shells(shell, check, tmp_path):
    if not shutil.which(shell):
        missing(f"{shell} is not installed")
    script = subprocess.run([programs("assentctl") / "assentctl", "completion", shell],
                            check=True, capture_output=True, timeout=DEADLINE).stdout
    (tmp_path / "script").write_bytes(script)
    subprocess.run([*check, tmp_path / "script"], check=True, timeout=DEADLINE)


BEGUN = [("assentctl peo", "people"), ("assentctl people im", "import"),
         ("assentctl aup publish --ver", "--version"), ("assentctl completion z", "zsh"),
         ("assentctl aup preview x --as k", "ks1 ks2")]
ASK_BASH = """source "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _assentctl
echo "${COMPREPLY[*]}" """
# What zsh offers, before it drops those that do not fit.
ASK_ZSH = """compdef() { }; _describe() { print -l -- ${offers%%:*} }; source "$1"; shift
words=("$@"); CURRENT=$#; _assentctl"""


def offered_by(shell, ask, typed, tmp_path):
    if not shutil.which(shell):
        missing(f"{shell} is not installed")
    script = subprocess.run([programs("assentctl") / "assentctl", "completion", shell],
                            check=True, capture_output=True, timeout=DEADLINE).stdout
    (tmp_path / "script").write_bytes(script)
    return subprocess.run([shell, "-c", ask, shell, tmp_path / "script", *typed.split()],
                          check=True, text=True, capture_output=True, timeout=DEADLINE).stdout


@pytest.mark.parametrize("typed,offered", BEGUN)
def test_bash_completes_what_was_begun(typed, offered, tmp_path):
    assert offered_by("bash", ASK_BASH, typed, tmp_path).split() == offered.split()


@pytest.mark.parametrize("typed,offered", BEGUN[:-1])
def test_zsh_offers_what_fits(typed, offered, tmp_path):
    assert offered in offered_by("zsh", ASK_ZSH, typed, tmp_path).split()
