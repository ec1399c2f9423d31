# shellcheck shell=bash
# The part of ./dev demo that a person lives: three logins, a receipt, and what to try next.

three_logins() {
  heading "first login: $person_name, Year 7, has signed nothing yet"
  say_to_person "the password is: $password. Read, and type YES when you agree."
  shown=(--see "passwords" --answer YES=YES)
  log_in
  heading "second login: nothing is owed"
  say_to_person "the password is: $password. That is all."
  shown=(--never YES --never "Press Enter")
  log_in
  heading "the governors have approved a change: one new rule, one changed"
  ctl aup publish "$demo/aup/student" --version 2
  heading "third login: only what changed"
  say_to_person "the password is: $password. Enter carries on."
  shown=(--see "AI" --answer Enter=)
  log_in
}

say_to_person() { [[ -n $script ]] || printf '  You are %s: %s\n\n' "$person" "$*"; }

# A login of login(1), as PAM sees it. With --script a small program types the answers.
log_in() {
  local by=()
  [[ -z $script ]] || by=(python3 tools/dev/play_login.py --answer "assword=$password" "${shown[@]}" --)
  "${by[@]}" env LD_PRELOAD=libpam_wrapper.so PAM_WRAPPER=1 PAM_WRAPPER_SERVICE_DIR="$demo/pam.d" \
    pamtester login "$person" authenticate acct_mgmt open_session
}

what_next() {
  heading "what to try next, in another terminal"
  cat <<TEXT
  alias assentctl="$root/build/release/bin/assentctl --config $demo/ctl.toml"
  assentctl why $person             why the gate says what it says
  assentctl people show $person     what was signed, and when
  assentctl aup list                what is published
  assentctl people outstanding      who still owes an answer
  assentctl help                    everything else
TEXT
}
