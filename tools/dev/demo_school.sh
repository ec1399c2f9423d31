# shellcheck shell=bash
# The sample school of ./dev demo: configuration, policies, PAM stack and roster in a folder of its own.

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

# As a machine's /etc/pam.d/login would be, with a password that is no secret. No directory is here:
# should this machine have an account called $person, it is asked like the pupil.
write_pam_services() {
  local module=$root/build/release/lib/security/pam_assent.so matrix
  local settings="conf=$demo/none socket=$demo/agent.sock local_accounts=ask"
  matrix=$(pkg-config --variable=modules pam_wrapper)/pam_matrix.so
  printf '%s:%s:login\n' "$person" "$password" >"$demo/passwords"
  cat >"$demo/pam.d/login" <<PAM
auth     required $matrix passdb=$demo/passwords
auth     optional $module $settings
account  required $module $settings timeout=5000 style=tty on_unavailable=deny
session  optional $module $settings
PAM
  echo "auth required $matrix" >"$demo/pam.d/other"
}

fill_school() {
  local policy
  heading "the roster: a CSV file, as a school exports it"
  ctl people import --from csv tests/support/schools/kingsmead/people.csv
  heading "publishing the policies of content/aup"
  for policy in student staff visitor community; do
    ctl aup publish "$demo/aup/$policy" --version 1 | head -n1
  done
}
