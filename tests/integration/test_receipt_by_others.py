"""Receipts are verified by programs that share no code with Assent: openssl, an independent Python
verifier, and the Go checksum database's packages (Debian: golang-go, golang-golang-x-mod-dev).
ASSENT_BIN names the folder with sample_log; default: the newest build/*/bin."""
import base64, hashlib, json, os, pathlib, shutil, subprocess, sys
import pytest

SOURCE = pathlib.Path(__file__).resolve().parents[2]
SUPPORT = SOURCE / "tests/support"
GO_PACKAGES = pathlib.Path("/usr/share/gocode/src/golang.org/x/mod/sumdb/tlog")
RECORDS = 11


@pytest.fixture(scope="session")
def log(tmp_path_factory):
    if "ASSENT_BIN" in os.environ:
        program = pathlib.Path(os.environ["ASSENT_BIN"], "sample_log")
    else:
        program = max(SOURCE.glob("build/*/bin/sample_log"), key=lambda path: path.stat().st_mtime)
    folder = tmp_path_factory.mktemp("log")
    subprocess.run([program, folder], check=True)
    return folder


def go_verifier(folder):
    if not shutil.which("go") or not GO_PACKAGES.exists():
        pytest.skip("golang-go and golang-golang-x-mod-dev are not installed")
    program = folder / "go_verifier"
    environment = os.environ | {"GO111MODULE": "off", "GOPATH": "/usr/share/gocode", "GOFLAGS": "",
                                "GOCACHE": str(folder / "cache"), "GOTOOLCHAIN": "local"}
    subprocess.run(["go", "build", "-o", program, "."], cwd=SUPPORT / "go_verifier",
                   env=environment, check=True)
    return [program]


@pytest.fixture(scope="session", params=["openssl", "python", "go"])
def verifier(request, tmp_path_factory):
    if request.param == "go":
        command = go_verifier(tmp_path_factory.mktemp("go"))
    else:
        command = {"openssl": ["sh", SUPPORT / "verify_receipt.sh"],
                   "python": [sys.executable, SUPPORT / "verify_receipt.py"]}[request.param]
    return lambda *arguments: subprocess.run([*command, *arguments], capture_output=True, text=True)


def key_of(log):
    return (log / "verifier_key").read_text()


def test_every_receipt_is_verified(log, verifier):
    for index in range(RECORDS):
        done = verifier(key_of(log), log / f"{index}.tlog-proof", log / f"{index}.record.json")
        assert done.stdout == f"record {index} of {RECORDS} is in the log\n", done.stderr


def test_the_receipt_file_holds_the_same_bytes(log, verifier, tmp_path):
    file = json.loads((log / "5.receipt.json").read_bytes())
    (tmp_path / "proof").write_bytes(file["proof"].encode())
    (tmp_path / "record").write_bytes(file["record"].encode())
    assert verifier(key_of(log), tmp_path / "proof", tmp_path / "record").returncode == 0


def test_records_are_canonical_json_as_python_writes_it(log):
    for index in range(RECORDS):
        record = (log / f"{index}.record.json").read_text()
        assert record == json.dumps(json.loads(record), sort_keys=True, separators=(",", ":"),
                                    ensure_ascii=False)


def line(number, change):
    def tamper(proof, record):
        lines = proof.split("\n")
        lines[number] = change(lines[number])
        return "\n".join(lines), record
    return tamper


def without(number):
    def tamper(proof, record):
        lines = proof.split("\n")
        return "\n".join(lines[:number] + lines[number + 1:]), record
    return tamper


def flip(prefix, at):
    """Flips a bit of the base64 that follows `prefix` in a line; `at` may be negative."""
    def change(text):
        head, value = text[:len(prefix)], bytearray(base64.b64decode(text[len(prefix):]))
        value[at] ^= 0x10
        return head + base64.b64encode(value).decode()
    return change


SIGNED_BY = "— assent.example.sch.uk/log "
# Of receipt 5: header, extra, index, four hashes, blank, origin, size, root, blank, signature.
TAMPERED = {
    "record": lambda proof, record: (proof, record.replace("agree", "decline")),
    "record with a line end": lambda proof, record: (proof, record + "\n"),
    "header": line(0, lambda text: text.replace("v1", "v2")),
    "salt": line(1, flip("extra ", 31)),
    "index": line(2, lambda text: "index 4"),
    "index outside": line(2, lambda text: "index 11"),
    "first hash": line(3, flip("", 0)),
    "last hash": line(6, flip("", 31)),
    "hash missing": without(6),
    "hash more": line(6, lambda text: text + "\n" + text),
    "origin": line(8, lambda text: text.replace("assent", "assert")),
    "size": line(9, lambda text: "12"),
    "root": line(10, flip("", 5)),
    "extension line": line(10, lambda text: text + "\nmore"),
    "signature": line(12, flip(SIGNED_BY, -1)),
    "key hash": line(12, flip(SIGNED_BY, 0)),
    "no signature": without(12),
}


@pytest.mark.parametrize("what", TAMPERED)
def test_a_tampered_copy_is_refused(log, verifier, tmp_path, what):
    proof, record = TAMPERED[what]((log / "5.tlog-proof").read_text(),
                                   (log / "5.record.json").read_text())
    (tmp_path / "proof").write_text(proof)
    (tmp_path / "record").write_text(record)
    done = verifier(key_of(log), tmp_path / "proof", tmp_path / "record")
    assert done.returncode == 1 and "refused" in done.stderr


def test_another_records_receipt_is_refused(log, verifier):
    assert verifier(key_of(log), log / "4.tlog-proof", log / "5.record.json").returncode == 1


def test_another_key_is_refused(log, verifier):
    other = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
    assert verifier(other, log / "5.tlog-proof", log / "5.record.json").returncode == 1


def test_go_accepts_the_growth_from_an_older_checkpoint_and_no_other(log, tmp_path):
    program = go_verifier(tmp_path)
    arguments = [*program, key_of(log), log / "5.tlog-proof", log / "5.record.json"]
    grown = [log / "old_checkpoint", log / "consistency"]
    assert subprocess.run(arguments + grown).returncode == 0
    (tmp_path / "bad").write_text((log / "consistency").read_text().split("\n", 1)[1])
    assert subprocess.run(arguments + [grown[0], tmp_path / "bad"]).returncode == 1


def test_the_specifications_own_commands_verify_a_receipt(log, tmp_path):
    for name, source in (("proof", "5.tlog-proof"), ("record", "5.record.json"),
                         ("verifier_key", "verifier_key")):
        shutil.copy(log / source, tmp_path / name)
    text = (SOURCE / "docs/ledger.md").read_text()
    commands = "".join(part.split("```")[0] for part in text.split("```sh\n")[1:])
    done = subprocess.run(["sh", "-euc", commands], cwd=tmp_path, capture_output=True, text=True)
    assert done.stdout == "Signature Verified Successfully\n", done.stderr
    leaf = (tmp_path / "leaf").read_bytes()
    salt = base64.b64decode((log / "5.tlog-proof").read_text().split("\n")[1][6:])
    record = (log / "5.record.json").read_bytes()
    commitment = hashlib.sha256(b"assent/record/v1\0" + salt + record).digest()
    assert leaf == hashlib.sha256(b"\0\1" + commitment).digest()
