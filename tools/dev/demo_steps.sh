# shellcheck shell=bash
# The part of ./dev demo that a person lives: three logins, a receipt, and what to try next.

three_logins() {
  local pamtester=(env LD_PRELOAD=libpam_wrapper.so PAM_WRAPPER=1
    PAM_WRAPPER_SERVICE_DIR="$demo/pam.d" pamtester login "$person"
    authenticate acct_mgmt open_session)
  heading "first login: $person_name, Year 7, has signed nothing yet"
  say_to_person "the password is: $password. Read, and type AGREE when you do."
  shown=(--see "password" --answer AGREE=AGREE)
  log_in
  heading "second login: who agreed is asked nothing"
  say_to_person "the password is: $password. That is all."
  shown=(--never AGREE --never "Press Enter")
  log_in
  heading "the governors have approved a change: one new rule, one changed"
  ctl aup publish "$demo/aup/student" --version 2
  heading "third login: only what changed"
  say_to_person "the password is: $password. Enter carries on."
  shown=(--see "AI" --see CHANGED --see SAME --never "my password" --answer "carry on=")
  log_in
}

say_to_person() { [[ -n $script ]] || printf '  You are %s: %s\n\n' "$person" "$*"; }

# A login of login(1), as PAM sees it. With --script a small program types the answers.
log_in() {
  if [[ -n $script ]]; then
    python3 tools/dev/play_login.py --answer "assword=$password" "${shown[@]}" -- "${pamtester[@]}"
    return
  fi
  until "${pamtester[@]}"; do
    read -rp "  Not let in. Press Enter to try again, or Ctrl-C to end: "
  done
}

what_next() {
  heading "assentctl why $person"
  ctl why "$person"
  heading "done: $person_name signed, and anybody can check it"
  [[ -z $script ]] || return 0
  cat <<TEXT
The service stays up. In another terminal:
  alias assentctl="$root/build/release/bin/assentctl --config $demo/ctl.toml"
  assentctl people show $person   what was signed, and when
  assentctl people outstanding    who still owes an answer
  assentctl aup list              what is published
  assentctl --help                everything else
TEXT
}

# The newest answer's receipt, checked by openssl, by our own program without the service, and
# once more with one letter changed, which must not pass.
check_receipt() {
  local index receipt=$demo/receipt.json key=$demo/school.vkey
  heading "the receipt of that answer"
  index=$(ctl people show "$person" --json | python3 -c 'import json, sys
print(max(entry["index"] for entry in json.load(sys.stdin)["history"] if entry["type"] == "accept"))')
  ctl receipt show "$index" --out "$receipt"
  ctl log key >"$key"
  heading "a stranger with openssl and the school's public key"
  openssl_agrees "$receipt" "$key"
  heading "assentctl receipt verify, which asks no server"
  build/release/bin/assentctl receipt verify "$receipt" --key "$key"
  heading "the same receipt with one letter changed"
  sed 's/LIB-0039/LIB-0038/' "$receipt" >"$demo/forged.json"
  local status=0
  build/release/bin/assentctl receipt verify "$demo/forged.json" --key "$key" 2>&1 || status=$?
  ((status == 1)) || die "a forged receipt was not found out (status $status)"
}

# The commands of docs/ledger.md: the checkpoint's text, its signature, the key.
openssl_agrees() {
  python3 -c 'import json, sys; sys.stdout.write(json.load(open(sys.argv[1]))["proof"])' "$1" |
    sed '1,/^$/d' >"$demo/checkpoint"
  sed '/^$/,$d' "$demo/checkpoint" >"$demo/text"
  tail -n1 "$demo/checkpoint" | cut -d' ' -f3 | base64 -d | tail -c64 >"$demo/signature"
  (printf '\060\052\060\005\006\003\053\145\160\003\041\000'
    sed 's/^[^+]*+[^+]*+//' "$2" | base64 -d | tail -c32) >"$demo/key.der"
  sed 's/^/  /' "$demo/text"
  openssl pkeyutl -verify -pubin -keyform DER -inkey "$demo/key.der" -rawin -in "$demo/text" \
    -sigfile "$demo/signature"
}
