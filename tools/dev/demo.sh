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

make_school() {
  heading "making Kingsmead School in $demo"
  mkdir -p "$demo"/{schools,pam.d,agent}
  cat >"$demo/assent.toml" <<'TOML'
origin  = "aup.kingsmead.example/log"
trust   = "demo"
log_key = "keys/log.key"
data    = "data"
port    = 0
TOML
  cp tests/support/schools/kingsmead/school.toml "$demo/schools/kingsmead.toml"
  copy_policies
  write_pam_services
  build/release/bin/assentd --config "$demo/assent.toml" bootstrap --school kingsmead \
    --login ict --name "ICT office" --token-file "$demo/token"
}

# The policies in content/aup as they are, but in force since yesterday and reviewed next year.
copy_policies() {
  cp -r content/aup "$demo/aup"
  sed -i -e "s/^effective = .*/effective = $(date -u -d yesterday +%F)/" \
    -e "s/^next_review = .*/next_review = $(date -u -d '1 year' +%F)/" \
    "$demo"/aup/*/policy.toml "$demo"/aup/*/*/version.toml
}

# As a machine's /etc/pam.d/login would be, with a password that is no secret.
write_pam_services() {
  local module=$root/build/release/lib/security/pam_assent.so matrix
  matrix=$(pkg-config --variable=modules pam_wrapper)/pam_matrix.so
  printf '%s:%s:login\n' "$person" "$password" >"$demo/passwords"
  cat >"$demo/pam.d/login" <<PAM
auth     required $matrix passdb=$demo/passwords
auth     optional $module conf=$demo/none socket=$demo/agent.sock
account  required $module conf=$demo/none socket=$demo/agent.sock timeout=5000 style=tty on_unavailable=deny
session  optional $module conf=$demo/none socket=$demo/agent.sock
PAM
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

ctl() { build/release/bin/assentctl --config "$demo/ctl.toml" "$@"; }

fill_school() {
  local policy
  heading "the roster: a CSV file, as a school exports it"
  ctl people import --from csv tests/support/schools/kingsmead/people.csv
  heading "publishing the policies of content/aup"
  for policy in student staff visitor community; do
    ctl aup publish "$demo/aup/$policy" --version 1 | head -n1
  done
}

start_agent() {
  heading "this machine becomes LIB-0039: its own key, a one-time code"
  cat >"$demo/agent.toml" <<TOML
service   = "$url"
state_dir = "$demo/agent"
socket    = "$demo/agent.sock"
TOML
  local code
  code=$(ctl --json device enrol LIB-0039 --room LIB |
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
