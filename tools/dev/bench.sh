# shellcheck shell=bash
# ./dev bench: measures the release build against yardsticks, side by side. Never a test: figures
# depend on the machine. tests/bench/run.py has the measurements and their bars.

verb_bench() {
  verb_setup demo bench windows
  build_preset bench bench_programs
  fetch_sources
  build_preset windows
  heading "measuring"
  # As root: a login is measured in a namespace of its own.
  as_root env PATH="$PATH" LC_ALL="$LC_ALL" PYTHONDONTWRITEBYTECODE=1 \
    /usr/bin/python3 tests/bench/run.py "$@"
}
