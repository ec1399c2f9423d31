# shellcheck shell=bash
# ./dev demo: a school of one machine on the loopback, and three logins through a real PAM
# conversation (pamtester under pam_wrapper: no file of the system's is read or written).

person=akhan person_name='Amira Khan' password=demo
shown=() # what --script must see, and must not, at the next login

verb_demo() {
  local script=''
  [[ ${1:-} == --script ]] && script=yes
  [[ -n $script || -t 0 ]] || die "there is no keyboard here: ./dev demo --script plays it by itself"
  verb_setup demo
  build_preset release assentd assentctl assent-agent pam_assent
  demo=$(mktemp -d "${TMPDIR:-/tmp}/assent-demo.XXXXXX")
  trap end_demo EXIT
  trap 'exit 130' INT TERM
  make_school
  start_service
  fill_school
  start_agent
  three_logins
  check_receipt
  what_next
  [[ -n $script ]] || wait_for_end
}

# Ends what was started, by its id, and forgets everything.
end_demo() {
  local pid
  for pid in "${demo_agent:-}" "${demo_service:-}"; do
    [[ -n $pid ]] && kill "$pid" 2>/dev/null && wait "$pid"
  done
  rm -rf "$demo"
}

# Waits until the file holds the text, or the process has gone.
await_line() {
  local file=$1 text=$2 pid=$3 tries
  for ((tries = 0; tries < 200; ++tries)); do
    grep -qs -- "$text" "$file" && return
    kill -0 "$pid" 2>/dev/null || break
    sleep 0.1
  done
  cat "$file" >&2
  die "it did not start; what it said is above"
}

start_service() {
  heading "starting assentd"
  build/release/bin/assentd --config "$demo/assent.toml" >"$demo/assentd.log" 2>&1 &
  demo_service=$!
  await_line "$demo/assentd.log" 'serving on' "$demo_service"
  url=http://$(sed -n 's/.*serving on //p' "$demo/assentd.log")
  printf 'url = "%s"\ntoken_file = "%s"\n' "$url" "$demo/token" >"$demo/ctl.toml"
  echo "it listens on $url; its data is in $demo/data"
}

ctl() { build/release/bin/assentctl "$@" --config "$demo/ctl.toml"; }

start_agent() {
  heading "this machine becomes LIB-0039: its own key, a one-time code"
  cat >"$demo/agent.toml" <<TOML
service   = "$url"
state_dir = "$demo/agent"
socket    = "$demo/agent.sock"
TOML
  local code
  code=$(ctl device enrol LIB-0039 --room LIB --json |
    python3 -c 'import json, sys; print(json.load(sys.stdin)["code"])')
  build/release/bin/assent-agent --config "$demo/agent.toml" enrol --code "$code" | head -n1
  build/release/bin/assent-agent --config "$demo/agent.toml" >"$demo/agent.log" 2>&1 &
  demo_agent=$!
  await_line "$demo/agent.log" 'serving as' "$demo_agent"
}

wait_for_end() {
  echo "Ctrl-C ends it."
  wait "$demo_service" || true
}
