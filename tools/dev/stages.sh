# shellcheck shell=bash
# ./dev test: the table tools/dev/stages, a stage after the other, each with its time. A stage that
# fails does not keep the next from running, but for a build.

fuzz_seconds=${ASSENT_FUZZ_SECONDS:-10} lint_scope=${ASSENT_LINT_SCOPE:-} # nightly has more

verb_test() {
  local when=full
  [[ ${1:-} == --quick ]] && when=quick && shift
  local log=build/stages failed=0 name packages minutes row_when command
  mkdir -p "$log" && : >"$log/summary"
  while IFS='|' read -r name packages minutes row_when command <&3; do
    read -r name <<<"$name" && read -r row_when <<<"$row_when"
    [[ -n $name && $name != \#* ]] || continue
    if (($#)); then
      [[ " $* " == *" $name "* ]] || continue
    elif [[ $when == quick && $row_when != quick ]]; then
      continue
    fi
    if ! run_stage "$name" "$packages" "$minutes" "$command"; then
      failed=1
      [[ $name == build* ]] && break
    fi
  done 3< <(grep -v '^#' tools/dev/stages)
  [[ -s $log/summary ]] || die "no such stage: $*. There are: $(stage_names)"
  heading "stage, minutes, result, the runner's closing line"
  cat "$log/summary"
  ((failed == 0)) || die "something failed; each stage's output is in $log/"
}

stage_names() { sed '/^#/d;s/ .*//' tools/dev/stages | tr '\n' ' '; }

run_stage() {
  local name=$1 packages=$2 minutes=$3 command=$4 start=$SECONDS log=build/stages/$1.log result=ok
  heading "stage $name"
  # In a shell of its own: -e does not hold inside a condition of this one.
  "$root/dev" stage "$packages" "$command" 2>&1 </dev/null | tee "$log" || result=FAILED
  local took=$((SECONDS - start)) over=''
  ((took <= minutes * 60)) || over=" (over its $((minutes)) minutes)"
  printf '%-12s %3d:%02d  %-6s  %s%s\n' "$name" $((took / 60)) $((took % 60)) "$result" \
    "$(closing_line "$log")" "$over" | tee -a build/stages/summary
  [[ $result == ok ]]
}

verb_stage() {
  # shellcheck disable=SC2086,SC2154  # one word a package list; both variables are the table's
  verb_setup $1
  : "$fuzz_seconds" "$lint_scope"
  eval "$2"
}

# What a runner says of its own result; else its last line.
closing_line() {
  local line
  line=$(grep -aE '^[0-9]+% tests passed|(passed|failed|error).* in [0-9.]+s' "$1" | tail -n1)
  [[ -n $line ]] || line=$(sed '/^[[:space:]]*$/d' "$1" | tail -n1)
  printf '%s' "$line" | sed 's/^\[ *[0-9]* s\] //' | tr -d '=' | cut -c1-100
}

run_ctest() {
  ctest --test-dir "build/$1" --output-on-failure -j "$(jobs_at_once)" "${@:2}"
}

# As root: logins at real hosts need it. With Debian's interpreter, whatever PATH says.
run_pytest() {
  local rounds=${ASSENT_KILL_ROUNDS:-20}
  as_root env PATH="$PATH" LC_ALL="$LC_ALL" PYTHONDONTWRITEBYTECODE=1 \
    ASSENT_KILL_ROUNDS="$rounds" ROUNDS="$rounds" /usr/bin/python3 -m pytest -p no:cacheprovider -q -ra --durations=5 "$@"
}

# The layers that have threads, under ThreadSanitizer. Not service/http: Debian's libpistache is not
# instrumented, so that its own counted references look like races.
run_threads() {
  build_preset threads app_test agent_test device_test
  run_ctest threads -R '^(app|agent|device)_test$'
}

verb_ci() { exec "$root/.ci/run"; }

verb_nightly() {
  export ASSENT_FUZZ_SECONDS=600 ASSENT_LINT_SCOPE=--all ASSENT_KILL_ROUNDS=500
  verb_test "$@"
}
