# shellcheck shell=bash
# libFuzzer over everything that reads bytes by others. What it finds stays in build/fuzz/found/.

verb_fuzz() {
  verb_setup demo fuzz
  run_fuzz "${1:-10}"
}

# SECONDS for each target, as many at once as there are processors. libFuzzer writes into its first
# folder: the seeds stay as they are. CI takes the same road each time, so that it judges the change;
# ./dev nightly takes new ones.
run_fuzz() {
  local seconds=$1 targets
  build_preset fuzz fuzz_targets
  mkdir -p build/fuzz/found
  targets=(build/fuzz/bin/fuzz_*)
  export -f fuzz_one heading
  # shellcheck disable=SC2016  # the inner shell's own
  printf '%s\0' "${targets[@]}" |
    xargs -0 -n1 -P "$(jobs_at_once)" bash -euc 'fuzz_one "$1" "$0"' "$seconds"
  echo "${#targets[@]} fuzz targets, $seconds s each: nothing found"
}

# TARGET SECONDS
fuzz_one() {
  local target=$1 seconds=$2 name=${1##*/fuzz_}
  mkdir -p "build/fuzz/corpus/$name"
  heading "fuzzing $name for $seconds s"
  "$target" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 -print_final_stats=0 ${CI:+-seed=1} \
    -verbosity=0 -artifact_prefix="build/fuzz/found/$name-" \
    "build/fuzz/corpus/$name" "tests/fuzz/seeds/$name"
}
