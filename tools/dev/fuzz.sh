# shellcheck shell=bash
# libFuzzer over everything that reads bytes by others. What it finds stays in build/fuzz/found/.

verb_fuzz() {
  verb_setup demo fuzz
  run_fuzz "${1:-10}"
}

# SECONDS for each target. libFuzzer writes into its first folder: the seeds stay as they are. CI
# takes the same road each time, so that it judges the change; ./dev nightly takes new ones.
run_fuzz() {
  local seconds=$1 target name count=0
  build_preset fuzz fuzz_targets
  mkdir -p build/fuzz/found
  for target in build/fuzz/bin/fuzz_*; do
    name=${target##*/fuzz_}
    mkdir -p "build/fuzz/corpus/$name"
    heading "fuzzing $name for $seconds s"
    "$target" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 -print_final_stats=0 ${CI:+-seed=1} \
      -verbosity=0 -artifact_prefix="build/fuzz/found/$name-" \
      "build/fuzz/corpus/$name" "tests/fuzz/seeds/$name"
    count=$((count + 1))
  done
  echo "$count fuzz targets, $seconds s each: nothing found"
}
