# shellcheck shell=bash
# Builds one of the presets of CMakePresets.json, or some targets of one.

# ccache, where it is: the same objects for every checkout.
export CCACHE_BASEDIR=${CCACHE_BASEDIR-$root} CCACHE_NOHASHDIR=1

verb_build() {
  local preset=${1:-release}
  shift || true
  case $preset in
    release) verb_setup demo ;;
    test | threads) verb_setup demo test ;;
    fuzz) verb_setup demo fuzz ;;
    bench) verb_setup demo bench ;;
    windows) verb_setup demo windows && fetch_sources ;;
    *) die "there is no preset '$preset': release, test, threads, fuzz, bench, windows" ;;
  esac
  build_preset "$preset" "$@"
}

# PRESET [TARGET...]; the packages are there.
build_preset() {
  local preset=$1
  shift
  heading "building $preset${*:+: $*}"
  cmake --preset "$preset" --log-level=WARNING >/dev/null || die "cmake cannot configure $preset"
  (($#)) || set -- all
  cmake --build --preset "$preset" -j "$(jobs_at_once)" --target "$@"
  echo "built: build/$preset"
}
