# shellcheck shell=bash
# What every verb uses: words to the person, root, and how much to do at once.

die() {
  printf 'dev: %s\n' "$*" >&2
  exit 1
}

# "[ 12 s] words": how long this run of ./dev has taken, and what comes now.
export DEV_STARTED=${DEV_STARTED:-$EPOCHSECONDS}
heading() { printf '\n[%4d s] %s\n' $((EPOCHSECONDS - DEV_STARTED)) "$*"; }

as_root() {
  if ((EUID == 0)); then
    "$@"
  elif command -v sudo >/dev/null; then
    sudo -- "$@"
  else
    die "this needs root and there is no sudo. As root: cd $root && ./dev ${invoked:-setup}"
  fi
}

# Compilers at once: one a processor, and 1 GB of free memory for each.
jobs_at_once() {
  local processors memory
  processors=$(nproc)
  memory=$(awk '/MemAvailable/ {print int($2 / 1048576)}' /proc/meminfo)
  ((memory < processors)) && processors=$memory
  echo $((processors < 1 ? 1 : processors))
}
