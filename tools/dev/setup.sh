# shellcheck shell=bash
# Installs Debian packages that are missing: lists in packaging/apt/, one apt-get, no service started
# and none left enabled. Takes a fifth of a second when nothing is missing.

policy=/usr/sbin/policy-rc.d

# The packages of the named lists that dpkg does not have.
missing_packages() {
  local list files=()
  for list in "$@"; do
    [[ -f packaging/apt/$list.txt ]] ||
      die "there is no list '$list'. There are: $(cd packaging/apt && echo *.txt | sed 's/\.txt//g')"
    files+=("packaging/apt/$list.txt")
  done
  comm -23 <(sed 's/#.*//' "${files[@]}" | tr -s ' \t' '\n' | sed '/^$/d' | sort -u) \
    <({
      dpkg-query -W -f '${db:Status-Status} ${Package}\n' | sed -n 's/^installed //p'
      # NodeSource's nodejs holds npm, and cannot be installed beside Debian's package.
      if [[ -x /usr/bin/npm ]]; then echo npm; fi
    } | sort -u)
}

verb_setup() {
  (($#)) || set -- demo test bench lint fuzz windows
  invoked="setup $*"
  local missing
  missing=$(missing_packages "$@")
  [[ -n $missing ]] || return 0
  heading "installing $(wc -l <<<"$missing") packages for: $*"
  # shellcheck disable=SC2086  # one word a package
  as_root "$root/dev" install_packages $missing
}

# Every link by which systemd or init would start something at boot.
boot_links() {
  find /etc/systemd/system /etc/systemd/user /etc/rc[2-5].d -type l \
    \( -path '/etc/systemd/*' -o -name 'S*' \) 2>/dev/null | sort
}

# Takes back the links that came between the two lists: what was enabled before stays so.
disable_new() {
  local link
  comm -13 "$1" "$2" | while read -r link; do
    echo "not left enabled: ${link#/etc/}"
    rm -f -- "$link"
  done
}

# Only root gets here. While packages are unpacked, policy-rc.d says that no service may start.
verb_install_packages() {
  ((EUID == 0)) || die "install_packages is for root"
  local work
  work=$(mktemp -d)
  # shellcheck disable=SC2064  # the folder is known now
  trap "finish_install '$work'" EXIT
  grep -qs '^# assent-dev' "$policy" || { [[ ! -e $policy ]] || cp -a "$policy" "$work/policy"; }
  printf '#!/bin/sh\n# assent-dev: nothing starts while packages are installed\nexit 101\n' >"$policy"
  chmod 755 "$policy"
  boot_links >"$work/before"
  apt-get update -q
  apt-get install -y -q --no-install-recommends -o Dpkg::Use-Pty=0 -- "$@"
}

finish_install() {
  local work=$1
  rm -f "$policy"
  [[ ! -e $work/policy ]] || mv "$work/policy" "$policy"
  boot_links >"$work/after"
  disable_new "$work/before" "$work/after"
  rm -rf "$work"
}
