"""kill -9 under eight writers: every answer that was acknowledged is there afterwards, the same (A12).

ASSENT_KILL_ROUNDS: how many rounds (20). ASSENT_BIN: the folder with crash_writer."""
import os
import pathlib
import random
import subprocess

SOURCE = pathlib.Path(__file__).resolve().parents[2]
ROUNDS = int(os.environ.get("ASSENT_KILL_ROUNDS", "20"))
WRITERS = 8
MOST = 400  # answers before the kill, at most


def crash_writer():
    if "ASSENT_BIN" in os.environ:
        return pathlib.Path(os.environ["ASSENT_BIN"], "crash_writer")
    built = SOURCE.glob("build/*/bin/crash_writer")
    return max(built, key=lambda path: path.stat().st_mtime)


def killed_after(program, store, answers):
    """The lines that the writer had printed when it was killed, among so many answers."""
    writer = subprocess.Popen([program, "write", store, str(WRITERS)], stdout=subprocess.PIPE)
    seen = [writer.stdout.readline() for _ in range(answers)]
    writer.kill()
    rest, _ = writer.communicate(timeout=60)
    lines = b"".join(seen) + rest
    assert all(seen), "the writer ended by itself"
    return lines


def test_every_acknowledged_answer_survives_a_kill(tmp_path):
    program, store, chance = crash_writer(), tmp_path / "log.db", random.Random(9)
    acknowledged = b""
    for _ in range(ROUNDS):
        acknowledged += killed_after(program, store, chance.randint(1, MOST))
        checked = subprocess.run([program, "check", store], input=acknowledged,
                                 capture_output=True, timeout=120)
        assert checked.returncode == 0, checked.stderr.decode()
    indexes = [int(line.split()[0]) for line in acknowledged.splitlines()]
    assert len(indexes) == len(set(indexes)) >= ROUNDS, "an index was given twice"


def test_a_lost_answer_is_noticed(tmp_path):
    program, store = crash_writer(), tmp_path / "log.db"
    lines = killed_after(program, store, 5)
    last = max(int(line.split()[0]) for line in lines.splitlines())
    invented = b"%d %s\n" % (last + 100_000, b"00" * 32)
    checked = subprocess.run([program, "check", store], input=lines + invented,
                             capture_output=True, timeout=60)
    assert checked.returncode == 1 and b"lost" in checked.stderr
