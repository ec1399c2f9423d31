#!/bin/sh
# Two real sshd: 2222 takes a key or keyboard-interactive, 2223 asks people with a key as well.
set -eu
mkdir -p /etc/ssh/lab
ssh-keygen -q -t ed25519 -N '' -f /etc/ssh/lab/host
configure() {  # PORT
  cat > /etc/ssh/lab/$1 <<X
Port $1
ListenAddress 127.0.0.1
HostKey /etc/ssh/lab/host
PidFile /run/sshd.$1.pid
UsePAM yes
KbdInteractiveAuthentication yes
PasswordAuthentication no
PubkeyAuthentication yes
PrintMotd no
LoginGraceTime 900
Subsystem sftp /usr/lib/openssh/sftp-server
X
}
configure 2222
configure 2223
echo "AuthenticationMethods publickey,keyboard-interactive:pam keyboard-interactive:pam" \
  >> /etc/ssh/lab/2223
for port in 2222 2223; do /usr/sbin/sshd -f /etc/ssh/lab/$port -E /var/log/sshd.$port; done
