#!/bin/sh
# PAM files as pam-module/README.md gives them, over Debian's stock common-* files.
set -eu
module=$1
cd /etc/pam.d
printf '%s\n' 'auth [success=1 default=ignore] pam_unix.so nullok' \
  'auth requisite pam_deny.so' 'auth required pam_permit.so' > common-auth
printf '%s\n' 'account [success=1 new_authtok_reqd=done default=ignore] pam_unix.so' \
  'account requisite pam_deny.so' 'account required pam_permit.so' > common-account
printf '%s\n' 'session [default=1] pam_permit.so' 'session requisite pam_deny.so' \
  'session required pam_permit.so' 'session required pam_unix.so' > common-session

control="[success=ok ignore=ignore authinfo_unavail=die perm_denied=die module_unknown=ignore \
default=bad]"
gate="account $control $module"
stack() {  # SERVICE, then what comes first in auth
  service=$1
  shift
  {
    for line in "$@"; do echo "$line"; done
    echo "@include common-auth"
    echo "auth optional $module"
    echo "account required pam_nologin.so"
    echo "account substack common-account"
    echo "$gate"
    echo "@include common-session"
    echo "session optional $module"
  } > "$service"
}
stack sshd "auth sufficient $module after_publickey"
stack login
stack su "auth sufficient pam_rootok.so"
stack su-l "auth sufficient pam_rootok.so"
stack lightdm
printf '%s\n' 'auth required pam_permit.so' 'account required pam_permit.so' \
  'session required pam_unix.so' > lightdm-greeter
