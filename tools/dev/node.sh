# shellcheck shell=bash
# What comes from npm: only for making service/web/style.css and for driving a browser in tests. The
# programs are built without it.

# The node_modules of FOLDER's package-lock.json, below build/npm/: fetched when the lock changes,
# every file held to its hash, no package's script run.
node_modules() {
  local folder=$1 at
  at=build/npm/$(basename -- "$1")
  if ! cmp -s "$folder/package-lock.json" "$at/fetched"; then
    mkdir -p "$at"
    cp "$folder/package.json" "$folder/package-lock.json" "$at/"
    npm ci --prefix "$at" --ignore-scripts --omit=optional --no-audit --no-fund --loglevel=error >&2 ||
      die "npm cannot fetch what $folder/package-lock.json names: is there a network?"
    cp "$folder/package-lock.json" "$at/fetched"
  fi
  printf '%s\n' "$root/$at/node_modules"
}

verb_node_modules() { node_modules "$@"; }

verb_style() {
  local modules
  modules=$(node_modules tools/style)
  "$modules/.bin/sass" --no-source-map --style=compressed --quiet-deps --load-path="$modules" \
    tools/style/assent.scss "${1:-service/web/style.css}"
}
