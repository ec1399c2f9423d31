# shellcheck shell=bash
# The sources of libraries that Debian has for Linux alone, as Debian has them: from the machine's own
# package servers, signed and with Debian's patches. Nothing outside build/ is changed.

windows_sources=(libsodium utf8proc)

fetch_sources() {
  local name work=build/sources missing=()
  for name in "${windows_sources[@]}"; do
    [[ -d $work/$name ]] || missing+=("$name")
  done
  ((${#missing[@]})) || return 0
  heading "fetching the sources of: ${missing[*]}"
  mkdir -p "$work"/{lists/partial,cache,servers,files}
  source_servers >"$work/servers/servers.sources"
  quiet_apt update
  (cd "$work/files" && quiet_apt source --download-only "${missing[@]}")
  for name in "${missing[@]}"; do
    rm -rf "$work/$name.new"
    dpkg-source --no-check -x "$work/files/$name"_*.dsc "$work/$name.new" >/dev/null
    mv "$work/$name.new" "$work/$name"
  done
}

# apt-get checks each file against what the server has signed (--no-check above: no second time).
# shellcheck disable=SC2154  # root is dev's
quiet_apt() {
  local here=$root/build/sources
  apt-get -q -o Dir::Etc::sourcelist=/dev/null -o "Dir::Etc::sourceparts=$here/servers" \
    -o "Dir::State::lists=$here/lists" -o "Dir::Cache=$here/cache" -o APT::Sandbox::User= "$@" >/dev/null
}

# The machine's own servers, in either form that apt reads, asked for sources.
source_servers() {
  local file keys=/usr/share/keyrings/debian-archive-keyring.gpg
  for file in /etc/apt/sources.list.d/*.sources; do
    [[ ! -f $file ]] || { sed 's/^Types:.*/Types: deb-src/' "$file" && echo; }
  done
  for file in /etc/apt/sources.list /etc/apt/sources.list.d/*.list; do
    [[ ! -f $file ]] || sed -nE "s|^deb (\[[^]]*\] )?([^ ]+) ([^ ]+) (.+)|Types: deb-src\nURIs: \2\nSuites: \3\nComponents: \4\nSigned-By: $keys\n|p" "$file"
  done
}

# What the cross compiler makes, run by wine: a Windows of its own, new each time and removed at the
# end (it takes 700 MB).
run_windows() {
  fetch_sources
  build_preset windows
  export WINEPREFIX=$root/build/wine WINEARCH=win64 WINEDEBUG=-all
  # Neither .NET nor a browser is offered, and a crash ends a program instead of waiting.
  export WINEDLLOVERRIDES='mscoree=;mshtml=;winedbg.exe=d'
  rm -rf "$WINEPREFIX"
  heading "making a Windows to run them in"
  wine wineboot -i 2>/dev/null
  local result=0
  run_ctest windows || result=$?
  /usr/bin/python3 -m pytest -p no:cacheprovider -q -ra --durations=5 tests/windows || result=$?
  wineserver -k || true # it ends by itself, and says so with 1, when nothing ran for a while
  rm -rf "$WINEPREFIX"
  return $result
}
