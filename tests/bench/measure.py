"""What every measurement shares: sizes, medians, a process's CPU and memory, and the table."""
import dataclasses, json, os, pathlib, statistics, subprocess, sys

TICKS = os.sysconf("SC_CLK_TCK")


@dataclasses.dataclass(frozen=True)
class Sizes:
    rounds: int = 5
    seconds: int = 3          # of each load
    few: int = 1_000          # people
    many: int = 100_000
    most: int = 1_000_000
    answers: int = 12_000     # with 64 clients
    answers_alone: int = 1_000
    logins: int = 50
    rows: int = 100_000
    directory: int = 100_000       # pupils in OpenLDAP
    directory_answers: int = 2_000
    directory_seconds: int = 60    # in which they come
    domain: int = 1_000            # pupils in Samba, which takes 30 new ones a second
    radius_logins: int = 5_000
    radius_rounds: int = 10
    crowd: int = 500               # guests who come within ten seconds
    windows_logons: int = 40


SMOKE = Sizes(rounds=1, seconds=1, few=200, many=1_000, most=2_000, answers=256, answers_alone=32,
              logins=3, rows=1_000, directory=300, directory_answers=60, directory_seconds=2,
              domain=30, radius_logins=200, radius_rounds=1, crowd=20, windows_logons=2)


@dataclasses.dataclass(frozen=True)
class Bench:
    programs: pathlib.Path    # with the binaries; ../lib beside it
    data: pathlib.Path        # for data folders
    sizes: Sizes
    progress: callable        # hears one line on what is being done

    def library(self, name):
        return self.programs.parent / "lib" / name

    def tool(self, *arguments, **options):
        """Runs a program that prints one JSON object."""
        run = subprocess.run([self.programs / arguments[0], *map(str, arguments[1:])], check=True,
                             capture_output=True, text=True, **options)
        return json.loads(run.stdout)


@dataclasses.dataclass
class Result:
    name: str
    value: float
    unit: str
    yardstick: float | None = None
    ratio: float | None = None
    bar: str | None = None    # none: reported only
    holds: bool | None = None


def at_most(name, value, unit, limit):
    return Result(name, value, unit, bar=f"<= {limit:g} {unit}", holds=value <= limit)


def at_least(name, value, unit, limit):
    return Result(name, value, unit, bar=f">= {limit:g} {unit}", holds=value >= limit)


def ratio_at_most(name, value, unit, yardstick, limit):
    ratio = value / yardstick
    return Result(name, value, unit, yardstick, ratio, f"ratio <= {limit:g}", ratio <= limit)


def ratio_at_least(name, value, unit, yardstick, limit):
    ratio = value / yardstick
    return Result(name, value, unit, yardstick, ratio, f"ratio >= {limit:g}", ratio >= limit)


def paired_at_least(name, values, unit, yardsticks, limit):
    """Of rounds in turns: the median of each round's ratio, so that a machine whose speed changes
    between rounds changes neither side alone."""
    ratio = statistics.median(a / b for a, b in zip(values, yardsticks, strict=True))
    return Result(name, statistics.median(values), unit, statistics.median(yardsticks), ratio,
                  f"ratio >= {limit:g}", ratio >= limit)


def more_at_most(name, value, unit, yardstick, limit):
    return Result(name, value, unit, yardstick, value / yardstick if yardstick else None,
                  f"<= yardstick + {limit:g}", value - yardstick <= limit)


def reported(name, value, unit):
    return Result(name, value, unit)


def median(rows, key):
    return statistics.median(row[key] for row in rows)


def cpu_seconds(pid):
    """User and system time of a process so far."""
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def memory_kib(pid, key="VmRSS"):
    for line in pathlib.Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith(key + ":"):
            return int(line.split()[1])
    raise RuntimeError(f"no {key} of process {pid}")


def show(results, as_json, judge):
    if as_json:
        for result in results:
            print(json.dumps(dataclasses.asdict(result)), flush=True)
        return
    number = lambda value: "" if value is None else f"{value:,.3f}".rstrip("0").rstrip(".")
    rows = [("name", "value", "unit", "yardstick", "ratio", "bar", "holds")]
    for r in results:
        holds = "" if r.holds is None or not judge else "yes" if r.holds else "NO"
        rows.append((r.name, number(r.value), r.unit, number(r.yardstick), number(r.ratio),
                     r.bar or "reported", holds))
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    for row in rows:
        cells = [cell.rjust(w) if i in (1, 3, 4) else cell.ljust(w)
                 for i, (cell, w) in enumerate(zip(row, widths))]
        print("  ".join(cells).rstrip(), file=sys.stdout)
